package readback

import (
	"regexp"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/tools"
)

// answers reads "no → skip or wait · yes → adopt", the answers to a question of a type.
func (p *parser) answers(i *item, text, kind string) []tools.Answer {
	var list []tools.Answer
	for _, part := range strings.Split(text, " · ") {
		is, possible, ok := strings.Cut(part, " → ")
		if !ok {
			p.fail(i)
		}
		list = append(list, tools.Answer{Is: p.ways(i, is, kind), Possible: alternatives(possible)})
	}
	return list
}

// alternative finds the values of a list; in ranges "or" belongs to the value.
var alternative = regexp.MustCompile(`^(` + anyRange + `|\[[^\]]*\]|"(?:\\.|[^"\\])*"|\S+)(?: or |$)`)

func (p *parser) ways(i *item, text, kind string) (w tools.Ways) {
	switch {
	case kind == "set" && text == "none":
		w.None = true
		return w
	case kind == "set" && text == "anything else":
		w.Else = true
		return w
	case kind == "set" && strings.HasPrefix(text, "none or any of "):
		w.None, w.AnyOf = true, split(strings.TrimPrefix(text, "none or any of "))
		return w
	case kind == "set" && strings.HasPrefix(text, "any of "):
		w.AnyOf = split(strings.TrimPrefix(text, "any of "))
		return w
	}
	if kind == "boolean" && text == "either way" {
		w.Values = []fact.Value{{Kind: fact.Boolean}, {Kind: fact.Boolean, Bool: true}}
		return w
	}
	for text != "" {
		found := alternative.FindStringSubmatch(text)
		if found == nil {
			p.fail(i)
			return w
		}
		v := p.value(i, found[1])
		if kind == "boolean" {
			v = fact.Value{Kind: fact.Boolean, Bool: found[1] == "yes"}
		}
		w.Values, text = append(w.Values, v), text[len(found[0]):]
	}
	return w
}
