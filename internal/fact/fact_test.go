package fact_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

var (
	stable   = fact.Fact{Name: "stable", Kind: fact.Boolean}
	services = fact.Fact{Name: "services", Kind: fact.Integer}
	hours    = fact.Fact{Name: "hours", Kind: fact.Number, Step: 0.1}
	tenancy  = fact.Fact{Name: "tenancy", Kind: fact.Choice, Values: []string{"single", "multi", "no"}}
	rules    = fact.Fact{Name: "rules", Kind: fact.Set, Values: []string{"gdpr", "dora", "pci"}}
)

func truth(b bool) fact.Value          { return fact.Value{Kind: fact.Boolean, Bool: b} }
func count(n float64) fact.Value       { return fact.Value{Kind: fact.Integer, Number: n} }
func quantity(n float64) fact.Value    { return fact.Value{Kind: fact.Number, Number: n} }
func choice(word string) fact.Value    { return fact.Value{Kind: fact.Choice, Text: word} }
func set(members ...string) fact.Value { return fact.Value{Kind: fact.Set, Members: members} }

func between(kind fact.Kind, low, high float64) fact.Value {
	return fact.Within(kind, fact.Range{Low: low, High: high})
}

func TestReadJSON(t *testing.T) {
	for _, test := range []struct {
		fact  fact.Fact
		json  string
		value fact.Value
		wrong string
	}{
		{stable, "true", truth(true), ""},
		{stable, " false\n", truth(false), ""},
		{stable, "null", fact.Value{}, ""},
		{stable, `"true"`, fact.Value{}, `"true" is a string, and stable is true or false`},
		{stable, "0", fact.Value{}, "0 is a number, and stable is true or false"},
		{services, "6.0", count(6), ""},
		{services, "6e0", count(6), ""},
		{services, "-0", count(0), ""},
		{services, "5.5", fact.Value{}, "5.5 is not a whole number, and services is a whole number of 0 or more"},
		{services, "-1", fact.Value{}, "-1 is negative, and services is a whole number of 0 or more"},
		{services, "9007199254740992", fact.Value{}, "9007199254740992 is larger than 9007199254740991"},
		{services, "1e400", fact.Value{}, "1e400 is larger than 9007199254740991"},
		{services, "1e-400", fact.Value{}, "1e-400 is too small to be told from 0"},
		{services, `{"at_least":5}`, fact.Value{}, `{"at_least":5} is an object, and services is a whole number of 0 or more`},
		{services, `"5.."`, between(fact.Integer, 5, fact.Largest), ""},
		{services, `">5"`, between(fact.Integer, 6, fact.Largest), ""},
		{services, `"<5"`, between(fact.Integer, 0, 4), ""},
		{services, `">5..<7"`, count(6), ""},
		{services, `">5..<6"`, fact.Value{}, "no number lies between 5 and 6"},
		{services, `"0.."`, fact.Value{}, ""},
		{services, `"5..6..7"`, fact.Value{}, `"5..6..7" is not a range: write it as in 5..6, 5.., ..6, >1 or <60`},
		{services, `">five"`, fact.Value{}, `">five" is a string, and services is a whole number of 0 or more`},
		{hours, `"<1.5"`, fact.Within(fact.Number, fact.Range{High: 1.5, HighOpen: true}), ""},
		{services, `"seven"`, fact.Value{}, `"seven" is a string, and services is a whole number of 0 or more`},
		{hours, "0.1000000000000001", fact.Value{}, "0.1000000000000001 has more than 15 significant digits"},
		{tenancy, `"multi"`, choice("multi"), ""},
		{tenancy, `"m\u0075lti"`, choice("multi"), ""},
		{tenancy, `"both"`, fact.Value{}, `"both" is not one of single, multi, no`},
		{tenancy, "true", fact.Value{}, "true is a boolean, and tenancy is one of single, multi, no"},
		{rules, `["pci", "gdpr", "pci"]`, set("gdpr", "pci"), ""},
		{rules, "[]", set(), ""},
		{rules, `"gdpr"`, fact.Value{}, `"gdpr" is a string, and rules is a list of gdpr, dora, pci`},
		{rules, `["gdpr", null, ["dora",` + "\n" + ` "pci"], "sox"]`, fact.Value{},
			`null is null, and rules is a list of gdpr, dora, pci; ["dora",  "pci"] is a list, and rules is a list of gdpr, dora, pci; ` +
				`"sox" is not one of gdpr, dora, pci`},
	} {
		value, mistakes := test.fact.Read(fact.FromJSON(json.RawMessage(test.json)))
		if mistakes.Error() != test.wrong || mistakes == nil && !value.Equal(test.value) {
			t.Errorf("%s: %v, %q, want %v, %q", test.json, value, mistakes, test.value, test.wrong)
		}
	}
}

