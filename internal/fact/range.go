package fact

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Range is the numbers from Low to High, each of which belongs to it unless it is open. 0 and Largest are not limits: every number
// keeps to them. The ends of an integer's range are whole, and closed.
type Range struct {
	Low, High         float64
	LowOpen, HighOpen bool
}

// everything is the range of all numbers.
var everything = Range{High: Largest}

// Within is what is known of a number that lies in a range.
func Within(kind Kind, r Range) Value { return Value{Kind: kind, Range: &r} }

// Has reports whether a number lies in the range.
func (r Range) Has(n float64) bool {
	return (n > r.Low || n == r.Low && !r.LowOpen) && (n < r.High || n == r.High && !r.HighOpen)
}

// Empty reports whether no number lies in the range.
func (r Range) Empty() bool { return r.Low > r.High || r.Low == r.High && (r.LowOpen || r.HighOpen) }

// And is the numbers that lie in another range too.
func (r Range) And(other Range) Range {
	if other.Low > r.Low || other.Low == r.Low && other.LowOpen {
		r.Low, r.LowOpen = other.Low, other.LowOpen
	}
	if other.High < r.High || other.High == r.High && other.HighOpen {
		r.High, r.HighOpen = other.High, other.HighOpen
	}
	return r
}

// Of is the numbers of the range that a kind can have: an integer's are whole.
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

// Touches reports whether the next range begins where this one ends, without a number of the kind between them.
func (r Range) Touches(next Range, kind Kind) bool {
	if kind == Integer {
		return r.High+1 == next.Low
	}
	return r.High == next.Low && (!r.HighOpen || !next.LowOpen)
}

// Inside is the number just inside the lower end; just inside the upper one if that is the only limit.
func (r Range) Inside(step float64) float64 {
	if r.Lowest() {
		return r.Below(step)
	}
	return r.Above(step)
}

// Lowest reports whether the range has an upper limit only.
func (r Range) Lowest() bool { return r.Low == 0 && !r.LowOpen && r.High != Largest }

// Nearest is the number of the range nearest to another one, which may lie outside it.
func (r Range) Nearest(n, step float64) float64 {
	switch {
	case r.Has(n):
		return n
	case n <= r.Low:
		return r.Above(step)
	}
	return r.Below(step)
}

// Above is the number just inside the lower end: the end if it belongs to the range, else a step beyond it, or the middle of a range
// that is narrower than a step.
func (r Range) Above(step float64) float64 {
	if !r.LowOpen {
		return r.Low
	}
	if n := tidy(r.Low + step); r.Has(n) {
		return n
	}
	return r.middle()
}

// Below is the number just inside the upper end, like Above.
func (r Range) Below(step float64) float64 {
	if !r.HighOpen {
		return r.High
	}
	if n := tidy(r.High - step); r.Has(n) {
		return n
	}
	return r.middle()
}

// middle is a number in the middle of a range: a tidy one, if that lies inside.
func (r Range) middle() float64 {
	exact := (r.Low + r.High) / 2
	switch n := tidy(exact); {
	case r.Has(n):
		return n
	case r.Has(exact) || r.HighOpen:
		return exact
	}
	return r.High // beside Largest, where no number lies between
}

// tidy rounds a decimal to the digits that a number can have, so that 0.1 + 0.2 is 0.3.
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

// The limits of a range as a file writes them.
const (
	atLeast = "at_least"
	atMost  = "at_most"
)

// readRange reads {at_least: 5, at_most: 6}, of which one may be missing. If both are one number, it is that number.
func (f Fact) readRange(w Written) (Value, Mistakes) {
	r := everything
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

// within is what a range says of the fact, or the number itself where only one is left.
func (f Fact) within(r Range) (Value, error) {
	switch {
	case r.Low > r.High:
		return Value{}, fmt.Errorf("%s %s is more than %s %s", atLeast, FormatNumber(r.Low), atMost, FormatNumber(r.High))
	case r == everything:
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

// inBraces writes the limits: {at_least: 5, at_most: 6}.
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

// String is the range in words: "5", "5 to 6", "5 or more", "more than 5", "at most 6", "less than 6".
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
