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

// maximumSource is how long a source may be, in characters.
const maximumSource = 200

// Sources are facts and what says them, in fact order. JSON shows them as an object. They are data that an answer hands back:
// nothing is decided by them.
type Sources []Source

// Source is a fact and the words, or the place in a file, that say it.
type Source struct{ Fact, Words string }

// MarshalJSON writes an object whose keys stand in fact order.
func (s Sources) MarshalJSON() ([]byte, error) {
	members := words.Each(s, func(source Source) string { return words.JSON(source.Fact) + ":" + words.JSON(source.Words) })
	return []byte("{" + strings.Join(members, ",") + "}"), nil
}

// JSONSchema is an object with a short text for each fact.
func (Sources) JSONSchema() *jsonschema.Schema {
	most := uint64(maximumSource)
	return &jsonschema.Schema{Type: "object", AdditionalProperties: &jsonschema.Schema{Type: "string", MaxLength: &most}}
}

// sources reads what says each fact, over the workspace's: one by one, null takes one away. A source belongs to the value that
// it was given with, so the workspace's is dropped where the call gives the fact itself.
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
		if !isNull(raw) && !s.given[index] && !s.workspace[index] {
			a.mistakes.add("sources", "sources: %s has no value in facts.", name)
		}
	})
}

// source reads the source of one fact; null is none.
func (a *arguments) source(name string, raw json.RawMessage) string {
	said, err := ReadSource(fact.FromJSON(raw))
	if err != nil {
		a.mistakes.add("sources", "sources: %s: %s.", name, err)
	}
	return said
}

// ReadSource reads what says a fact; null is nothing. Who quotes people quotes their emoji and their joiners too: characters
// that do not print are taken, and written out.
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

// oneLine puts a source of several lines on one.
var oneLine = strings.NewReplacer("\r\n", " ", "\n", " ", "\t", " ")

// sourced are the sources of what is known, and the known facts that have none; both nil if the caller named no sources at all.
func (s *Situation) sourced() (Sources, []string) {
	if s.sources == nil {
		return nil, nil
	}
	sources, unsourced := Sources{}, []string{}
	for i, about := range s.framework.Facts {
		switch {
		case s.sources[i] != "":
			sources = append(sources, Source{about.ID.Value, s.sources[i]})
		case s.Situation[i].Kind != fact.Unknown:
			unsourced = append(unsourced, about.ID.Value)
		}
	}
	return sources, unsourced
}