func TestAMistakeIsShort(t *testing.T) {
	long := `["` + strings.Repeat("x", 1_000) + `", [` + strings.Repeat(`"y", `, 1_000) + `"z"]]`
	_, mistakes := rules.Read(fact.FromJSON(json.RawMessage(long)))
	for _, m := range mistakes {
		if len(m.Problem) > 160 {
			t.Errorf("%d bytes: %s", len(m.Problem), m.Problem)
		}
	}
	if _, mistakes := rules.Read(fact.FromJSON(json.RawMessage("[" + strings.Repeat(`"gdpr",`, 5_000) + `"gdpr"]`))); len(mistakes) != 1 {
		t.Errorf("thousands of members: %d mistakes", len(mistakes))
	}
}

func TestAMistakeListsTheAllowedWords(t *testing.T) {
	_, mistakes := rules.Read(fact.FromJSON(json.RawMessage(`["gdpr", "gdrp"]`)))
	if len(mistakes) != 1 || mistakes[0].Name != "gdrp" || len(mistakes[0].Known) != 3 {
		t.Errorf("%+v", mistakes)
	}
}

func TestReadWords(t *testing.T) {
	for _, test := range []struct {
		fact  fact.Fact
		word  string
		value fact.Value
		wrong string
	}{
		{stable, "true", truth(true), ""},
		{stable, "unset", fact.Value{}, ""},
		{stable, "yes", fact.Value{}, `"yes" is a string, and stable is true or false`},
		{services, "7", count(7), ""},
		{services, "5..6", between(fact.Integer, 5, 6), ""},
		{services, "5..", between(fact.Integer, 5, fact.Largest), ""},
		{services, "..6", between(fact.Integer, 0, 6), ""},
		{services, "6..6", count(6), ""},
		{services, "7..6", fact.Value{}, "at_least 7 is more than at_most 6"},
		{services, "..", fact.Value{}, "a range without a limit says nothing: leave it out, or write it as in 5..6, 5.., ..6, >1 or <60"},
		{services, "5..6..7", fact.Value{}, `"5..6..7" is not a range: write it as in 5..6, 5.., ..6, >1 or <60`},
		{services, "5..x", fact.Value{}, `"5..x" is not a range: write it as in 5..6, 5.., ..6, >1 or <60`},
		{services, "", fact.Value{}, "no value given"},
		{services, "007", fact.Value{}, "007 is not a plain number: write it as in 7 or 1.5"},
		{tenancy, "no", choice("no"), ""},
		{tenancy, "1..2", fact.Value{}, `"1..2" is not one of single, multi, no`},
		{rules, "gdpr,dora", set("gdpr", "dora"), ""},
		{rules, `["dora", gdpr]`, set("gdpr", "dora"), ""},
		{rules, "none", set(), ""},
		{rules, "[ ]", set(), ""},
		{rules, "[gdpr", fact.Value{}, `"[gdpr" has only one of its brackets`},
		{rules, "gdpr,,dora", fact.Value{}, `"gdpr,,dora" has an empty member`},
	} {
		value, problem := fact.Value{}, ""
		written, err := test.fact.Word(test.word)
		if err == nil {
			var mistakes fact.Mistakes
			value, mistakes = test.fact.Read(written)
			problem = mistakes.Error()
		} else {
			problem = err.Error()
		}
		if problem != test.wrong || problem == "" && !value.Equal(test.value) {
			t.Errorf("%s=%s: %v, %q, want %v, %q", test.fact.Name, test.word, value, problem, test.value, test.wrong)
		}
	}
}

func TestAValueIsWritten(t *testing.T) {
	for _, test := range []struct {
		value            fact.Value
		json, yaml, text string
	}{
		{fact.Value{}, "null", "null", "null"},
		{truth(true), "true", "true", "true"},
		{count(7), "7", "7", "7"},
		{quantity(0.25), "0.25", "0.25", "0.25"},
		{quantity(fact.Largest), "9007199254740991", "9007199254740991", "9007199254740991"},
		{choice("multi"), `"multi"`, "multi", "multi"},
		{choice("in-house"), `"in-house"`, "in-house", "in-house"},
		{choice("no"), `"no"`, `"no"`, `"no"`},
		{choice("true"), `"true"`, `"true"`, `"true"`},
		{choice("a <b> & c"), `"a <b> & c"`, `"a <b> & c"`, `"a <b> & c"`},
		{set(), "[]", "[]", "[]"},
		{set("gdpr", "no"), `["gdpr","no"]`, `[gdpr, "no"]`, `[gdpr, "no"]`},
		{between(fact.Integer, 5, 6), `"5..6"`, "{at_least: 5, at_most: 6}", "5 to 6"},
		{between(fact.Integer, 5, fact.Largest), `"5.."`, "{at_least: 5}", "5 or more"},
		{between(fact.Number, 0, 0.5), `"..0.5"`, "{at_most: 0.5}", "at most 0.5"},
	} {
		encoded, err := json.Marshal(test.value)
		if got := strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(string(encoded)); got != test.json || err != nil {
			t.Errorf("JSON: %s, %v, want %s", got, err, test.json)
		}
		if got := test.value.YAML(); got != test.yaml {
			t.Errorf("YAML: %s, want %s", got, test.yaml)
		}
		if got := test.value.String(); got != test.text {
			t.Errorf("text: %s, want %s", got, test.text)
		}
	}
}

