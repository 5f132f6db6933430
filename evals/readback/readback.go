// Package readback reads the text of an answer back into the types of package tools, so that tests and evals can hold both
// channels of a call against each other. It shares no code with the writer, internal/page: what the two agree on is the text.
package readback

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/tools"
)

// undetermined is the verdict, and the status, that is none.
const undetermined = "undetermined"

// ignored is what a text calls arguments that were left aside.
const ignored = "Ignored, because this tool has no such argument"

// Answer is the inverse of text.Answer: a pointer to an Evaluation, a Comparison, a Plan or Citations whose JSON says what the
// structured channel says. A line that text.Answer would not write is an error.
func Answer(text string) (any, error) {
	items, err := outline(text)
	if err != nil {
		return nil, err
	}
	p := &parser{asked: map[string]tools.Question{}}
	var answer any
	switch {
	case slices.ContainsFunc(items, func(i *item) bool { return i.text == "Found" }):
		answer = p.citations(items)
	case slices.ContainsFunc(items, func(i *item) bool { return i.text == "Layer 3" }):
		answer = p.plan(items)
	case slices.ContainsFunc(items, func(i *item) bool { return strings.HasPrefix(i.text, "Options: ") }):
		answer = p.comparison(items)
	default:
		answer = p.evaluation(items)
	}
	return answer, p.err
}

// parser reads the items of an outline. It keeps the first error.
type parser struct {
	asked map[string]tools.Question // by fact
	err   error
}

// fail notes that an item is not what text.Answer writes.
func (p *parser) fail(i *item) {
	if p.err == nil {
		p.err = fmt.Errorf("cannot read %q", i.text)
	}
}

// match reads an item by a pattern; the answer has as many parts as the pattern, empty ones if it does not match.
func (p *parser) match(i *item, pattern *regexp.Regexp) []string {
	if parts := pattern.FindStringSubmatch(i.text); parts != nil {
		return parts
	}
	p.fail(i)
	return make([]string, pattern.NumSubexp()+1)
}

// glossary reads the questions with their words that stand behind an answer, before anything names them.
func (p *parser) glossary(items []*item, titles ...string) {
	for _, i := range items {
		if slices.Contains(titles, i.text) {
			for _, q := range i.items {
				read := p.question(q, nil)
				read.Capabilities = nil
				p.asked[read.Fact] = read
			}
		}
	}
}

var questionLine = regexp.MustCompile(`^([a-z][a-z0-9_]*) \(([^;()]*?)(?:; for ([^()]*))?\): (.*)$`)

// question reads one question; all are the capabilities that "all" stands for.
func (p *parser) question(i *item, all []string) tools.Question {
	parts := p.match(i, questionLine)
	q := tools.Question{Fact: parts[1], Question: parts[4], Type: parts[2]}
	if values, ok := strings.CutPrefix(parts[2], "one of: "); ok {
		q.Type, q.Values = "choice", strings.Split(values, ", ")
	} else if values, ok := strings.CutPrefix(parts[2], "any of: "); ok {
		q.Type, q.Values = "set", strings.Split(values, ", ")
	} else {
		q.Type, q.Unit, _ = strings.Cut(parts[2], ", ")
	}
	if parts[3] != "" {
		q.Capabilities = askers(parts[3], all)
	}
	for _, answers := range i.items {
		q.Answers = p.answers(answers, answers.text, q.Type)
	}
	return q
}

// short reads a list of questions that are only named.
func short(names string) []tools.Question {
	list := []tools.Question{}
	for _, name := range split(names) {
		list = append(list, tools.Question{Fact: name})
	}
	return list
}

// askers reads the capabilities that ask a question; all are those that "all" stands for.
func askers(text string, all []string) []string {
	if others, ok := strings.CutPrefix(text, "all but "); ok {
		return slices.DeleteFunc(slices.Clone(all), func(id string) bool { return slices.Contains(split(others), id) })
	}
	if text == "all" {
		return all
	}
	return split(text)
}

// questions finds the questions that a list names.
func (p *parser) questions(i *item, names string) []tools.Question {
	list := []tools.Question{}
	for _, name := range split(names) {
		q, known := p.asked[name]
		if !known {
			p.fail(i)
		}
		list = append(list, q)
	}
	return list
}

// header reads a line of the header, and says whether it was one.
func (p *parser) header(i *item, h *tools.Header) bool {
	name, rest, _ := strings.Cut(i.text, ": ")
	switch {
	case strings.HasPrefix(i.text, "Knowledge "):
		h.Knowledge = p.knowledge(i)
	case name == "From the workspace":
		h.FromWorkspace = split(rest)
	case name == "Raised and left open":
		h.Unsettled = split(rest)
	case name == "Not used here":
		for _, entry := range strings.Split(rest, "; ") {
			facts, tools, _ := strings.Cut(strings.TrimSuffix(entry, " would)"), " (")
			for _, fact := range split(facts) {
				h.Unused = append(h.Unused, unused(fact, tools))
			}
		}
	case name == ignored:
		h.Ignored = p.names(i, rest)
	case i.text == "Conflicting facts":
		for _, c := range i.items {
			says, facts := p.sentence(c, c.text)
			h.Conflicts = append(h.Conflicts, tools.Conflict{Facts: facts, Says: says})
		}
	case i.text == "Sources", i.text == "Sources: none":
		h.Sources, h.Unsourced = p.sources(i), []string{}
	case name == "Without a source" && h.Sources != nil:
		h.Unsourced = split(rest)
	default:
		return false
	}
	return true
}

