package decide

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// outing is a small ladder with every kind of mark.
func outing(t testing.TB, dictionary *Dictionary) Model {
	t.Helper()
	when := func(source string) *Condition { return parse(t, dictionary, source) }
	return Model{
		Statements: []Statement{
			{ID: "company", Role: Matrix, When: when(`guests > 4`), Required: true},
			{ID: "appetite", Role: Trigger, When: when(`hungry`)},
			{ID: "patience", Role: Trigger, When: when(`hours > 4`)},
			{ID: "alone", Role: DoNot, When: when(`guests < 2`), Effect: Floor},
			{ID: "cake", Role: DoNot, When: when(`"cake" in food`), Answers: []string{"appetite"}},
			{ID: "rain", Role: DoNot, When: when(`wet`), Effect: Blocker},
			{ID: "light", Role: Now, When: when(`sunny`)},
			{ID: "long", Role: Now, When: when(`hours > 8`), Measured: true, Lifts: "company"},
			{ID: "high", Role: Later, When: when(`place == "roof"`), Effect: Argues},
			{ID: "downpour", Role: Later, When: when(`wet`), Effect: Blocker, Repeats: true},
		},
		Foundation: Statement{ID: "ground", Role: Rule, When: when(`place == "beach"`), Effect: Blocker},
		Measure:    "count",
	}
}

