package peers

import (
	"github.com/diegoholiveira/jsonlogic/v3"
)

func newJSONLogic(s *Situations) (Peer, error) {
	peer := Peer{Name: "json-logic", Version: "diegoholiveira v3.5.1", Prepared: "one rule a capability; rule and data decoded (ApplyInterface)",
		How: "cannot: a missing variable is null, and null is false"}
	var rules [capabilityCount]any
	for c, capability := range capabilities() {
		rules[c] = jsonChoices(capability.tree())
	}
	data := make([]any, len(s.Full))
	for i := range s.Full {
		data[i] = jsonData(&s.Full[i])
	}
	peer.Known = func(i int) (answers Answers) {
		for c, rule := range rules {
			out, err := jsonlogic.ApplyInterface(rule, data[i]) //nolint:staticcheck // deprecated, and the one way without JSON text
			if err != nil {
				panic(err)
			}
			answers[c] = Outcome(out.(float64))
		}
		return answers
	}
	return peer, nil
}

// jsonData is a situation as encoding/json decodes it.
func jsonData(p *Facts) map[string]any {
	data := map[string]any{}
	for _, f := range facts() {
		switch value := p.get(f).(type) {
		case int:
			data[f.name] = float64(value)
		case []string:
			list := []any{}
			for _, member := range value {
				list = append(list, member)
			}
			data[f.name] = list
		default:
			data[f.name] = value
		}
	}
	return data
}

func operation(name string, arguments ...any) map[string]any { return map[string]any{name: arguments} }

// jsonChoices is a tree as one flat "if" where it goes on in its "else".
func jsonChoices(t *tree) any {
	var arguments []any
	for ; t.yes != nil; t = t.otherwise {
		arguments = append(arguments, jsonCondition(t.when), jsonChoices(t.yes))
	}
	if len(arguments) == 0 {
		return float64(t.outcome)
	}
	return operation("if", append(arguments, float64(t.outcome))...)
}

func jsonCondition(c condition) any {
	var parts []any
	for _, part := range c.parts {
		parts = append(parts, jsonCondition(part))
	}
	value := operation("var", c.fact)
	switch c.operator {
	case every:
		return operation("and", parts...)
	case anyOf:
		return operation("or", parts...)
	case negated:
		return operation("!", parts...)
	case flag:
		return value
	case equals:
		return operation("==", value, c.text)
	case filled:
		return operation("!!", value)
	case includes:
		return operation("in", c.text, value)
	}
	return operation(signs[c.operator], value, c.number)
}
