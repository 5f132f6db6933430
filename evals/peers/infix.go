package peers

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// dialect is a language that writes conditions as Go does, with its own way to name facts, to compare numbers and to look into sets.
type dialect struct {
	fact    func(f column) string
	is      func(f column) string // a boolean that is true; nil: as fact
	compare func(f column, operator operator, number float64) string
	filled  func(f column) string
	has     func(f column, member string) string // member is quoted
	yes, no string
}

var signs = map[operator]string{above: ">", below: "<", atMost: "<=", atLeast: ">="}

// write is a condition in the dialect.
func (d dialect) write(c condition) string {
	switch c.operator {
	case every:
		return d.join(c.parts, " && ", d.yes)
	case anyOf:
		return d.join(c.parts, " || ", d.no)
	case negated:
		return "!" + d.write(c.parts[0])
	}
	f := factNamed(c.fact)
	switch c.operator {
	case flag:
		if d.is != nil {
			return "(" + d.is(f) + ")"
		}
		return d.fact(f)
	case equals:
		return "(" + d.fact(f) + " == " + strconv.Quote(c.text) + ")"
	case filled:
		return "(" + d.filled(f) + ")"
	case includes:
		return "(" + d.has(f, strconv.Quote(c.text)) + ")"
	}
	return "(" + d.compare(f, c.operator, c.number) + ")"
}

func (d dialect) join(parts []condition, sign, empty string) string {
	if len(parts) == 0 {
		return empty
	}
	var list []string
	for _, part := range parts {
		list = append(list, d.write(part))
	}
	return "(" + strings.Join(list, sign) + ")"
}

// choices is a tree in the dialect, with the number of the outcome at its ends.
func (d dialect) choices(t *tree) string {
	if t.yes == nil {
		return strconv.Itoa(int(t.outcome))
	}
	return fmt.Sprintf("(%s ? %s : %s)", d.write(t.when), d.choices(t.yes), d.choices(t.otherwise))
}

// plainly compares a fact by its name with a number that is written as its type is.
func plainly(f column, o operator, number float64) string {
	return f.name + " " + signs[o] + " " + literal(f, number)
}

func literal(f column, number float64) string {
	if f.kind == reflect.Float64 {
		return strconv.FormatFloat(number, 'f', 1, 64)
	}
	return strconv.Itoa(int(number))
}