// names reads a list of quoted names.
func (p *parser) names(i *item, text string) []string {
	var list []string
	for rest := text; ; {
		name, err := strconv.QuotedPrefix(rest)
		if err != nil {
			p.fail(i)
			return list
		}
		unquoted, _ := strconv.Unquote(name) // it is quoted
		list = append(list, unquoted)
		if rest = rest[len(name):]; rest == "" {
			return list
		}
		rest = strings.TrimPrefix(rest, ", ")
	}
}

var sourceLine = regexp.MustCompile(`^([a-z][a-z0-9_]*): (".*")$`)

// sources reads what says each fact.
func (p *parser) sources(i *item) tools.Sources {
	sources := tools.Sources{}
	for _, s := range i.items {
		parts := p.match(s, sourceLine)
		words, err := strconv.Unquote(parts[2])
		if err != nil {
			p.fail(s)
		}
		sources = append(sources, tools.Source{Fact: parts[1], Words: words})
	}
	return sources
}

// newHeader is one with empty lists.
func newHeader() tools.Header {
	return tools.Header{FromWorkspace: []string{}, Unsettled: []string{}, Unused: []tools.Unused{}, Conflicts: []tools.Conflict{}}
}

// unused reads the tools that would use a fact: "compare_tools and plan_layer3".
func unused(fact, by string) tools.Unused {
	return tools.Unused{Fact: fact, UsedBy: split(strings.ReplaceAll(by, " and ", ", "))}
}

var knowledgeLine = regexp.MustCompile(`^Knowledge (\S+) \((\S+)\)$`)

func (p *parser) knowledge(i *item) tools.Knowledge {
	parts := p.match(i, knowledgeLine)
	return tools.Knowledge{Version: parts[1], Fingerprint: parts[2]}
}

var sentenceFacts = regexp.MustCompile(`^(.*) \(([a-z][a-z0-9_]* = [^()]*)\)$`)

// sentence reads what a statement says, and the facts in parentheses behind it.
func (p *parser) sentence(i *item, text string) (string, fact.Values) {
	if parts := sentenceFacts.FindStringSubmatch(text); parts != nil {
		return parts[1], p.facts(i, parts[2])
	}
	return text, fact.Values{}
}

// facts reads "services = 7, call_chains = complex".
func (p *parser) facts(i *item, text string) fact.Values {
	facts := fact.Values{}
	parts := values.FindAllString(text, -1)
	if strings.Join(parts, ", ") != text {
		p.fail(i)
	}
	for _, part := range parts {
		name, written, ok := strings.Cut(part, " = ")
		if !ok {
			p.fail(i)
		}
		facts = append(facts, fact.Named{Fact: name, Value: p.value(i, written)})
	}
	return facts
}

// values finds the facts of a line; only in brackets or quotes does a comma belong to a value.
var values = regexp.MustCompile(`[a-z0-9_]+ = (\[[^\]]*\]|"(?:\\.|[^"\\])*"|[^,]*)`)

// word is a name as choices have it.
var word = regexp.MustCompile(`^[a-z][a-z0-9_-]*$`)

// value reads a value; an integer and a number look alike, and count as a number.
func (p *parser) value(i *item, text string) fact.Value {
	v := fact.Value{Kind: fact.Choice, Text: text}
	var err error
	switch {
	case text == "true" || text == "false":
		v = fact.Value{Kind: fact.Boolean, Bool: text == "true"}
	case strings.HasPrefix(text, "["):
		v = fact.Value{Kind: fact.Set, Members: split(strings.Trim(text, "[]"))}
	case strings.HasPrefix(text, `"`):
		v.Text, err = strconv.Unquote(text)
	case limits.MatchString(text):
		v, err = rangeOf(limits.FindStringSubmatch(text)[1:])
	case !word.MatchString(text):
		v = fact.Value{Kind: fact.Number}
		v.Number, err = strconv.ParseFloat(text, 64)
	}
	if err != nil {
		p.fail(i)
	}
	return v
}

// limit is a number, a range how text writes one: both ends, or one; limits is one alone.
const (
	limit    = `([0-9]+(?:\.[0-9]+)?)`
	anyRange = `(?:` + limit + ` to ` + limit + `|` + limit + ` or more(?: and less than ` + limit + `)?|at most ` + limit +
		`|more than ` + limit + `(?: and (?:at most ` + limit + `|less than ` + limit + `))?|less than ` + limit + `)`
)

var limits = regexp.MustCompile(`^` + anyRange + `$`)

// rangeOf reads the ends that limits finds.
func rangeOf(ends []string) (fact.Value, error) {
	r := fact.Range{High: fact.Largest}
	for i, end := range ends {
		if end == "" {
			continue
		}
		n, err := strconv.ParseFloat(end, 64)
		if err != nil {
			return fact.Value{}, err
		}
		switch i {
		case 0, 2:
			r.Low = n
		case 1, 4, 6:
			r.High = n
		case 5:
			r.Low, r.LowOpen = n, true
		default:
			r.High, r.HighOpen = n, true
		}
	}
	return fact.Within(fact.Number, r), nil
}

// split reads a list; nothing is an empty one.
func split(text string) []string {
	if text == "" {
		return []string{}
	}
	return strings.Split(text, ", ")
}

// alternatives reads "a, b or c".
func alternatives(text string) []string { return split(strings.ReplaceAll(text, " or ", ", ")) }
