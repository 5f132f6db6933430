package decide

import "slices"

// Waiting is a trigger or a reason for now that holds, and that some completions answer and others do not.
type Waiting struct {
	ID string
	// On are the open facts, in fact order, that decide whether it is answered.
	On []int
}

// waiting are those of a state, in id order.
func (d *Decision) waiting(known state) []Waiting {
	var list []Waiting
	for i := range d.shown {
		s := &d.shown[i]
		if s.Role != Trigger && s.Role != Now || truthOf(s.stands.reachable(known)) != Maybe || truthOf(s.holds.reachable(known)) != Yes {
			continue
		}
		w := Waiting{ID: s.ID}
		for level, v := range d.variables {
			if known[level]&(known[level]-1) != 0 && d.mayAnswer(s.ID, v.fact, known) {
				w.On = append(w.On, v.fact)
			}
		}
		list = append(list, w)
	}
	return list
}

// mayAnswer reports whether a statement that mentions a fact may still answer another one.
func (d *Decision) mayAnswer(id string, fact int, known state) bool {
	for i := range d.shown {
		s := &d.shown[i]
		if slices.Contains(s.Answers, id) && s.When.Mentions(fact) && truthOf(s.holds.reachable(known)) == Maybe {
			return true
		}
	}
	return false
}

// Direction is what is certain of an undetermined verdict, whatever the answers.
type Direction uint8

// The directions.
const (
	NoDirection Direction = iota
	NotNow                // skip or wait
	Pursue                // prepare, consider or adopt
)

var directionNames = [...]string{"", "not_now", "pursue"}

// String is the name in answers, empty if there is none.
func (d Direction) String() string { return directionNames[d] }

// Direction is that of the verdicts in the set, none if there is only one.
func (s OutcomeSet) Direction() Direction {
	verdicts := s.Verdicts()
	switch {
	case len(verdicts) < 2:
		return NoDirection
	case verdicts[len(verdicts)-1] <= Wait:
		return NotNow
	case verdicts[0] >= Prepare:
		return Pursue
	}
	return NoDirection
}
