package decide

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

// show writes a variable's cells down: ranges with their ends, choices, or the first set of each.
func (v *variable) show() string {
	var cells []string
	for _, c := range v.cells {
		var parts []string
		switch v.kind {
		case fact.Boolean:
			parts = append(parts, fmt.Sprint(c.first.Bool))
		case fact.Choice:
			parts = c.values
		case fact.Set:
			parts = append(parts, "["+strings.Join(c.first.Members, " ")+"]")
		}
		for _, r := range c.ranges {
			parts = append(parts, showRange(r))
		}
		cells = append(cells, strings.Join(parts, " "))
	}
	return strings.Join(cells, " | ")
}

func showRange(r fact.Range) string {
	left, right := "[", "]"
	if r.LowOpen {
		left = "("
	}
	if r.HighOpen {
		right = ")"
	}
	high := "largest"
	if r.High != fact.Largest {
		high = strconv.FormatFloat(r.High, 'g', -1, 64)
	}
	if r.Low == r.High {
		return high
	}
	return left + strconv.FormatFloat(r.Low, 'g', -1, 64) + " " + high + right
}

// decision compiles reasons for now that hold when the conditions do: every condition takes part, none hides another.
func decision(t testing.TB, dictionary *fact.Dictionary, conditions ...string) *Decision {
	t.Helper()
	var model Model
	for i, condition := range conditions {
		model.Statements = append(model.Statements, Statement{ID: fmt.Sprint("now", i), Role: Now, When: parse(t, dictionary, condition)})
	}
	d, err := Compile(dictionary, model)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestCellsAreWhatConditionsTellApart(t *testing.T) {
	for _, test := range []struct {
		conditions []string
		want       string
	}{
		{[]string{`sunny`}, `false | true`},
		{[]string{`sunny == true`, `sunny != false`}, `false | true`},

		// Integers: a literal parts what is below, at and above it, as far as the comparisons do.
		{[]string{`guests > 5`}, `[0 5] | [6 largest]`},
		{[]string{`guests >= 5`}, `[0 4] | [5 largest]`},
		{[]string{`guests < 5`, `guests > 5`}, `[0 4] | 5 | [6 largest]`},
		{[]string{`guests < 3`, `guests < 5`, `guests > 5`}, `[0 2] | [3 4] | 5 | [6 largest]`},
		{[]string{`guests == 5`}, `[0 4] [6 largest] | 5`},
		{[]string{`guests != 5`}, `[0 4] [6 largest] | 5`},
		{[]string{`guests == 0`}, `0 | [1 largest]`},
		{[]string{`guests >= 0 && guests > 2`}, `[0 2] | [3 largest]`},
		{[]string{`guests < 9 && guests > 2`}, `[0 2] [9 largest] | [3 8]`},

		// A gap without a value is not a cell.
		{[]string{`guests > 5`, `guests < 6`}, `[0 5] | [6 largest]`},
		{[]string{`guests > 5 && guests < 6 || guests == 9`}, `[0 8] [10 largest] | 9`},
		{[]string{`hours > 5`, `hours < 6`}, `[0 5] | (5 6) | [6 largest]`},

		// Numbers: the ends are open or closed as the comparisons have it.
		{[]string{`hours > 4`}, `[0 4] | (4 largest]`},
		{[]string{`hours >= 4`}, `[0 4) | [4 largest]`},
		{[]string{`hours <= 4`, `hours >= 4`}, `[0 4) | 4 | (4 largest]`},
		{[]string{`hours == 0`}, `0 | (0 largest]`},
		{[]string{`hours == 1.5`}, `[0 1.5) (1.5 largest] | 1.5`},
		{[]string{`hours > 1 && hours < 1.00000000000001 || sunny`}, `[0 1] [1.00000000000001 largest] | (1 1.00000000000001)`},
		{[]string{`hours > 900719925474099 || sunny`}, `[0 9.00719925474099e+14] | (9.00719925474099e+14 largest]`},
		{[]string{`hours > 9007199254740990.0 || sunny`}, `[0 9.00719925474099e+15] | (9.00719925474099e+15 largest]`},

		{[]string{`place == "park"`}, `garden beach roof | park`},
		{[]string{`place == "garden"`}, `garden | park beach roof`},
		{[]string{`place == "park"`, `place == "roof"`}, `garden beach | park | roof`},
		{[]string{`place == "park" || place == "roof"`}, `garden beach | park roof`},

		{[]string{`food == []`}, `[] | [bread]`},
		{[]string{`"fruit" in food`}, `[] | [fruit]`},
		{[]string{`"bread" in food`, `food != []`}, `[] | [cheese] | [bread]`},
		{[]string{`"bread" in food`, `"cake" in food`}, `[] | [bread] | [cake] | [bread cake]`},
		{[]string{`"bread" in food && "cake" in food`}, `[] | [bread cake]`},

		// What only redundant atoms tell apart is joined.
		{[]string{`guests > 5 && guests > 3`}, `[0 5] | [6 largest]`},
		{[]string{`guests > 5 || guests > 3`}, `[0 3] | [4 largest]`},
		{[]string{`guests > 5 && guests > 3`, `guests > 3`}, `[0 3] | [4 5] | [6 largest]`},
		{[]string{`guests > 3 && (sunny || !sunny)`}, `[0 3] | [4 largest]`},
	} {
		d := decision(t, picnicFacts(t), test.conditions...)
		if got := d.variables[len(d.variables)-1].show(); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.conditions, got, test.want)
		}
	}
}

