package fact

import (
	"encoding/json"
	"strconv"
	"strings"
)

const (
	// Largest is the largest number a fact can have: beyond it, some clients do not read integers exactly.
	Largest = 1<<53 - 1
	// Digits is the number of significant digits that a decimal keeps in a round trip.
	Digits = 15
)

// readNumber reads a number that is exact in every client: from 0 to Largest, and a decimal with at most Digits significant digits.
func (f Fact) readNumber(w Written) (Value, Mistakes) {
	n, err := strconv.ParseFloat(w.Text, 64)
	switch {
	case !json.Valid([]byte(w.Text)): // 0x1F and .inf, which YAML has
		return Value{}, f.mistake(w, "%s is not a plain number: write it as in 7 or 1.5", w.Echo())
	case err != nil || n > Largest:
		return Value{}, f.mistake(w, "%s is larger than %d", w.Echo(), int64(Largest))
	case n == 0 && strings.ContainsAny(strings.Split(strings.ToLower(w.Text), "e")[0], "123456789"):
		return Value{}, f.mistake(w, "%s is too small to be told from 0", w.Echo())
	case n < 0:
		return Value{}, f.mistake(w, "%s is negative, and %s is %s", w.Echo(), f.Name, f.Domain())
	case tooManyDigits(w.Text):
		return Value{}, f.mistake(w, "%s has more than %d significant digits", w.Echo(), Digits)
	case f.Kind == Integer && n != float64(int64(n)):
		return Value{}, f.mistake(w, "%s is not a whole number, and %s is %s", w.Echo(), f.Name, f.Domain())
	}
	return Value{Kind: f.Kind, Number: n + 0}, nil // -0 is 0
}

// tooManyDigits reports whether a decimal has more digits than every client keeps.
func tooManyDigits(literal string) bool {
	mantissa, _, _ := strings.Cut(strings.ToLower(literal), "e")
	whole := strings.Trim(mantissa, "0123456789") == "" && mantissa == literal
	return !whole && len(strings.Trim(strings.Replace(mantissa, ".", "", 1), "-0")) > Digits
}

// FormatNumber writes the shortest form without an exponent.
func FormatNumber(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
