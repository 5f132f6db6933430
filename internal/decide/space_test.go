package decide

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

// trip is a situation of the outing model in which all is known, as plain Go.
type trip struct {
	sunny, hungry, wet, cake bool
	guests                   int
	hours                    float64
	place                    string
}

// trips are one situation for each state: a value for each cell that the outing's statements make, chosen by hand.
func trips() []trip {
	var list []trip
	both := []bool{false, true}
	for _, sunny := range both {
		for _, hungry := range both {
			for _, guests := range []int{1, 3, 6} { // < 2, between, > 4
				for _, hours := range []float64{4, 4.25, 9} { // <= 4, between, > 8
					for _, place := range []string{"park", "beach", "roof"} { // nothing distinguishes garden from park
						for _, cake := range both {
							for _, wet := range both {
								list = append(list, trip{sunny, hungry, wet, cake, guests, hours, place})
							}
						}
					}
				}
			}
		}
	}
	return list
}

func (p trip) known() map[string]fact.Value {
	food := members("bread")
	if p.cake {
		food = members("bread", "cake")
	}
	return map[string]fact.Value{"sunny": truth(p.sunny), "hungry": truth(p.hungry), "guests": count(float64(p.guests)),
		"hours": quantity(p.hours), "place": choice(p.place), "food": food, "wet": truth(p.wet)}
}

// agrees reports whether the trip is one in which all settings hold, cell for cell.
func (p trip) agrees(dictionary *fact.Dictionary, settings []fact.Setting) bool {
	known := p.known()
	for _, s := range settings {
		fact := dictionary.Fact(s.Fact)
		switch own := known[fact.Name]; fact.Name {
		case "guests":
			if (own.Number < 2) != (s.Value.Number < 2) || (own.Number > 4) != (s.Value.Number > 4) {
				return false
			}
		case "hours":
			if (own.Number > 4) != (s.Value.Number > 4) || (own.Number > 8) != (s.Value.Number > 8) {
				return false
			}
		case "place":
			if (own.Text == "roof") != (s.Value.Text == "roof") || (own.Text == "beach") != (s.Value.Text == "beach") {
				return false
			}
		case "food":
			if slices.Contains(own.Members, "cake") != slices.Contains(s.Value.Members, "cake") {
				return false
			}
		default:
			if own.Bool != s.Value.Bool {
				return false
			}
		}
	}
	return true
}

// outcome is the ladder of logic.md §1 for the outing, by hand; without is a statement that is left out.
func (p trip) outcome(without string) string {
	is := func(id string, holds bool) bool { return holds && id != without }
	cake := is("cake", p.cake)
	need := is("appetite", p.hungry) && !cake || is("patience", p.hours > 4)
	long := is("long", p.hours > 8)
	now := is("light", p.sunny) || long
	later := is("high", p.place == "roof")
	big := p.guests > 4 || without == "company"
	switch {
	case is("alone", p.guests < 2):
		return "skip scale"
	case !need:
		return "skip need"
	case !big && !long:
		return "wait scale"
	case is("rain", p.wet) || is("downpour", p.wet) || is("ground", p.place == "beach"):
		return "wait readiness"
	case !big:
		return "consider contested"
	case later && !now:
		return "wait timing"
	case later:
		return "consider contested"
	case long:
		return "adopt timing"
	case now:
		return "consider unmeasured"
	}
	return "consider no_pressure"
}

func (o Outcome) show() string { return o.Verdict.String() + " " + o.Reason.String() }

// without is the model without a statement.
func without(m Model, id string) Model {
	m.Statements = slices.DeleteFunc(slices.Clone(m.Statements), func(s Statement) bool { return s.ID == id })
	if m.Foundation.ID == id {
		m.Foundation = Statement{}
	}
	return m
}

func outingSpace(t testing.TB) (*fact.Dictionary, Model, *Space) {
	t.Helper()
	dictionary := picnicFacts(t)
	model := outing(t, dictionary)
	space, err := NewSpace(dictionary, model.Conditions())
	if err != nil {
		t.Fatal(err)
	}
	return dictionary, model, space
}

func TestASpaceHasTheStatesOfTheDecision(t *testing.T) {
	dictionary, model, space := outingSpace(t)
	_, states := compile(t, dictionary, model).Size()
	if space.States().Cmp(big.NewInt(int64(states))) != 0 || len(trips()) != states {
		t.Errorf("the space has %v states, the decision %d, by hand %d", space.States(), states, len(trips()))
	}
}