func TestWhatIsWrittenReadsTheSame(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 2_000 {
		about, value := anyValue(random)
		encoded, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		if value.Range == nil {
			if again, mistakes := about.Read(fact.FromJSON(encoded)); mistakes != nil || !again.Equal(value) {
				t.Errorf("JSON: %s reads as %v, %v", encoded, again, mistakes)
			}
		}
		word := value.YAML()
		if r := value.Range; r != nil {
			word = strings.NewReplacer("{at_least: ", "", ", at_most: ", "..", "{at_most: ", "..", "}", "").Replace(word)
			if r.High == fact.Largest {
				word += ".."
			}
		}
		written, err := about.Word(strings.ReplaceAll(word, `"`, ""))
		if again, mistakes := about.Read(written); err != nil || mistakes != nil || !again.Equal(value) {
			t.Errorf("typed: %s reads as %v, %v, %v", word, again, mistakes, err)
		}
	}
}

// anyValue is a value that a fact can have.
func anyValue(random *rand.Rand) (fact.Fact, fact.Value) {
	switch random.IntN(6) {
	case 0:
		return stable, truth(random.IntN(2) == 1)
	case 1:
		return services, count(float64(random.IntN(100)))
	case 2:
		return hours, quantity(float64(random.IntN(1_000)) / 8)
	case 3:
		return tenancy, choice(tenancy.Values[random.IntN(3)])
	case 4:
		low := float64(1 + random.IntN(9))
		return hours, []fact.Value{
			between(fact.Number, low/4, low), between(fact.Number, 0, low), between(fact.Number, low, fact.Largest),
		}[random.IntN(3)]
	}
	value := set()
	for _, member := range rules.Values {
		if random.IntN(2) == 1 {
			value.Members = append(value.Members, member)
		}
	}
	return rules, value
}

func TestRangeInWords(t *testing.T) {
	for _, test := range []struct {
		r    fact.Range
		want string
	}{
		{fact.Range{High: fact.Largest}, "0 or more"},
		{fact.Range{Low: 3, High: 3}, "3"},
		{fact.Range{Low: 3, High: 4}, "3 to 4"},
		{fact.Range{Low: 5, High: fact.Largest}, "5 or more"},
		{fact.Range{Low: 5, High: fact.Largest, LowOpen: true}, "more than 5"},
		{fact.Range{High: 2}, "at most 2"},
		{fact.Range{High: 60, HighOpen: true}, "less than 60"},
		{fact.Range{Low: 4, High: 6, LowOpen: true}, "more than 4 and at most 6"},
		{fact.Range{Low: 4, High: 6, HighOpen: true}, "4 or more and less than 6"},
	} {
		if got := test.r.String(); got != test.want {
			t.Errorf("%+v: %s, want %s", test.r, got, test.want)
		}
	}
}

func TestNoTwoFactsShareAName(t *testing.T) {
	if _, err := fact.NewDictionary([]fact.Fact{stable, services, {Name: "stable", Kind: fact.Integer}}); err == nil || err.Error() != `two facts are called "stable"` {
		t.Errorf("got %v", err)
	}
}

func TestValuesAreAnObjectInFactOrder(t *testing.T) {
	d, err := fact.NewDictionary([]fact.Fact{tenancy, services, stable, rules})
	if err != nil {
		t.Fatal(err)
	}
	s := d.NewSituation().With(0, choice("multi")).With(1, count(3)).With(3, set("gdpr"))
	known := s.Of(d, []int{0, 1, 2, 3})
	encoded, err := json.Marshal(known)
	if want := `{"tenancy":"multi","services":3,"rules":["gdpr"]}`; string(encoded) != want || err != nil {
		t.Errorf("JSON: %s, %v", encoded, err)
	}
	if want := "tenancy = multi, services = 3, rules = [gdpr]"; known.String() != want {
		t.Errorf("text: %s", known)
	}
	if d.NewSituation().Of(d, []int{0, 1}).String() != "" {
		t.Error("unknown facts are listed")
	}
}
