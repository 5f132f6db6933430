package record

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// lineWidth is the most characters of a list or mapping on one line.
const lineWidth = 120

// FrontMatter returns the head of the record's file, markers included, as Read reads it. Equal records give equal bytes.
func (r *Record) FrontMatter(f *framework.Framework) string {
	w := writer{dictionary: f.Dictionary}
	w.line(0, marker)
	w.line(0, "status: ", r.Status)
	w.line(0, "date: ", r.Date)
	w.line(0, "layer2:")
	w.line(1, "record: ", strconv.Itoa(form))
	w.line(1, "capability: ", r.Capability)
	w.line(1, "verdict: ", r.Verdict.String(), " # what the framework said")
	if r.Possible != nil {
		w.list(1, "possible", names(r.Possible))
	}
	w.line(1, "decision: ", r.Decision.String(), " # what was decided")
	if r.Reason != "" {
		w.line(1, "reason: ", quoted(r.Reason))
	}
	w.list(1, "because", names(r.VerdictReasons))
	w.block(1, "facts", w.facts(r.Facts))
	if len(r.Unsettled) > 0 {
		w.list(1, "unsettled", w.names(r.Unsettled))
	}
	if len(r.Sources) > 0 {
		w.block(1, "sources", w.sources(r.Sources))
	}
	w.list(1, "sufficient", w.names(r.Sufficient))
	w.block(1, "statements", wordingsText(r.Statements))
	w.flips(r.Flips)
	w.line(1, "knowledge: ", r.Knowledge.text())
	if len(r.Reaffirmed) > 0 {
		w.line(1, "reaffirmed:")
	}
	for _, again := range r.Reaffirmed {
		w.reaffirmation(2, again)
	}
	w.line(0, marker)
	return w.String()
}

type writer struct {
	strings.Builder
	dictionary *fact.Dictionary
}

func (w *writer) line(depth int, parts ...string) {
	w.WriteString(strings.Repeat("  ", depth) + strings.Join(parts, "") + "\n")
}

// list writes a list, on one line if it fits.
func (w *writer) list(depth int, key string, items []string) {
	if text := "[" + strings.Join(items, ", ") + "]"; len(text) < lineWidth {
		w.line(depth, key, ": ", text)
		return
	}
	w.line(depth, key, ":")
	for _, item := range items {
		w.line(depth+1, "- ", item)
	}
}

// block writes a mapping, one key per line; an empty one is {}.
func (w *writer) block(depth int, key string, pairs []string) {
	if len(pairs) == 0 {
		w.line(depth, key, ": {}")
		return
	}
	w.line(depth, key, ":")
	for _, pair := range pairs {
		w.line(depth+1, pair)
	}
}

// mapping writes a mapping, on one line if it fits.
func (w *writer) mapping(depth int, key string, pairs []string) {
	if text := inBraces(pairs); len(text) < lineWidth {
		w.line(depth, key, ": ", text)
		return
	}
	w.block(depth, key, pairs)
}

func inBraces(pairs []string) string { return "{" + strings.Join(pairs, ", ") + "}" }

func (w *writer) flips(flips []decide.Flip) {
	if len(flips) == 0 {
		w.line(1, "flips: []")
		return
	}
	w.line(1, "flips:")
	for _, flip := range flips {
		pairs := []string{"set: " + inBraces(w.facts(flip.Set))}
		if len(flip.Given) > 0 {
			pairs = append(pairs, "given: "+inBraces(w.facts(flip.Given)))
		}
		pairs = append(pairs, "verdict: "+flip.Verdict.String())
		if text := inBraces(pairs); len(text) < lineWidth {
			w.line(2, "- ", text)
			continue
		}
		w.line(2, "- verdict: ", flip.Verdict.String())
		w.mapping(3, "set", w.facts(flip.Set))
		if len(flip.Given) > 0 {
			w.mapping(3, "given", w.facts(flip.Given))
		}
	}
}

func (w *writer) reaffirmation(depth int, again Reaffirmation) {
	w.line(depth, "- date: ", again.Date)
	w.mapping(depth+1, "facts", w.facts(again.Facts))
	if len(again.Unsettled) > 0 {
		w.list(depth+1, "unsettled", w.names(again.Unsettled))
	}
	w.line(depth+1, "verdict: ", again.Verdict.String())
	if again.Possible != nil {
		w.list(depth+1, "possible", names(again.Possible))
	}
	w.line(depth+1, "reason: ", quoted(again.Reason))
	if len(again.Statements) > 0 {
		w.block(depth+1, "statements", wordingsText(again.Statements))
	}
	if again.Knowledge != nil {
		w.line(depth+1, "knowledge: ", again.Knowledge.text())
	}
}

func (k Knowledge) text() string {
	return "{version: " + quoted(k.Version) + ", fingerprint: " + quoted(k.Fingerprint) + "}"
}

func wordingsText(wordings []Wording) []string {
	pairs := make([]string, len(wordings))
	for i, r := range wordings {
		pairs[i] = r.ID + ": null"
		if r.Text != "" {
			pairs[i] = r.ID + ": " + quoted(r.Text)
		}
	}
	return pairs
}

func (w *writer) names(facts []int) []string {
	list := make([]string, len(facts))
	for i, fact := range facts {
		list[i] = w.dictionary.Fact(fact).Name
	}
	return list
}

func (w *writer) facts(settings []fact.Setting) []string {
	pairs := make([]string, len(settings))
	for i, s := range settings {
		pairs[i] = w.dictionary.Fact(s.Fact).Name + ": " + s.Value.YAML()
	}
	return pairs
}

func (w *writer) sources(sources []Citation) []string {
	pairs := make([]string, len(sources))
	for i, s := range sources {
		pairs[i] = w.dictionary.Fact(s.Fact).Name + ": " + quoted(s.Words)
	}
	return pairs
}

// quoted quotes a text for YAML, with single quotes if that avoids backslashes.
func quoted(text string) string {
	if strings.ContainsAny(text, `"\`) && strings.IndexFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) < 0 {
		return "'" + strings.ReplaceAll(text, "'", "''") + "'"
	}
	var b strings.Builder
	encoder := json.NewEncoder(&b) // almost every JSON string is valid YAML
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(text); err != nil {
		return strconv.Quote(text) // cannot happen
	}
	return escaped(strings.TrimSuffix(b.String(), "\n"))
}

// escaped escapes what JSON allows in a string but YAML takes for a line end or does not allow.
func escaped(text string) string {
	var b strings.Builder
	for _, r := range text {
		if unicode.IsControl(r) || r == '\uFEFF' || r == '\uFFFE' || r == '\uFFFF' {
			fmt.Fprintf(&b, `\u%04X`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