func TestTheOutcomesOfASpaceAgreeWithTheLadderWithAndWithoutAStatement(t *testing.T) {
	dictionary, model, space := outingSpace(t)
	ids := []string{""}
	for _, s := range model.Statements {
		ids = append(ids, s.ID)
	}
	whole := space.Outcomes(model)
	for _, id := range append(ids, "ground") {
		outcomes := space.Outcomes(without(model, id))
		tally, same, sameVerdicts := map[string]int64{}, true, true
		for _, p := range trips() {
			now, before := p.outcome(id), p.outcome("")
			tally[now]++
			same = same && now == before
			sameVerdicts = sameVerdicts && strings.Fields(now)[0] == strings.Fields(before)[0]
		}
		if (outcomes == whole) != same || (outcomes.Verdicts() == whole.Verdicts()) != sameVerdicts {
			t.Errorf("without %q: same %v, same verdicts %v, by hand %v and %v", id, outcomes == whole, outcomes.Verdicts() == whole.Verdicts(), same, sameVerdicts)
		}
		if len(outcomes.Reached()) != len(tally) {
			t.Errorf("without %q: reached %v, by hand %v", id, outcomes.Reached(), tally)
		}
		for _, outcome := range outcomes.Reached() {
			where := outcomes.Where(outcome)
			if want := big.NewRat(tally[outcome.show()], int64(len(trips()))); where.Share().Cmp(want) != 0 {
				t.Errorf("without %q: %s has share %v, by hand %v", id, outcome.show(), where.Share(), want)
			}
			settings, ok := where.Witness()
			for _, p := range trips() {
				if p.agrees(dictionary, settings) && p.outcome(id) != outcome.show() {
					t.Errorf("without %q: the witness %v of %s (%v) leaves %s possible", id, settings, outcome.show(), ok, p.outcome(id))
				}
			}
		}
	}
}

func TestChangesAreWhereTwoMapsDiffer(t *testing.T) {
	dictionary, model, space := outingSpace(t)
	changes := space.Outcomes(model).Changes(space.Outcomes(without(model, "cake")))
	byHand := map[string]int64{}
	for _, p := range trips() {
		if before, after := p.outcome(""), p.outcome("cake"); before != after {
			byHand[before+" -> "+after]++
		}
	}
	if len(changes) != len(byHand) || len(changes) == 0 {
		t.Errorf("%d changes, by hand %v", len(changes), byHand)
	}
	for _, c := range changes {
		name := c.From.show() + " -> " + c.To.show()
		if want := big.NewRat(byHand[name], int64(len(trips()))); c.Where.Share().Cmp(want) != 0 {
			t.Errorf("%s has share %v, by hand %v", name, c.Where.Share(), want)
		}
		settings, _ := c.Where.Witness()
		for _, p := range trips() {
			if p.agrees(dictionary, settings) && (p.outcome("") != c.From.show() || p.outcome("cake") != c.To.show()) {
				t.Errorf("%s: the witness %v holds where it is %s -> %s", name, settings, p.outcome(""), p.outcome("cake"))
			}
		}
	}
	if same := space.Outcomes(model).Changes(space.Outcomes(model)); same != nil {
		t.Errorf("nothing changed, and yet %v", same)
	}
}

func TestRegionsAreSetsOfSituations(t *testing.T) {
	dictionary := picnicFacts(t)
	small, large := parse(t, dictionary, `guests < 3`), parse(t, dictionary, `guests > 5`)
	sunny := parse(t, dictionary, `sunny || guests == 4`)
	never := parse(t, dictionary, `guests < 3 && guests > 5`)
	space, err := NewSpace(dictionary, []*Condition{small, large, sunny, never})
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(space.Cells(2)); got != "[at most 2 3 or 5 4 6 or more]" {
		t.Errorf("the cells of guests are %s", got)
	}
	for _, test := range []struct {
		name   string
		region Region
		share  *big.Rat // cells of guests: four; of sunny: two
		facts  string
	}{
		{"never", space.Where(never), big.NewRat(0, 1), ""},
		{"both", space.Where(small).And(space.Where(large)), big.NewRat(0, 1), ""},
		{"always", space.Where(never).Not(), big.NewRat(1, 1), ""},
		{"either", space.Where(small).Or(space.Where(large)), big.NewRat(1, 2), "guests"},
		{"four, or sun", space.Where(sunny), big.NewRat(5, 8), "sunny guests"},
		{"no sun", space.Where(sunny).Not().Without(space.Where(small)), big.NewRat(2, 8), "sunny guests"},
		{"given four", space.Where(sunny).Given(2, 2), big.NewRat(1, 1), ""},
		{"given two", space.Where(sunny).Given(2, 0), big.NewRat(1, 2), "sunny"},
		{"given what is not mentioned", space.Where(small).Given(1, 0), big.NewRat(1, 4), "guests"},
	} {
		if test.region.Share().Cmp(test.share) != 0 || names(dictionary, test.region.Facts()) != test.facts {
			t.Errorf("%s: share %v on %q, want %v on %q", test.name, test.region.Share(), names(dictionary, test.region.Facts()), test.share, test.facts)
		}
		if test.region.Empty() != (test.share.Sign() == 0) || test.region.Full() != (test.share.Cmp(big.NewRat(1, 1)) == 0) {
			t.Errorf("%s: empty %v, full %v", test.name, test.region.Empty(), test.region.Full())
		}
		if _, ok := test.region.Witness(); ok == test.region.Empty() {
			t.Errorf("%s: a witness: %v", test.name, ok)
		}
	}
	if space.Where(never) != space.Nowhere() || space.Where(never).Not() != space.Everywhere() {
		t.Error("equal regions are not ==")
	}
}

