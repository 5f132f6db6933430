package decide

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

// outing is a small ladder with every kind of mark.
func outing(t testing.TB, dictionary *fact.Dictionary) Model {
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

func compile(t testing.TB, dictionary *fact.Dictionary, model Model) *Decision {
	t.Helper()
	d, err := Compile(dictionary, model)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// names are the names of facts, in their order.
func names(dictionary *fact.Dictionary, facts []int) string {
	var list []string
	for _, fact := range facts {
		list = append(list, dictionary.Fact(fact).Name)
	}
	return strings.Join(list, " ")
}

// show is an explanation in a line or two, as the table below writes it.
func (e Explanation) show(dictionary *fact.Dictionary) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%v %v %v for %v against %v", e.Verdict, e.Possible, e.Reasons, e.For, e.Against)
	fmt.Fprintf(&b, " rests on (%s) asks (%s)", names(dictionary, e.Sufficient), names(dictionary, e.Ask))
	if p := e.Provisional; p != nil {
		var assuming []int
		for _, a := range p.Assuming {
			assuming = append(assuming, a.Fact)
		}
		fmt.Fprintf(&b, " provisionally %v %v if (%s)", p.Verdict, p.Reasons, names(dictionary, assuming))
	}
	return b.String()
}

func (f Flip) show(dictionary *fact.Dictionary) string {
	write := func(settings []fact.Setting) string {
		var list []string
		for _, s := range settings {
			list = append(list, fmt.Sprint(dictionary.Fact(s.Fact).Name, "=", showValue(s.Value)))
		}
		return strings.Join(list, " ")
	}
	return fmt.Sprintf("%v %v: set (%s) given (%s)", f.Verdict, f.Reasons, write(f.Set), write(f.Given))
}

func showValue(v fact.Value) string {
	switch v.Kind {
	case fact.Boolean:
		return fmt.Sprint(v.Bool)
	case fact.Integer, fact.Number:
		return fmt.Sprint(v.Number)
	case fact.Choice:
		return v.Text
	}
	return fmt.Sprint(v.Members)
}

func TestExplain(t *testing.T) {
	for _, test := range []struct {
		name  string
		known map[string]fact.Value
		want  string
	}{
		{
			"nothing known: all is possible, what is never presumed and what comes early on the ladder is asked first, nothing is said provisionally",
			nil,
			`undetermined [skip wait consider adopt] [] for [] against []` +
				` rests on () asks (guests food wet place hours hungry sunny)`,
		},
		{
			"the floor alone decides, and what was given beside it is not needed",
			map[string]fact.Value{"guests": count(1), "hungry": truth(true), "sunny": truth(true)},
			`skip [skip] [scale] for [light] against [{company unmet} {alone floor}] rests on (guests) asks ()`,
		},
		{
			"no trigger stands: the one that is answered speaks neither for nor against",
			map[string]fact.Value{"guests": count(7), "hungry": truth(true), "food": members("bread", "cake"), "hours": quantity(4)},
			`skip [skip] [need] for [] against [{patience unmet} {cake answers}] rests on (hours food) asks ()`,
		},
		{
			"no trigger holds: each is unmet",
			map[string]fact.Value{"hungry": truth(false), "hours": quantity(2.5)},
			`skip [skip] [scale need] for [] against [{appetite unmet} {patience unmet}] rests on (hungry hours) asks ()`,
		},
		{
			"needed, not big enough, and nothing that lifts the size",
			map[string]fact.Value{"guests": count(3), "hungry": truth(true), "food": members(), "hours": quantity(8)},
			`wait [wait] [scale] for [appetite patience] against [{company unmet}] rests on (guests hours) asks ()`,
		},
		{
			"the foundation is in the way whatever else is unknown",
			map[string]fact.Value{"guests": count(7), "hours": quantity(5), "place": choice("beach")},
			`wait [wait] [readiness] for [patience] against [{ground unmet}] rests on (guests hours place) asks ()`,
		},
		{
			"a blocker that repeats another is not listed twice",
			map[string]fact.Value{"guests": count(7), "hours": quantity(5), "wet": truth(true)},
			`wait [wait] [readiness] for [patience] against [{rain blocker}] rests on (guests hours wet) asks ()`,
		},
		{
			"lifted: contested",
			map[string]fact.Value{"guests": count(3), "hours": quantity(9), "place": choice("park"), "wet": truth(false)},
			`consider [consider] [contested] for [patience long] against [{company unmet}]` +
				` rests on (guests hours place wet) asks ()`,
		},
		{
			"nothing measured presses",
			map[string]fact.Value{"guests": count(7), "hours": quantity(5), "place": choice("park"), "wet": truth(false), "sunny": truth(true)},
			`consider [consider] [unmeasured] for [patience light] against [{count unmet}]` +
				` rests on (guests hours place wet) asks ()`,
		},
		{
			"one verdict for two reasons",
			map[string]fact.Value{"guests": count(7), "hours": quantity(5), "place": choice("garden"), "wet": truth(false)},
			`consider [consider] [unmeasured no_pressure] for [patience] against []` +
				` rests on (guests hours place wet) asks ()`,
		},
		{
			"what it rests on is never presumed: withheld, and of two that settle as much the first is asked first",
			map[string]fact.Value{"guests": count(7), "hours": quantity(9)},
			`undetermined [wait consider adopt] [] for [patience long] against []` +
				` rests on (guests hours) asks (place wet)`,
		},
		{
			"provisionally no need, on both presumptions",
			map[string]fact.Value{"guests": count(7)},
			`undetermined [skip wait consider adopt] [] for [] against []` +
				` rests on () asks (food wet place hours hungry sunny) provisionally skip [need] if (hours hungry)`,
		},
		{
			"provisionally what is left if the measured pain is unremarkable",
			map[string]fact.Value{"guests": count(7), "hungry": truth(true), "food": members(), "place": choice("park"), "wet": truth(false), "sunny": truth(true)},
			`undetermined [consider adopt] [] for [appetite light] against []` +
				` rests on (hungry guests place food wet) asks (hours) provisionally consider [unmeasured] if (hours)`,
		},
		{
			"withheld, because nothing was said about scale or need",
			map[string]fact.Value{"wet": truth(false)},
			`undetermined [skip wait consider adopt] [] for [] against []` +
				` rests on () asks (guests food place hours hungry sunny)`,
		},
	} {
		dictionary := picnicFacts(t)
		d := compile(t, dictionary, outing(t, dictionary))
		if got := d.Explain(situation(t, dictionary, test.known)).show(dictionary); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
	}
}

func TestOutcomeAllocatesNothing(t *testing.T) {
	dictionary := picnicFacts(t)
	d := compile(t, dictionary, outing(t, dictionary))
	s, ok := d.Complete(situation(t, dictionary, map[string]fact.Value{
		"sunny": truth(true), "hungry": truth(true), "guests": count(6), "hours": quantity(9), "place": choice("park"), "food": members(), "wet": truth(false)}))
	if !ok {
		t.Fatal("not complete")
	}
	if n := testing.AllocsPerRun(100, func() { d.Outcome(s) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
	if got := d.Outcome(s); got != (Outcome{Adopt, Timing}) {
		t.Errorf("got %v", got)
	}
}

// A presumption that does not fit what is given is not made, and a question whose answer is implied comes last.
func TestConflictsImply(t *testing.T) {
	for _, test := range []struct {
		name      string
		conflicts []string
		known     map[string]fact.Value
		want      string
	}{
		{
			"sun is not presumed under a roof: withheld",
			[]string{`sunny && place == "roof"`},
			map[string]fact.Value{"guests": count(7), "hungry": truth(true), "food": members(), "place": choice("roof"), "wet": truth(false)},
			`asks (hours sunny)`,
		},
		{
			"a presumption is not made where a conflict holds with it, even one that holds already",
			[]string{`sunny && place == "roof" || !wet`},
			map[string]fact.Value{"guests": count(7), "hungry": truth(true), "food": members(), "place": choice("roof"), "wet": truth(false)},
			`asks (hours sunny)`,
		},
		{
			"nobody is patient without being hungry, so hunger is asked last",
			[]string{`!hungry && hours > 3`},
			map[string]fact.Value{"guests": count(7), "hours": quantity(3.5)},
			`asks (food wet place sunny hungry)`,
		},
		{
			"a conflict with what is not known implies nothing",
			[]string{`!hungry && hours > 3 && sunny`},
			map[string]fact.Value{"guests": count(7), "hours": quantity(3.5)},
			`asks (food wet place hungry sunny) provisionally skip [need] if (hungry)`,
		},
		{
			"what a measured statement asks is never implied",
			[]string{`hungry && hours <= 4`, `hungry && hours > 8`},
			map[string]fact.Value{"guests": count(7), "hungry": truth(true), "food": members(), "wet": truth(false)},
			`asks (place hours sunny)`,
		},
	} {
		dictionary := picnicFacts(t)
		model := outing(t, dictionary)
		for _, source := range test.conflicts {
			conflict, err := NewPredicate(dictionary, parse(t, dictionary, source))
			if err != nil {
				t.Fatal(err)
			}
			model.Conflicts = append(model.Conflicts, conflict)
		}
		got := compile(t, dictionary, model).Explain(situation(t, dictionary, test.known)).show(dictionary)
		if _, got, _ = strings.Cut(got, ") "); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
	}
}

func TestFlips(t *testing.T) {
	for _, test := range []struct {
		name  string
		known map[string]fact.Value
		want  []string
	}{
		{
			"all known: the first fact in fact order whose change alone does it",
			map[string]fact.Value{"sunny": truth(true), "hungry": truth(true), "guests": count(6), "hours": quantity(9),
				"place": choice("park"), "food": members(), "wet": truth(false)},
			[]string{
				`skip [scale]: set (guests=1) given ()`,
				`wait [readiness]: set (place=beach) given ()`,
				`consider [contested]: set (guests=4) given ()`,
			},
		},
		{
			"little known: the fewest further facts, and of the cells of a number the nearest",
			map[string]fact.Value{"guests": count(1)},
			[]string{
				`wait [scale]: set (guests=2) given (hours=4.25)`,
				`consider [contested]: set (guests=2) given (hours=8.25 place=garden wet=false)`,
				`adopt [timing]: set (guests=5) given (hours=8.25 place=garden wet=false)`,
			},
		},
	} {
		dictionary := picnicFacts(t)
		d := compile(t, dictionary, outing(t, dictionary))
		var got []string
		for _, flip := range d.Explain(situation(t, dictionary, test.known)).Flips {
			got = append(got, flip.show(dictionary))
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s:\n got %s\nwant %s", test.name, strings.Join(got, "\n     "), strings.Join(test.want, "\n     "))
		}
	}
}

// In a tie the cells of changed facts count before those of given ones, wherever they are in fact order.
func TestFlipsCompareChangedCellsFirst(t *testing.T) {
	dictionary := picnicFacts(t)
	model := Model{Statements: []Statement{
		{ID: "want", Role: Trigger, When: parse(t, dictionary, `sunny && place == "park" || !sunny && place == "roof"`)},
	}}
	s := situation(t, dictionary, map[string]fact.Value{"place": choice("garden")})
	flips := compile(t, dictionary, model).Explain(s).Flips
	want := `consider [no_pressure]: set (place=park) given (sunny=true)`
	if len(flips) != 1 || flips[0].show(dictionary) != want {
		t.Errorf("%+v, want %s", flips, want)
	}
}

// Readiness holds back what is activated, not what is prepared: the foundation is not even asked about.
func TestPrepareDoesNotNeedTheFoundation(t *testing.T) {
	dictionary := picnicFacts(t)
	model := outing(t, dictionary)
	model.Prepare = true
	d := compile(t, dictionary, model)
	s := situation(t, dictionary, map[string]fact.Value{"guests": count(7), "hours": quantity(5), "place": choice("beach"), "wet": truth(true)})
	if got, want := d.Explain(s).show(dictionary), `prepare [prepare] [timing] for [patience] against [{rain blocker}] rests on (guests hours) asks ()`; got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

func TestHoldsAndStands(t *testing.T) {
	dictionary := picnicFacts(t)
	d := compile(t, dictionary, outing(t, dictionary))
	for _, test := range []struct {
		holds, stands Truth
		known         map[string]fact.Value
	}{
		{Yes, Maybe, map[string]fact.Value{"hungry": truth(true)}},
		{Yes, No, map[string]fact.Value{"hungry": truth(true), "food": members("cake")}},
		{Yes, Yes, map[string]fact.Value{"hungry": truth(true), "food": members("bread")}},
		{No, No, map[string]fact.Value{"hungry": truth(false)}},
		{Maybe, No, map[string]fact.Value{"food": members("cake")}},
	} {
		s := situation(t, dictionary, test.known)
		holds, _ := d.Holds("appetite", s)
		stands, _ := d.Stands("appetite", s)
		if holds != test.holds || stands != test.stands {
			t.Errorf("%v: holds %v, stands %v", test.known, holds, stands)
		}
	}
	s := dictionary.NewSituation()
	if _, known := d.Stands("cake", s); known {
		t.Error("an answer holds, it does not stand")
	}
	if _, known := d.Holds("nothing", s); known {
		t.Error("there is no such statement")
	}
}

// A statement belongs to the earliest question of the ladder that it can settle.
func TestGates(t *testing.T) {
	triggers := map[string]bool{"want": true, "press": false}
	for _, test := range []struct {
		statement Statement
		want      gate
	}{
		{Statement{Role: Matrix, Effect: Floor}, scaleGate},
		{Statement{Role: Matrix, Required: true}, scaleGate},
		{Statement{Role: Trigger}, needGate},
		{Statement{Role: DoNot, Answers: []string{"press", "want"}}, needGate},
		{Statement{Role: DoNot, Answers: []string{"press"}}, timingGate},
		{Statement{Role: Later, Effect: Blocker}, readinessGate},
		{Statement{Role: Now, Measured: true}, timingGate},
		{Statement{Role: Later, Effect: Argues}, timingGate},
	} {
		if got := gateOf(test.statement, triggers); got != test.want {
			t.Errorf("%+v: gate %d, want %d", test.statement, got, test.want)
		}
	}
}
