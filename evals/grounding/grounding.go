package grounding

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/vanhoutenbos/layer2/evals/coverage"
	"github.com/vanhoutenbos/layer2/evals/readback"
	"github.com/vanhoutenbos/layer2/evals/transcript"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// Grounds is what answers may rest on besides the caller's facts.
type Grounds struct {
	framework *framework.Framework
	// words are the enumerations of the output schemas, by property.
	words map[string][]string
	// numbers are those that conditions compare a fact with, and a step to either side: where a flip may lead.
	numbers map[string][]float64
}

// Report is what was found.
type Report struct {
	Answers int
	// Leaves is how many values were held against their grounds, IDs how many different ids they named.
	Leaves, IDs int
	Findings    []string
}

// Check holds answers against their grounds, and then every id that they name against the tool cite.
func Check(ctx context.Context, f *framework.Framework, calls []transcript.Call) (report Report, err error) {
	session, err := transcript.Open(ctx, f)
	if err != nil {
		return Report{}, err
	}
	defer func() { err = errors.Join(err, session.Close()) }()
	grounds, err := NewGrounds(ctx, f, session)
	if err != nil {
		return Report{}, err
	}
	ids := map[string]bool{}
	for _, call := range calls {
		j := grounds.judge(call, ids)
		report.add(j)
	}
	for _, entry := range f.Entries() {
		ids[entry.ID] = true
	}
	citations, err := session.Cite(ctx, slices.Sorted(maps.Keys(ids)))
	if err != nil {
		return Report{}, err
	}
	report.IDs = len(ids)
	for _, call := range citations {
		report.add(grounds.judge(call, ids))
	}
	return report, nil
}

func (r *Report) add(j *judge) {
	r.Answers++
	r.Leaves += j.leaves
	r.Findings = append(r.Findings, j.findings...)
}

// NewGrounds collects the grounds of a framework and a server over it.
func NewGrounds(ctx context.Context, f *framework.Framework, session *transcript.Session) (*Grounds, error) {
	g := &Grounds{framework: f, words: map[string][]string{}, numbers: map[string][]float64{}}
	tools, err := session.ListTools(ctx)
	if err != nil {
		return nil, fmt.Errorf("grounding: %w", err)
	}
	for _, tool := range tools {
		raw, err := json.Marshal(tool.OutputSchema)
		if err != nil {
			return nil, fmt.Errorf("grounding: %w", err)
		}
		schema, err := decode(raw)
		if err != nil {
			return nil, fmt.Errorf("grounding: %w", err)
		}
		g.collectWords("", schema)
	}
	conditions, err := coverage.Conditions(f)
	if err != nil {
		return nil, fmt.Errorf("grounding: %w", err)
	}
	for _, condition := range conditions {
		for _, atom := range condition.Atoms() {
			if limit, ok := atom.Number(); ok {
				step := stepOf(f, atom.Fact)
				g.numbers[atom.Fact] = append(g.numbers[atom.Fact], limit-step, limit, limit+step)
			}
		}
	}
	return g, nil
}

func stepOf(f *framework.Framework, fact string) float64 {
	i, _ := f.Dictionary.Index(fact)
	if step := f.Dictionary.Fact(i).Step; step > 0 {
		return step
	}
	return 1
}

// collectWords walks a schema for enumerations; those of a list's items belong to the list.
func (g *Grounds) collectWords(property string, schema any) {
	node, ok := schema.(map[string]any)
	if !ok {
		return
	}
	words, _ := node["enum"].([]any)
	for _, word := range words {
		if text, ok := word.(string); ok && !slices.Contains(g.words[property], text) {
			g.words[property] = append(g.words[property], text)
		}
	}
	g.collectWords(property, node["items"])
	for _, key := range []string{"anyOf", "oneOf"} {
		alternatives, _ := node[key].([]any)
		for _, alternative := range alternatives {
			g.collectWords(property, alternative)
		}
	}
	properties, _ := node["properties"].(map[string]any)
	for name, one := range properties {
		g.collectWords(name, one)
	}
}

// judge holds one answer against its grounds.
func (g *Grounds) judge(call transcript.Call, ids map[string]bool) *judge {
	j := &judge{Grounds: g, call: call, ids: ids}
	arguments, err := decode(call.Arguments)
	if err != nil {
		j.find("the arguments are not JSON: %v", err)
		return j
	}
	j.facts, _ = arguments.(map[string]any)["facts"].(map[string]any)
	maps.DeleteFunc(j.facts, func(_ string, value any) bool { return value == "0.." }) // all numbers: unknown
	j.unsettled, _ = arguments.(map[string]any)["unsettled"].([]any)
	j.sources, _ = arguments.(map[string]any)["sources"].(map[string]any)
	answer, err := decode(call.Structured)
	if err != nil {
		j.find("the answer is not JSON: %v", err)
		return j
	}
	switch call.Tool {
	case "evaluate_trigger":
		j.evaluation(answer)
	case "compare_tools":
		j.comparison(answer)
	case "plan_layer3":
		j.plan(answer)
	case "cite":
		j.citations(answer)
	default:
		j.find("no rules for the tool")
	}
	j.sameText(answer)
	return j
}

// sameText reads the text back and compares it with the structured part.
func (j *judge) sameText(answer any) {
	read, err := readback.Answer(j.call.Text)
	if err != nil {
		j.find("the text: %v", err)
		return
	}
	raw, err := json.Marshal(read)
	if err != nil {
		j.find("the text: %v", err)
		return
	}
	said, err := decode(raw)
	if err != nil {
		j.find("the text: %v", err)
		return
	}
	if got, want := canonical(said), canonical(answer); got != want {
		j.find("the text says\n%s\nand the structured part\n%s", got, want)
	}
}

// decode reads JSON with numbers as they are written.
func decode(raw []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	return value, nil
}

// canonical is JSON with sorted keys.
func canonical(value any) string {
	raw, err := json.Marshal(value)
	if err != nil {
		return err.Error() // what was decoded always marshals
	}
	return string(raw)
}