// Every value belongs to the one cell whose own value makes the same conditions true.
func TestEveryValueHasItsCell(t *testing.T) {
	dictionary := picnicFacts(t)
	d := decision(t, dictionary,
		`guests > 5 || guests == 2`, `guests > 3 && guests < 9`, `hours > 1 && hours <= 2.5 || hours == 7`, `hours >= 0.25`,
		`place == "park" || place == "roof"`, `"bread" in food && "cake" in food || food == []`, `"fruit" in food`, `sunny`)
	values := map[fact.Kind][]fact.Value{fact.Boolean: {truth(false), truth(true)}}
	for n := range 12 {
		values[fact.Integer] = append(values[fact.Integer], count(float64(n)))
		values[fact.Number] = append(values[fact.Number], quantity(float64(n)), quantity(float64(n)+0.25), quantity(float64(n)+0.5))
	}
	values[fact.Integer], values[fact.Number] = append(values[fact.Integer], count(fact.Largest)), append(values[fact.Number], quantity(fact.Largest))
	for _, place := range fields()[4].Values {
		values[fact.Choice] = append(values[fact.Choice], choice(place))
	}
	for subset := range 16 {
		var set []string
		for i, member := range fields()[5].Values {
			if subset>>i&1 == 1 {
				set = append(set, member)
			}
		}
		values[fact.Set] = append(values[fact.Set], members(set...))
	}
	for i := range d.variables {
		v := &d.variables[i]
		for _, value := range values[v.kind] {
			cell := v.cell(value)
			if cell < 0 {
				t.Errorf("%v of %s is in no cell", value, dictionary.Fact(v.fact).Name)
				continue
			}
			here, there := dictionary.NewSituation().With(v.fact, value), dictionary.NewSituation().With(v.fact, v.cells[cell].value(v.step))
			for id := range d.holds {
				a, _ := d.Holds(id, here)
				b, _ := d.Holds(id, there)
				if a != b {
					t.Errorf("%s: %v is %v, its cell's %v is %v", id, value, a, there[v.fact], b)
				}
			}
		}
	}
}

