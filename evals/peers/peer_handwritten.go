package peers

// slot is a field of a scratch struct that takes the cells of a fact in turn.
type slot struct {
	flag    *bool
	integer *int
	number  *float64
	text    *string
	members *[]string

	cells    int
	integers []int
	numbers  []float64
	texts    []string
	sets     [][]string
}

func newSlot(p *Facts, d dimension) slot {
	s := slot{cells: len(d.cells)}
	switch field := d.pointer(p).(type) {
	case *bool:
		s.flag = field
	case *int:
		s.integer, s.integers = field, typed[int](d.cells)
	case *float64:
		s.number, s.numbers = field, typed[float64](d.cells)
	case *string:
		s.text, s.texts = field, typed[string](d.cells)
	case *[]string:
		s.members, s.sets = field, typed[[]string](d.cells)
	}
	return s
}

func typed[T any](cells []any) []T {
	list := make([]T, len(cells))
	for i, cell := range cells {
		list[i] = cell.(T)
	}
	return list
}

func (s *slot) take(cell int) {
	switch {
	case s.flag != nil:
		*s.flag = cell == 1
	case s.text != nil:
		*s.text = s.texts[cell]
	case s.integer != nil:
		*s.integer = s.integers[cell]
	case s.number != nil:
		*s.number = s.numbers[cell]
	default:
		*s.members = s.sets[cell]
	}
}

// question is one capability in one situation, made ready for trying every completion.
type question struct {
	scratch *Facts
	open    []slot
	digits  []int
}

func newHandwritten(s *Situations) (Peer, error) {
	peer := Peer{Name: "handwritten", Version: "this tree", Prepared: "plain Go conditions over a struct, in the order of the ladder",
		How: "every combination of cells, until every verdict of the capability was seen"}
	peer.Known = func(i int) Answers { return decideByHand(&s.Full[i]) }

	functions := [capabilityCount]func(*Facts) Outcome{
		meshOf, tracingOf, chaosOf, policyOf, costOf, regionsOf, observabilityOf, auditingOf,
	}
	all := [capabilityCount]Verdicts{}
	questions := make([][capabilityCount]question, len(s.Full))
	for c, capability := range capabilities() {
		all[c] = capability.verdicts()
		for i := range s.Full {
			q := question{scratch: &Facts{}}
			*q.scratch = s.Full[i]
			for _, d := range s.open(i, capability.dimensions()) {
				q.open = append(q.open, newSlot(q.scratch, d))
			}
			q.digits = make([]int, len(q.open))
			questions[i][c] = q
		}
	}
	peer.Unknown = func(i int) (possible Possible) {
		for c := range functions {
			possible[c] = questions[i][c].verdicts(functions[c], all[c])
		}
		return possible
	}
	return peer, nil
}

// verdicts tries every completion, as an odometer turns, until all verdicts were seen.
func (q *question) verdicts(decide func(*Facts) Outcome, all Verdicts) Verdicts {
	for i := range q.open {
		q.digits[i] = 0
		q.open[i].take(0)
	}
	found := Verdicts(0)
	for {
		found |= decide(q.scratch).Verdict()
		if found == all {
			return found
		}
		i := 0
		for ; i < len(q.open); i++ {
			if q.digits[i]++; q.digits[i] < q.open[i].cells {
				q.open[i].take(q.digits[i])
				break
			}
			q.digits[i] = 0
			q.open[i].take(0)
		}
		if i == len(q.open) {
			return found
		}
	}
}