func TestACellIsShownInWords(t *testing.T) {
	dictionary := picnicFacts(t)
	for _, test := range []struct{ condition, fact, want string }{
		{`guests > 5`, "guests", "[at most 5 6 or more]"},
		{`guests == 0`, "guests", "[0 1 or more]"},
		{`hours > 4 && hours < 6`, "hours", "[at most 4 or 6 or more more than 4 and less than 6]"},
		{`hours < 4 || hours > 6`, "hours", "[less than 4 or more than 6 4 to 6]"},
		{`place == "roof" || place == "park"`, "place", "[garden or beach park or roof]"},
		{`"cake" in food`, "food", "[[] [cake]]"},
		{`wet`, "wet", "[false true]"},
	} {
		condition := parse(t, dictionary, test.condition)
		space, err := NewSpace(dictionary, []*Condition{condition})
		if err != nil {
			t.Fatal(err)
		}
		fact, _ := dictionary.Index(test.fact)
		if got := fmt.Sprint(space.Cells(fact)); got != test.want {
			t.Errorf("%s: cells %s, want %s", test.condition, got, test.want)
		}
	}
}

func TestStretchesGoFromLowToHighAndNameTheirCells(t *testing.T) {
	dictionary := picnicFacts(t)
	space, err := NewSpace(dictionary, []*Condition{parse(t, dictionary, `guests < 3 || guests == 4 && sunny`), parse(t, dictionary, `hours < 1`)})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, fact := range []int{0, 2, 3} {
		for _, stretch := range space.Stretches(fact) {
			got = append(got, fmt.Sprint(stretch, ": cell ", stretch.Cell, ", such as ", stretch.Value.Number))
		}
	}
	want := []string{"at most 2: cell 0, such as 2", "3: cell 1, such as 3", "4: cell 2, such as 4", "5 or more: cell 1, such as 5",
		"less than 1: cell 0, such as 0.75", "1 or more: cell 1, such as 1"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestThresholdsCutNumbersWhereTheyDivideThem(t *testing.T) {
	dictionary := picnicFacts(t)
	condition := parse(t, dictionary, `guests > 5 && !(guests <= 5) || guests >= 6 || guests < 6 || hours < 4 || hours >= 4 || hours <= 4 || guests == 5 || guests > 5`)
	var got []string
	for _, threshold := range condition.Thresholds() {
		fact := dictionary.Fact(threshold.Fact)
		got = append(got, fmt.Sprint(fact.Name, " ", threshold, " ", threshold.Cut(fact.Kind)))
	}
	want := []string{"guests > 5 {5 true}", "guests <= 5 {5 true}", "guests >= 6 {5 true}", "guests < 6 {5 true}",
		"hours < 4 {4 false}", "hours >= 4 {4 false}", "hours <= 4 {4 true}"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if c := (Cut{4, false}).Compare(Cut{4, true}); c != -1 {
		t.Errorf("before a limit comes ahead of behind it, not %d", c)
	}
}

func TestTheEndsOfAModelAreThoseOfItsMode(t *testing.T) {
	if ends := (Model{}).Ends(); len(ends) != len(outcomes)-1 || slices.Contains(ends, Outcome{Prepare, Timing}) {
		t.Errorf("without a mode: %v", ends)
	}
	want := []Outcome{{Skip, Scale}, {Skip, Need}, {Wait, Scale}, {Prepare, Timing}}
	if ends := (Model{Prepare: true}).Ends(); !slices.Equal(ends, want) {
		t.Errorf("in mode prepare: %v", ends)
	}
}
