package tools

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/invopop/jsonschema"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// maximumSource limits a source, in characters.
const maximumSource = 200

// Sources are facts with their sources, in fact order, and a JSON object. They are data that an answer returns: nothing is decided by
// them.
type Sources []Source

// Source is a fact and where it comes from: a person's words, or a place in a file.
type Source struct{ Fact, Words string }

// MarshalJSON writes an object with its keys in fact order.
func (s Sources) MarshalJSON() ([]byte, error) {
	members := words.Each(s, func(source Source) string { return words.JSON(source.Fact) + ":" + words.JSON(source.Words) })
	return []byte("{" + strings.Join(members, ",") + "}"), nil
}

func (Sources) JSONSchema() *jsonschema.Schema {
	most := uint64(maximumSource)
	return &jsonschema.Schema{Type: "object", AdditionalProperties: &jsonschema.Schema{Type: "string", MaxLength: &most}}
}

// sources reads the sources of facts over the workspace's, one by one; null removes one. A source belongs to the value it was given with,
// so the workspace's is dropped if the call gives the fact itself.
func (a *arguments) sources(s *Situation, workspace []string) {
	s.sources = slices.Clone(workspace)
	for i := range s.sources {
		if !s.workspace[i] {
			s.sources[i] = ""
		}
	}
	if _, given := a.given("sources"); given && s.sources == nil {
		s.sources = make([]string, len(s.Situation))
	}
	a.byFact("sources", "sources: ", func(index int, raw json.RawMessage) {
		name := a.framework.Facts[index].ID.Value
		s.sources[index] = a.source(name, raw)
		if !isNull(raw) && !s.given[index] && !s.workspace[index] && !s.Situation[index].Unsettled {
			a.mistakes.add("sources", "sources: %s has no value in facts, and is not unsettled.", name)
		}
	})
}

// source reads the source of one fact; empty for null.
func (a *arguments) source(name string, raw json.RawMessage) string {
	said, err := ReadSource(fact.FromJSON(raw))
	if err != nil {
		a.mistakes.add("sources", "sources: %s: %s.", name, err)
	}
	return said
}

// ReadSource reads the source of a fact; empty for null. Quotes from people contain emoji and joiners, so characters that do not print
// are accepted and written out.
func ReadSource(w fact.Written) (string, error) {
	switch w.Form {
	case fact.Null:
		return "", nil
	case fact.String:
	default:
		return "", fmt.Errorf("%s is %s, and a source is a string", w.Echo(), w.Indefinite())
	}
	said := w.Text
	if n := utf8.RuneCountInString(said); n > maximumSource {
		return said, fmt.Errorf("%s has %d characters, and a source has %d at most", echo(said), n, maximumSource)
	}
	if strings.TrimSpace(said) == "" {
		return said, fmt.Errorf("%s says nothing", echo(said))
	}
	return words.Escape(oneLine.Replace(strings.TrimRight(said, "\r\n"))), nil
}

// oneLine joins the lines of a source.
var oneLine = strings.NewReplacer("\r\n", " ", "\n", " ", "\t", " ")

// sourced returns the sources of the known facts, and the known facts without one; both nil if the caller named no sources at all.
func (s *Situation) sourced() (Sources, []string) {
	if s.sources == nil {
		return nil, nil
	}
	sources, unsourced := Sources{}, []string{}
	for i, about := range s.framework.Facts {
		switch {
		case s.sources[i] != "":
			sources = append(sources, Source{about.ID.Value, s.sources[i]})
		case s.Situation[i].Mentioned():
			unsourced = append(unsourced, about.ID.Value)
		}
	}
	return sources, unsourced
}
