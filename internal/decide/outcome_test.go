package decide

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

// laddered evaluates a model on a situation in which all is known, rung by rung, on the conditions themselves.
func laddered(m Model, s fact.Situation) Outcome {
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

func randomModel(t *testing.T, random *rand.Rand, dictionary *fact.Dictionary) Model {
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
			outcome.leaf = append(outcome.leaf, leafOf(want.Verdict, want.Reason))
			complete, ok := d.Complete(s)
			if got := d.Outcome(complete); !ok || got != want {
				t.Fatalf("%v: %v, want %v", s, got, want)
			}
		})
		for range 20 {
			s := randomState(random, widths)
			want := OutcomeSet(0)
			outcome.each(s, func(_ []int, leaf int32) { want |= 1 << leaf })
			if got := d.Outcomes(State{s}); got != want {
				t.Fatalf("state %b: %v %v, want %v %v", s, got.Verdicts(), got.Reasons(), want.Verdicts(), want.Reasons())
			}
		}
	}
}