func compile(t testing.TB, dictionary *Dictionary, model Model) *Decision {
	t.Helper()
	d, err := Compile(dictionary, model)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// names are the names of facts, in their order.
func names(dictionary *Dictionary, facts []int) string {
	var list []string
	for _, fact := range facts {
		list = append(list, dictionary.Fact(fact).Name)
	}
	return strings.Join(list, " ")
}

// show is an explanation in a line or two, as the table below writes it.
func (e Explanation) show(dictionary *Dictionary) string {
	var b strings.Builder
	fmt.Fprint(&b, e.Verdict, " ", e.Possible, " ", e.Because, " for ", e.For, " against ", e.Against)
	fmt.Fprintf(&b, " rests on (%s) asks (%s)", names(dictionary, e.Sufficient), names(dictionary, e.Ask))
	if p := e.Provisional; p != nil {
		fmt.Fprintf(&b, " provisionally %s %s if (%s)", p.Verdict, p.Because, names(dictionary, p.Assuming))
	}
	return b.String()
}

func (f Flip) show(dictionary *Dictionary) string {
	write := func(settings []Setting) string {
		var list []string
		for _, s := range settings {
			list = append(list, fmt.Sprint(dictionary.Fact(s.Fact).Name, "=", s.Value.show()))
		}
		return strings.Join(list, " ")
	}
	return fmt.Sprintf("%s %s: set (%s) given (%s)", f.Verdict, f.Because, write(f.Set), write(f.Given))
}

func (v Value) show() string {
	switch v.Kind {
	case Boolean:
		return fmt.Sprint(v.Bool)
	case Integer, Number:
		return fmt.Sprint(v.Number)
	case Choice:
		return v.Text
	}
	return fmt.Sprint(v.Members)
}

func TestExplain(t *testing.T) {
	for _, test := range []struct {
		name  string
		known map[string]Value
		want  string
	}{
		{
			"nothing known: all is possible, what is never presumed and what comes early on the ladder is asked first, nothing is said provisionally",
			nil,
			`undetermined [skip wait consider adopt] [scale need readiness timing contested unmeasured no_pressure] for [] against []` +
				` rests on () asks (guests hungry food wet place sunny hours)`,
		},
		{
			"the floor alone decides, and what was given beside it is not needed",
			map[string]Value{"guests": count(1), "hungry": truth(true), "sunny": truth(true)},
			`?`,
		},
		{
			"no trigger stands: the one that is answered speaks neither for nor against",
			map[string]Value{"guests": count(7), "hungry": truth(true), "food": members("bread", "cake"), "hours": quantity(4)},
			`?`,
		},
		{
			"no trigger holds: each is unmet",
			map[string]Value{"hungry": truth(false), "hours": quantity(2.5)},
			`?`,
		},
		{
			"needed, not big enough, and nothing that lifts the size",
			map[string]Value{"guests": count(3), "hungry": truth(true), "food": members(), "hours": quantity(8)},
			`?`,
		},
		{
			"the foundation is in the way whatever else is unknown",
			map[string]Value{"guests": count(7), "hours": quantity(5), "place": choice("beach")},
			`?`,
		},
		{
			"a blocker that repeats another is not listed twice",
			map[string]Value{"guests": count(7), "hours": quantity(5), "wet": truth(true)},
			`?`,
		},
		{
			"lifted: contested",
			map[string]Value{"guests": count(3), "hours": quantity(9), "place": choice("park"), "wet": truth(false)},
			`?`,
		},
		{
			"nothing measured presses",
			map[string]Value{"guests": count(7), "hours": quantity(5), "place": choice("park"), "wet": truth(false), "sunny": truth(true)},
			`?`,
		},
		{
			"one verdict for two reasons",
			map[string]Value{"guests": count(7), "hours": quantity(5), "place": choice("garden"), "wet": truth(false)},
			`?`,
		},
		{
			"presumed dry facts are not presumed: undecided, and withheld",
			map[string]Value{"guests": count(7), "hours": quantity(9)},
			`?`,
		},
		{
			"provisionally no need: both presumptions are needed",
			map[string]Value{"guests": count(7)},
			`?`,
		},
		{
			"provisionally adopt",
			map[string]Value{"guests": count(7), "hungry": truth(true), "food": members(), "place": choice("park"), "wet": truth(false), "sunny": truth(true)},
			`?`,
		},
		{
			"what was said is about neither scale nor need",
			map[string]Value{"wet": truth(true)},
			`?`,
		},
	} {
		dictionary := picnicFacts(t)
		d := compile(t, dictionary, outing(t, dictionary))
		if got := d.Explain(situation(t, dictionary, test.known)).show(dictionary); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
	}
}

// laddered evaluates a model on a situation in which all is known, rung by rung, on the conditions themselves.
func laddered(m Model, s Situation) Outcome {
	var holds func(*expression) bool
	holds = func(e *expression) bool {
		switch e.operator {
		case and:
			return holds(e.left) && holds(e.right)
		case or:
			return holds(e.left) || holds(e.right)
		case not:
			return !holds(e.left)
		}
		return e.matches(s[e.fact])
	}
	stands := func(id string, when *Condition) bool {
		for _, other := range m.Statements {
			if slices.Contains(other.Answers, id) && holds(other.When.root) {
				return false
			}
		}
		return holds(when.root)
	}
	floor, need, big, lifted, now, later, measured := false, false, true, false, false, false, false
	blocked := !m.Prepare && holds(m.Foundation.When.root)
	for _, x := range m.Statements {
		h := holds(x.When.root)
		floor = floor || h && x.Effect == Floor
		blocked = blocked || h && x.Effect == Blocker
		later = later || h && x.Effect == Argues
		big = big && (h || !x.Required)
		if x.Role == Trigger && stands(x.ID, x.When) {
			need = true
		}
		if x.Role == Now && stands(x.ID, x.When) {
			now, measured, lifted = true, measured || x.Measured, lifted || x.Lifts != ""
		}
	}
	switch {
	case floor:
		return Outcome{Skip, Scale}
	case !need:
		return Outcome{Skip, Need}
	case !big && !lifted:
		return Outcome{Wait, Scale}
	case m.Prepare:
		return Outcome{Prepare, Timing}
	case blocked:
		return Outcome{Wait, Readiness}
	case !big:
		return Outcome{Consider, Contested}
	case later && !now:
		return Outcome{Wait, Timing}
	case now && later:
		return Outcome{Consider, Contested}
	case now && measured:
		return Outcome{Adopt, Timing}
	case now:
		return Outcome{Consider, Unmeasured}
	}
	return Outcome{Consider, NoPressure}
}

// randomCondition is a condition of a few atoms.
func randomCondition(random *rand.Rand) string {
	atoms := []string{
		`sunny`, `hungry`, `wet`, `guests > 2`, `guests < 5`, `guests == 3`, `hours > 1.5`, `hours <= 4`, `place == "park"`, `place != "roof"`,
		`food == []`, `"cake" in food`, `"bread" in food`,
	}
	condition := atoms[random.IntN(len(atoms))]
	for range random.IntN(4) {
		atom := atoms[random.IntN(len(atoms))]
		if random.IntN(3) == 0 {
			atom = "!(" + atom + ")"
		}
		condition = "(" + condition + ")" + []string{" && ", " || "}[random.IntN(2)] + atom
	}
	return condition
}

func randomModel(t *testing.T, random *rand.Rand, dictionary *Dictionary) Model {
	m := Model{Prepare: random.IntN(5) == 0, Foundation: Statement{ID: "ground", Role: Rule, When: parse(t, dictionary, randomCondition(random)), Effect: Blocker}}
	for i := range 3 + random.IntN(8) {
		s := Statement{ID: fmt.Sprint("s", i), Role: Role(random.IntN(5)), When: parse(t, dictionary, randomCondition(random))}
		if s.Role != Trigger && s.Role != Now {
			s.Effect = Effect(random.IntN(4))
			s.Required = random.IntN(4) == 0
			if i > 0 && random.IntN(2) == 0 {
				s.Answers = append(s.Answers, fmt.Sprint("s", random.IntN(i)))
			}
		}
		if s.Role == Now {
			s.Measured = random.IntN(2) == 0
			if random.IntN(3) == 0 {
				s.Lifts = "s0"
			}
		}
		m.Statements = append(m.Statements, s)
	}
	return m
}

// Whatever the marks and conditions, the outcome is that of the ladder, and what several cells of several facts leave possible
// is what their completions lead to.
func TestOutcomesOfRandomModels(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 12))
	dictionary := picnicFacts(t)
	for range 200 {
		model := randomModel(t, random, dictionary)
		d := compile(t, dictionary, model)
		var widths []int
		for _, v := range d.variables {
			widths = append(widths, len(v.cells))
		}
		outcome := table{widths: widths}
		(table{widths: widths, leaf: make([]int32, 1<<20)}).each(outcome.all(), func(cells []int, _ int32) {
			s := dictionary.NewSituation()
			for level, cell := range cells {
				v := &d.variables[level]
				s[v.fact] = v.cells[cell].value(v.step)
			}
			want := laddered(model, s)
			outcome.leaf = append(outcome.leaf, leafOf(want.Verdict, want.Because))
			if got := d.Outcome(d.State(s)); got != want {
				t.Fatalf("%v: %v, want %v", s, got, want)
			}
		})
		for range 20 {
			s := randomState(random, widths)
			want := OutcomeSet(0)
			outcome.each(s, func(_ []int, leaf int32) { want |= 1 << leaf })
			if got := d.Outcomes(State{s}); got != want {
				t.Fatalf("state %b: %v %v, want %v %v", s, got.Verdicts(), got.Becauses(), want.Verdicts(), want.Becauses())
			}
		}
	}
}

func TestOutcomeAllocatesNothing(t *testing.T) {
	dictionary := picnicFacts(t)
	d := compile(t, dictionary, outing(t, dictionary))
	s := d.State(situation(t, dictionary, map[string]Value{
		"sunny": truth(true), "hungry": truth(true), "guests": count(6), "hours": quantity(9), "place": choice("park"), "food": members(), "wet": truth(false)}))
	if n := testing.AllocsPerRun(100, func() { d.Outcome(s) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
	if got := d.Outcome(s); got != (Outcome{Adopt, Timing}) {
		t.Errorf("got %v", got)
	}
}

func TestFlips(t *testing.T) {
	dictionary := picnicFacts(t)
	d := compile(t, dictionary, outing(t, dictionary))
	s := situation(t, dictionary, map[string]Value{
		"sunny": truth(true), "hungry": truth(true), "guests": count(6), "hours": quantity(9), "place": choice("park"), "food": members(), "wet": truth(false)})
	var got []string
	for _, flip := range d.Explain(s).Flips {
		got = append(got, flip.show(dictionary))
	}
	want := []string{}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}
