package workspace

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/words"
	"github.com/vanhoutenbos/layer2/tools"
)

// value reads what is known of a fact: a value as a call gives it, or the range of a number.
func (r *reader) value(fact decide.Fact, node *yaml.Node) decide.Value {
	if node.Kind == yaml.MappingNode && numeric(fact) {
		return r.limits(fact, node)
	}
	value, err := framework.ReadNode(fact, node)
	if err == nil {
		return value
	}
	before := len(r.mistakes)
	if fact.Kind == decide.Set && node.Kind == yaml.SequenceNode {
		r.members(fact, node)
	}
	if len(r.mistakes) == before {
		r.wrong(node, fact, err)
	}
	return decide.Value{}
}

// members notes a mistake in a list where its member stands.
func (r *reader) members(fact decide.Fact, node *yaml.Node) {
	for _, item := range node.Content {
		if refused(item) != "" {
			continue
		}
		list := yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{item}}
		if _, err := framework.ReadNode(fact, &list); err != nil {
			r.wrong(item, fact, err)
		}
		if len(r.mistakes) > shownMistakes {
			return
		}
	}
}

// wrong notes that a fact cannot have a value.
func (r *reader) wrong(node *yaml.Node, fact decide.Fact, err error) {
	r.add(node, "%s: %s", fact.Name, problem(err))
}

// problem is an error about a value in one lower-case line.
func problem(err error) string {
	var word *framework.WordError
	if errors.As(err, &word) {
		return word.Problem + didYouMean(word.Nearest)
	}
	return err.Error()
}

// limits reads {at_least: 5, at_most: 6}, of which one may be missing. One number alone is that number.
func (r *reader) limits(fact decide.Fact, node *yaml.Node) decide.Value {
	ends := decide.Range{AtMost: decide.Largest}
	before := len(r.mistakes)
	r.each(node, fact.Name, func(key, value *yaml.Node) {
		switch {
		case key.Value != "at_least" && key.Value != "at_most":
			r.add(key, "%s: %s is no limit of a range, which has at_least, at_most or both%s", fact.Name, quoted(key.Value),
				r.meant(key.Value, []string{"at_least", "at_most"}))
			return
		case refused(value) != "":
			return
		case value.Kind == yaml.MappingNode || empty(value):
			r.add(value, "%s: %s is a number, not %s", fact.Name, key.Value, kindOf(value))
			return
		}
		if n := r.value(fact, value).Number; key.Value == "at_least" {
			ends.AtLeast = n
		} else {
			ends.AtMost = n
		}
	})
	if len(r.mistakes) > before {
		return decide.Value{}
	}
	value, err := Limited(fact, ends)
	if err != nil {
		r.add(node, "%s: %v", fact.Name, err)
	}
	return value
}

// Limited is what limits say of a number: a range, or the number itself where only one is left. The error is in lower case.
func Limited(fact decide.Fact, r decide.Range) (decide.Value, error) {
	switch {
	case r.AtLeast > r.AtMost:
		return decide.Value{}, fmt.Errorf("at_least %s is more than at_most %s", tools.Number(r.AtLeast), tools.Number(r.AtMost))
	case r.AtLeast == 0 && r.AtMost == decide.Largest:
		return decide.Value{}, errors.New("a range without a limit says nothing: give at_least, at_most or both, or leave it out")
	case r.AtLeast == r.AtMost:
		return decide.Value{Kind: fact.Kind, Number: r.AtLeast}, nil
	}
	return decide.Within(fact.Kind, r), nil
}

// text is a text as JSON, which is YAML too.
func text(s string) json.RawMessage {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false) // people read it
	if err := encoder.Encode(s); err != nil {
		panic(err) // a string always marshals
	}
	return bytes.TrimSpace(b.Bytes())
}

func isTrue(node *yaml.Node) bool { return strings.EqualFold(node.Value, "true") }

// Format is what is known of a fact as the file writes it, on one line.
func Format(v decide.Value) string {
	switch {
	case v.Range != nil:
		var limits []string
		if v.Range.AtLeast > 0 {
			limits = append(limits, "at_least: "+tools.Number(v.Range.AtLeast))
		}
		if v.Range.AtMost < decide.Largest {
			limits = append(limits, "at_most: "+tools.Number(v.Range.AtMost))
		}
		return "{" + strings.Join(limits, ", ") + "}"
	case v.Kind == decide.Choice:
		return word(v.Text)
	case v.Kind == decide.Set:
		words := make([]string, len(v.Members))
		for i, member := range v.Members {
			words[i] = word(member)
		}
		return "[" + strings.Join(words, ", ") + "]"
	}
	return tools.Value{Value: v}.String()
}

// word is a text as YAML: plain if every reader takes it for a text, else in quotes.
func word(s string) string {
	plain := s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789_-") == "" && s[0] >= 'a'
	switch s {
	case "true", "false", "null", "yes", "no", "on", "off", "y", "n":
		plain = false
	}
	if plain {
		return s
	}
	return string(text(s))
}

// kindOf is what a node is, for a message.
func kindOf(node *yaml.Node) string {
	switch {
	case node.Kind == yaml.MappingNode:
		return "a mapping"
	case node.Kind == yaml.SequenceNode:
		return "a list"
	case empty(node):
		return "nothing"
	case node.Tag != "!!str":
		return cut(node.Value)
	}
	return quoted(node.Value)
}

// longest is how much of a text of the file a message gives back, in characters.
const longest = 80

// quoted is a text of the file as a message gives it back, cut the same without quotes.
func quoted(s string) string { return words.Quote(s, longest) }
func cut(s string) string    { return words.Cut(s, longest) }