func TestCellsBeyondAStateAreRefused(t *testing.T) {
	many := fact.Fact{Name: "many", Kind: fact.Set}
	var named []string
	for i := range 8 {
		many.Values = append(many.Values, fmt.Sprint("m", i))
		named = append(named, fmt.Sprintf("%q in many", many.Values[i]))
	}
	dictionary, err := fact.NewDictionary([]fact.Fact{many, {Name: "guests", Kind: fact.Integer}})
	if err != nil {
		t.Fatal(err)
	}
	if got := len(decision(t, dictionary, named[:6]...).variables[0].cells); got != 64 {
		t.Errorf("six members make %d cells, want 64", got)
	}
	// Seven are refused, whether or not [] is distinguished from a set of unnamed members.
	for _, more := range []string{named[6], named[6] + ` && many != []`} {
		_, err := NewPredicate(dictionary, parse(t, dictionary, strings.Join(append(named[:6:6], more), " || ")))
		if err == nil || !strings.Contains(err.Error(), "values of many, more than 64") {
			t.Errorf("seven members: %v", err)
		}
	}
	var numbers []string
	for n := range 64 {
		numbers = append(numbers, fmt.Sprintf("guests > %d", n))
	}
	if _, err := NewPredicate(dictionary, parse(t, dictionary, strings.Join(numbers, " || "))); err == nil {
		t.Error("64 boundaries make 65 cells, more than a state has bits")
	}
}

func TestTheNearestValueOfACell(t *testing.T) {
	for _, test := range []struct {
		condition string
		cell      int
		present   float64
		want      float64
	}{
		{`guests > 5`, 1, 2, 6},
		{`guests > 5`, 0, 9, 5},
		{`guests < 5`, 0, 9, 4},
		{`guests == 5`, 1, 9, 5},
		{`guests == 5`, 0, 5, 4}, // 4 and 6 are as near: the first
		{`hours > 4`, 1, 2, 4.25},
		{`hours > 4`, 1, 4, 4.25},
		{`hours > 4`, 0, 9, 4},
		{`hours >= 4`, 1, 1.5, 4},
		{`hours >= 4`, 0, 9, 3.75},
		{`hours >= 4`, 0, 4, 3.75},
		{`hours >= 0.1`, 0, 4, 0.05}, // narrower than a step: the middle
		{`hours > 1 && hours < 1.25`, 1, 4, 1.125},
		{`hours > 1 && hours < 1.25`, 1, 0, 1.125},
		{`hours > 1 && hours <= 1.25`, 1, 0, 1.25},
		{`hours > 1 && hours < 1.00000000000001`, 1, 0, 1.000000000000005},
		{`hours > 0.3`, 1, 0.1, 0.55},
		{`hours == 7`, 0, 7, 6.75},
		{`hours > 9007199254740990.0`, 1, 1, fact.Largest},
	} {
		v := decision(t, picnicFacts(t), test.condition).variables[0]
		if got := v.cells[test.cell].nearest(test.present, v.step); math.Abs(got-test.want) > 1e-15*test.want {
			t.Errorf("%s, cell %d: nearest to %v is %v, want %v", test.condition, test.cell, test.present, got, test.want)
		}
	}
}

// What is not known takes the value just inside the cell's lower end, in the lowest cell just inside its upper one.
func TestTheValueThatStandsForACell(t *testing.T) {
	for _, test := range []struct {
		condition string
		want      []float64
	}{
		{`guests > 5`, []float64{5, 6}},
		{`guests < 3`, []float64{2, 3}},
		{`guests == 0`, []float64{0, 1}},
		{`guests == 5`, []float64{4, 5}},
		{`hours > 4`, []float64{4, 4.25}},
		{`hours >= 4`, []float64{3.75, 4}},
		{`hours >= 0.1`, []float64{0.05, 0.1}},
		{`hours > 0`, []float64{0, 0.25}},
		{`hours > 1 && hours <= 9`, []float64{1, 1.25}},
	} {
		v := decision(t, picnicFacts(t), test.condition).variables[0]
		var got []float64
		for _, cell := range v.cells {
			got = append(got, cell.value(v.step).Number)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", test.condition, got, test.want)
		}
	}
}
