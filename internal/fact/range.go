package fact

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Range is the numbers from Low to High. An end belongs to the range unless it is open. 0 and Largest are not limits, since every number
// lies between them. The ends of an integer's range are whole and closed.
type Range struct {
	Low, High         float64
	LowOpen, HighOpen bool
}

var allNumbers = Range{High: Largest}

// Within returns a value known only to lie in a range.
func Within(kind Kind, r Range) Value { return Value{Kind: kind, Range: &r} }

func (r Range) Has(n float64) bool {
	return (n > r.Low || n == r.Low && !r.LowOpen) && (n < r.High || n == r.High && !r.HighOpen)
}

// Empty reports whether no real number lies in the range; call [Range.Of] first for integers.
func (r Range) Empty() bool { return r.Low > r.High || r.Low == r.High && (r.LowOpen || r.HighOpen) }

// And returns the intersection of two ranges.
func (r Range) And(other Range) Range {
	if other.Low > r.Low || other.Low == r.Low && other.LowOpen {
		r.Low, r.LowOpen = other.Low, other.LowOpen
	}
	if other.High < r.High || other.High == r.High && other.HighOpen {
		r.High, r.HighOpen = other.High, other.HighOpen
	}
	return r
}

// Of narrows the range to the values of a kind: an integer's ends become whole and closed.
func (r Range) Of(kind Kind) Range {
	if kind != Integer {
		return r
	}
	if r.LowOpen {
		r.Low++
	}
	if r.HighOpen {
		r.High--
	}
	r.LowOpen, r.HighOpen = false, false
	return r
}

// Touches reports whether next begins where r ends, with no number of the kind between them.
func (r Range) Touches(next Range, kind Kind) bool {
	if kind == Integer {
		return r.High+1 == next.Low
	}
	return r.High == next.Low && (!r.HighOpen || !next.LowOpen)
}

// Inside returns the number just inside the lower end, or just inside the upper end if that is the only limit.
func (r Range) Inside(step float64) float64 {
	if r.Lowest() {
		return r.Below(step)
	}
	return r.Above(step)
}

// Lowest reports whether the range has an upper limit only.
func (r Range) Lowest() bool { return r.Low == 0 && !r.LowOpen && r.High != Largest }

// Nearest returns the number in the range that is nearest to n.
func (r Range) Nearest(n, step float64) float64 {
	switch {
	case r.Has(n):
		return n
	case n <= r.Low:
		return r.Above(step)
	}
	return r.Below(step)
}

// Above returns the number just inside the lower end: the end itself if it is closed, otherwise one step further in, or the middle of a
// range narrower than a step.
func (r Range) Above(step float64) float64 {
	if !r.LowOpen {
		return r.Low
	}
	if n := tidy(r.Low + step); r.Has(n) {
		return n
	}
	return r.middle()
}

// Below is [Range.Above] for the upper end.
func (r Range) Below(step float64) float64 {
	if !r.HighOpen {
		return r.High
	}
	if n := tidy(r.High - step); r.Has(n) {
		return n
	}
	return r.middle()
}

// middle returns a number from the middle of the range, rounded if the rounded one lies inside.
func (r Range) middle() float64 {
	exact := (r.Low + r.High) / 2
	switch n := tidy(exact); {
	case r.Has(n):
		return n
	case r.Has(exact) || r.HighOpen:
		return exact
	}
	return r.High // next to Largest no float lies between the ends
}

// tidy rounds a decimal to Digits significant digits, so that 0.1 + 0.2 is 0.3.
func tidy(n float64) float64 {
	if n == math.Trunc(n) {
		return n
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(n, 'g', Digits, 64), 64)
	if err != nil {
		return n
	}
	return rounded
}

// The limits of a range as files write them.
const (
	atLeast = "at_least"
	atMost  = "at_most"
)

// readRange reads {at_least: 5, at_most: 6}, where one limit may be missing. Two equal limits are an exact value.
func (f Fact) readRange(w Written) (Value, Mistakes) {
	r := allNumbers
	limits := map[string]*float64{atLeast: &r.Low, atMost: &r.High}
	var mistakes Mistakes
	for i, m := range w.Members {
		limit, known := limits[m.Key]
		switch earlier := func(one Member) bool { return one.Key == m.Key }; {
		case !known:
			wrong := f.mistake(Written{Place: m.Place}, "%s is not a limit of a range, which has %s, %s or both", quoted(m.Key), atLeast, atMost)
			wrong[0].Name, wrong[0].Known = m.Key, []string{atLeast, atMost}
			mistakes = append(mistakes, wrong...)
		case slices.ContainsFunc(w.Members[:i], earlier):
			mistakes = append(mistakes, f.mistake(Written{Place: m.Place}, "%s is given twice", m.Key)...)
		case m.Value.Form != Numeral:
			mistakes = append(mistakes, f.mistake(m.Value, "%s is a number, not %s", m.Key, m.Value.Echo())...)
		default:
			value, wrong := f.readNumber(m.Value)
			mistakes = append(mistakes, wrong...)
			*limit = value.Number
		}
	}
	if len(mistakes) > 0 {
		return Value{}, mistakes
	}
	value, err := f.within(r)
	if err != nil {
		return Value{}, f.mistake(w, "%v", err)
	}
	return value, nil
}

// within returns the value that a range stands for: the number itself if the range holds only one.
func (f Fact) within(r Range) (Value, error) {
	switch {
	case r.Low > r.High:
		return Value{}, fmt.Errorf("%s %s is more than %s %s", atLeast, FormatNumber(r.Low), atMost, FormatNumber(r.High))
	case r == allNumbers:
		return Value{}, fmt.Errorf("a range without a limit says nothing: give %s, %s or both, or leave it out", atLeast, atMost)
	case r.Low == r.High:
		return Value{Kind: f.Kind, Number: r.Low}, nil
	}
	return Within(f.Kind, r), nil
}

// parseRange reads 5..6, 5.. and ..6.
func (f Fact) parseRange(low, high string) (Written, error) {
	var w Written
	if strings.Contains(high, "..") {
		return w, errors.New("a range has two ends, as in 5..6")
	}
	w = Written{Form: Object, Members: []Member{}}
	for _, end := range []struct{ key, word string }{{atLeast, low}, {atMost, high}} {
		if end.word != "" {
			w.Members = append(w.Members, Member{Key: end.key, Value: scalar(end.word)})
		}
	}
	return w, nil
}

func (r Range) inBraces(key func(string) string, behind string) string {
	var limits []string
	if r.Low > 0 {
		limits = append(limits, key(atLeast)+":"+behind+FormatNumber(r.Low))
	}
	if r.High < Largest {
		limits = append(limits, key(atMost)+":"+behind+FormatNumber(r.High))
	}
	return "{" + strings.Join(limits, ","+behind) + "}"
}

// String describes the range in words: "5", "5 to 6", "5 or more", "more than 5", "at most 6", "less than 6".
func (r Range) String() string {
	low, high := FormatNumber(r.Low), FormatNumber(r.High)
	above, below := low+" or more", "at most "+high
	if r.LowOpen {
		above = "more than " + low
	}
	if r.HighOpen {
		below = "less than " + high
	}
	switch {
	case r.Low == r.High:
		return low
	case r.High == Largest:
		return above
	case r.Low == 0 && !r.LowOpen:
		return below
	case r.LowOpen || r.HighOpen:
		return above + ", " + below
	}
	return low + " to " + high
}
