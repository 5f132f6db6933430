package grounding

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// ends are those of a range, as a call writes them; an open one says so.
type ends struct {
	low, high         string
	lowOpen, highOpen bool
}

// whole is the range of the same whole numbers with closed ends: more than 10 is 11 or more.
func (e ends) whole() ends {
	if n, err := strconv.Atoi(e.low); err == nil && e.lowOpen {
		e.low, e.lowOpen = strconv.Itoa(n+1), false
	}
	if n, err := strconv.Atoi(e.high); err == nil && e.highOpen {
		e.high, e.highOpen = strconv.Itoa(n-1), false
	}
	return e
}

var rangeText = regexp.MustCompile(`^(>?)([0-9.]*?)\.\.(<?)([0-9.]*)$|^([<>])([0-9.]+)$`)

// rangeOf reads "5..6", "5..", ">1" and the like.
func rangeOf(value any) (e ends, ok bool) {
	text, isText := value.(string)
	parts := rangeText.FindStringSubmatch(text)
	if !isText || parts == nil {
		return e, false
	}
	if parts[5] == "<" {
		return ends{high: parts[6], highOpen: true}, true
	}
	if parts[5] == ">" {
		return ends{low: parts[6], lowOpen: true}, true
	}
	return ends{parts[2], parts[4], parts[1] != "", parts[3] != ""}, true
}

// ways are the values that make an answer to a question: one, several, or an object about a set.
func (j *judge) ways(name string, value any) {
	i, known := j.framework.Dictionary.Index(name)
	if !known {
		j.find("%q is not a fact", name)
		return
	}
	members := j.framework.Dictionary.Fact(i).Values
	switch value := value.(type) {
	case map[string]any:
		j.object(value, rules{"none": j.equal(true), "else": j.equal(true), "any_of": j.each(j.text(members...))})
	case []any:
		for _, one := range value {
			j.way(name, one)
		}
	default:
		j.way(name, value)
	}
}

// way is one value, or a range that ends at limits of the knowledge, a step from one, or where the caller's range ends.
func (j *judge) way(name string, value any) {
	e, ranged := rangeOf(value)
	if !ranged {
		if given, ok := rangeOf(j.facts[name]); ok && (given.low == text(value) || given.high == text(value)) {
			j.leaves++
			return
		}
		j.reachable(name, value)
		return
	}
	given, _ := rangeOf(j.facts[name])
	for _, end := range []string{e.low, e.high} {
		if n, err := strconv.ParseFloat(end, 64); err == nil && end != given.low && end != given.high {
			j.reachable(name, json.Number(strconv.FormatFloat(n, 'f', -1, 64)))
		}
	}
}

// text is a number as it is written, empty for anything else.
func text(value any) string {
	n, _ := value.(json.Number)
	return n.String()
}

// ofRange is what a question about a range may end with: numbers and the words around them.
var ofRange = regexp.MustCompile(`^ (?:Between ([0-9.]+) and ([0-9.]+)\?|([0-9.]+) or ([0-9.]+)\?|([0-9.]+) or more, but how many\?|(?:At most|Less than|More than) ([0-9.]+), but how many\?)$`)

// worded is the dictionary's question; about a range it goes on with the caller's ends.
func (j *judge) worded(name, question string) rule {
	given, ranged := rangeOf(j.facts[name])
	if !ranged {
		return j.text(question)
	}
	return func(value any) {
		j.leaves++
		asked, _ := value.(string)
		rest, ok := strings.CutPrefix(asked, question)
		parts := ofRange.FindStringSubmatch(rest)
		if !ok || parts == nil {
			j.find("%q is not %q about a range", value, question)
			return
		}
		ends := []string{"", given.low, given.high, given.whole().low, given.whole().high}
		for _, n := range parts[1:] {
			if !slices.Contains(ends, n) {
				j.find("%s is not an end of the range that was given for %s", n, name)
			}
		}
	}
}
