package fact

import (
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

// Exactly returns a value known to lie in a range: the number itself if it is the only one.
func Exactly(kind Kind, r Range) Value {
	if r = r.Of(kind); r.Low == r.High {
		return Value{Kind: kind, Number: r.Low}
	}
	return Within(kind, r)
}

// Add returns a + b as a decimal, so that 0.1 + 0.2 is 0.3.
func Add(a, b float64) float64 { return tidy(a + b) }

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

// limit is an end of a range as files write it: its key, which end it is, and whether the number itself is left out.
type limit struct {
	key        string
	high, open bool
}

var limits = []limit{{"at_least", false, false}, {"more_than", false, true}, {"at_most", true, false}, {"less_than", true, true}}

// limitKeys are the keys of a range.
const limitKeys = "at_least or more_than, at_most or less_than"

// readRange reads {at_least: 5, at_most: 6} or {more_than: 1}, where one end may be missing. A range of one number is an exact value, and
// one of all numbers is unknown.
func (f Fact) readRange(w Written) (Value, Mistakes) {
	r := allNumbers
	var mistakes Mistakes
	var seen [2]string
	for _, m := range w.Members {
		i := slices.IndexFunc(limits, func(l limit) bool { return l.key == m.Key })
		if i < 0 {
			wrong := f.mistake(Written{Place: m.Place}, "%s is not a limit of a range, which has %s", quoted(m.Key), limitKeys)
			wrong[0].Name, wrong[0].Known = m.Key, []string{limits[0].key, limits[1].key, limits[2].key, limits[3].key}
			mistakes = append(mistakes, wrong...)
			continue
		}
		end := &seen[0]
		if limits[i].high {
			end = &seen[1]
		}
		switch {
		case *end == m.Key:
			mistakes = append(mistakes, f.mistake(Written{Place: m.Place}, "%s is given twice", m.Key)...)
		case *end != "":
			mistakes = append(mistakes, f.mistake(Written{Place: m.Place}, "%s and %s are the same end of a range: give one", *end, m.Key)...)
		case m.Value.Form != Numeral:
			mistakes = append(mistakes, f.mistake(m.Value, "%s is a number, not %s", m.Key, m.Value.Echo())...)
		default:
			value, wrong := f.readNumber(m.Value)
			mistakes = append(mistakes, wrong...)
			r = r.limited(limits[i], value.Number)
		}
		*end = m.Key
	}
	if len(mistakes) > 0 {
		return Value{}, mistakes
	}
	if len(w.Members) == 0 {
		return Value{}, f.mistake(w, "a range without a limit says nothing: leave it out, or write it %s", asRange)
	}
	return f.within(w, r)
}

// limited returns the range with one end set.
func (r Range) limited(l limit, n float64) Range {
	if l.high {
		r.High, r.HighOpen = n, l.open
	} else {
		r.Low, r.LowOpen = n, l.open
	}
	return r
}

// within returns the value that a range stands for.
func (f Fact) within(w Written, r Range) (Value, Mistakes) {
	ends, numbers := r.limitsOf()
	switch exact := r.Of(f.Kind); {
	case r.Low > r.High:
		return Value{}, f.mistake(w, "%s %s is more than %s %s", ends[0].key, FormatNumber(numbers[0]), ends[1].key, FormatNumber(numbers[1]))
	case exact.Empty():
		return Value{}, f.mistake(w, "no number lies between %s and %s", FormatNumber(r.Low), FormatNumber(r.High))
	case exact == allNumbers:
		return Value{}, nil
	default:
		return Exactly(f.Kind, exact), nil
	}
}

// asRange shows how a call and a shell write a range.
const asRange = "as in 5..6, 5.., ..6, >1 or <60"

// isEnd reports whether a word can be an end of a range: a number, or nothing.
func isEnd(word string) bool { return word == "" || numeral.MatchString(word) }

// parseRange reads 5..6, 5.., ..6, >1, <60 and >1..<60. ok is false for a word that is no range.
func parseRange(word string) (w Written, ok bool, err error) {
	low, high, between := strings.Cut(word, "..")
	switch {
	case between && !isEnd(strings.TrimPrefix(low, ">")), between && !isEnd(strings.TrimPrefix(high, "<")):
		return w, true, fmt.Errorf("%s is not a range: write it %s", quoted(word), asRange)
	case between:
	case strings.HasPrefix(word, "<") && numeral.MatchString(word[1:]):
		low, high = "", word
	case strings.HasPrefix(word, ">") && numeral.MatchString(word[1:]):
	default:
		return w, false, nil
	}
	w = Written{Form: Object, Members: []Member{}}
	add := func(end, sign string, closed, open limit) {
		key := closed.key
		if rest, cut := strings.CutPrefix(end, sign); cut {
			key, end = open.key, rest
		}
		if end != "" {
			w.Members = append(w.Members, Member{Key: key, Value: scalar(end)})
		}
	}
	add(low, ">", limits[0], limits[1])
	add(high, "<", limits[2], limits[3])
	return w, true, nil
}

// limitsOf returns the ends that a range has.
func (r Range) limitsOf() (ends []limit, numbers []float64) {
	if r.Low > 0 || r.LowOpen {
		ends, numbers = append(ends, limits[bit(r.LowOpen)]), append(numbers, r.Low)
	}
	if r.High < Largest || r.HighOpen {
		ends, numbers = append(ends, limits[2+bit(r.HighOpen)]), append(numbers, r.High)
	}
	return ends, numbers
}

func bit(is bool) int {
	if is {
		return 1
	}
	return 0
}

// YAML writes {at_least: 5, at_most: 6}.
func (r Range) YAML() string {
	ends, numbers := r.limitsOf()
	texts := make([]string, len(ends))
	for i, end := range ends {
		texts[i] = end.key + ": " + FormatNumber(numbers[i])
	}
	return "{" + strings.Join(texts, ", ") + "}"
}

// Word writes the range as a call and a shell take it: 5..6, 5.., ..6, >1, <60.
func (r Range) Word() string {
	low, high := "", ""
	if r.Low > 0 || r.LowOpen {
		low = FormatNumber(r.Low)
	}
	if r.High < Largest || r.HighOpen {
		high = FormatNumber(r.High)
	}
	if r.LowOpen {
		low = ">" + low
	}
	if r.HighOpen {
		high = "<" + high
	}
	if r.LowOpen && high == "" || r.HighOpen && low == "" {
		return low + high
	}
	return low + ".." + high
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
		return above + " and " + below
	}
	return low + " to " + high
}
