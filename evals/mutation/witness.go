package mutation

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// witness is facts that tell a mutant from the shipped knowledge, and what is answered with them: what a case that kills it would be
// about. Where a verdict or its because differs, the diagrams name them; what else differs (lists, questions, classes) is searched.
func (j *Judge) witness(mutant *framework.Framework, changed map[string]bool) string {
	for i, c := range j.shipped.Capabilities {
		if changed[verdictPart(c.ID.Value)] && mutant.Capabilities[i].ID == c.ID {
			if found := j.outcomes(c, mutant.Capabilities[i]); found != "" {
				return c.ID.Value + ": " + found
			}
		}
	}
	search := j.search(mutant, 4000)
	for _, part := range slices.Sorted(maps.Keys(changed)) {
		if found := search.find(part); found != "" {
			return part + ": " + found
		}
	}
	return fmt.Sprintf("no facts found that show %v", slices.Sorted(maps.Keys(changed)))
}

// outcomes is the fewest facts with which a capability has another outcome in a mutant, whatever else holds; empty if there are none.
func (j *Judge) outcomes(shipped, mutant *framework.Capability) string {
	space, err := decide.NewSpace(j.shipped.Dictionary, slices.Concat(shipped.Model.Conditions(), mutant.Model.Conditions()))
	if err != nil {
		return err.Error()
	}
	for _, change := range space.Outcomes(shipped.Model).Changes(space.Outcomes(mutant.Model)) {
		if settings, ok := change.Where.Witness(); ok {
			var facts []string
			for _, s := range settings {
				facts = append(facts, fmt.Sprintf("%s: %s", j.shipped.Dictionary.Fact(s.Fact).Name, s.Value))
			}
			return fmt.Sprintf("facts {%s}: %s (%s) -> %s (%s)", strings.Join(facts, ", "),
				change.From.Verdict, change.From.Reason, change.To.Verdict, change.To.Reason)
		}
	}
	return ""
}

// search draws situations until two frameworks answer differently.
type search struct {
	f             *framework.Framework
	before, after answerer
	random        *rand.Rand
	tries         int // situations for one part
}

func (j *Judge) search(mutant *framework.Framework, tries int) *search {
	return &search{j.shipped, answererOf(j.shipped), answererOf(mutant), rand.New(rand.NewPCG(1, 2)), tries}
}

// trial is a call: facts and what runs.
type trial struct {
	tool    string
	more    map[string]any
	facts   map[string]any
	running []string
}

func (s *search) find(part string) string {
	tool, more, facts := s.about(part)
	if len(facts) == 0 {
		return ""
	}
	for range s.tries {
		t := trial{tool: tool, more: more, facts: map[string]any{}}
		known := s.random.IntN(10)
		for _, fact := range facts {
			if s.random.IntN(10) < known {
				t.facts[s.f.Dictionary.Fact(fact).Name] = s.value(fact)
			}
		}
		if s.random.IntN(2) == 0 {
			t.running = []string{}
			for _, c := range s.f.Capabilities {
				if s.random.IntN(2) == 0 {
					t.running = append(t.running, c.ID.Value)
				}
			}
		}
		if s.differ(t) {
			return s.show(s.smallest(t))
		}
	}
	return ""
}

// about is the call that shows a part, and the facts that it looks at.
func (s *search) about(part string) (tool string, more map[string]any, facts []int) {
	seen := map[int]bool{}
	add := func(more []int) {
		for _, fact := range more {
			seen[fact] = true
		}
	}
	for _, c := range s.f.Conflicts {
		if part == conflictsPart {
			add(c.When.Facts())
		}
	}
	tool, more = evaluateTool, map[string]any{}
	for _, c := range s.f.Capabilities {
		switch part {
		case verdictPart(c.ID.Value):
			more["capabilities"] = []string{c.ID.Value}
			add(c.Decision.Facts())
			for _, task := range c.Tasks {
				add(task.When.Facts())
			}
		case optionsPart(c.ID.Value):
			tool, more["capability"] = compareTool, c.ID.Value
			for _, option := range c.Enabled {
				for _, clause := range slices.Concat(option.Fits, option.Out) {
					add(clause.When.Facts())
				}
			}
		case planPart:
			tool = planTool
			add(c.Decision.Facts())
		}
	}
	for _, t := range s.f.Themes {
		if part == themePart(t.ID.Value) {
			tool, more["themes"] = planTool, []string{t.ID.Value}
			add(t.Decision.Facts())
			for _, route := range t.Routes {
				add(route.When.Facts())
			}
		}
	}
	return tool, more, slices.Sorted(maps.Keys(seen))
}

// value draws a value near where conditions divide.
func (s *search) value(index int) any {
	about := s.f.Dictionary.Fact(index)
	switch about.Kind {
	case fact.Boolean:
		return s.random.IntN(2) == 0
	case fact.Choice:
		return about.Values[s.random.IntN(len(about.Values))]
	case fact.Set:
		members := []string{}
		for _, member := range about.Values {
			if s.random.IntN(2*len(about.Values)) < 2 {
				members = append(members, member)
			}
		}
		return members
	}
	limits := []float64{0, 1, 2, 3, 4, 5, 6, 9, 10, 11, 20, 59, 60}
	step := about.Step
	if about.Kind == fact.Integer {
		step = 1
	}
	return max(0, limits[s.random.IntN(len(limits))]+step*float64(s.random.IntN(3)-1))
}

func (s *search) differ(t trial) bool {
	before, after := s.answers(t)
	return !reflect.DeepEqual(before, after)
}

// answers are both answers, without what no case compares.
func (s *search) answers(t trial) (before, after any) {
	arguments := maps.Clone(t.more)
	arguments["facts"] = t.facts
	if t.running != nil {
		arguments["running"] = t.running
	}
	raw, err := json.Marshal(arguments)
	if err != nil {
		return err.Error(), err.Error()
	}
	return compared(s.before.call(t.tool, raw)), compared(s.after.call(t.tool, raw))
}

// smallest leaves out every fact that the difference does not need.
func (s *search) smallest(t trial) trial {
	for _, fact := range slices.Sorted(maps.Keys(t.facts)) {
		fewer := t
		fewer.facts = maps.Clone(t.facts)
		delete(fewer.facts, fact)
		if s.differ(fewer) {
			t = fewer
		}
	}
	fewer := t
	fewer.running = nil
	if t.running != nil && s.differ(fewer) {
		t = fewer
	}
	return t
}

func (s *search) show(t trial) string {
	before, after := s.answers(t)
	facts, err := json.Marshal(t.facts)
	if err != nil {
		return err.Error()
	}
	words := fmt.Sprintf("%s %v %s", t.tool, t.more, facts)
	if t.running != nil {
		words += fmt.Sprintf(" running %v", t.running)
	}
	return strings.Join(append([]string{words}, apart("", before, after)...), "\n      ")
}

// apart is where two answers differ: a path, and the value there in both.
func apart(path string, before, after any) []string {
	x, bothMaps := before.(map[string]any)
	y, isMap := after.(map[string]any)
	if bothMaps && isMap {
		var lines []string
		for _, key := range slices.Sorted(maps.Keys(x)) {
			lines = append(lines, apart(path+"/"+key, x[key], y[key])...)
		}
		return lines
	}
	a, bothLists := before.([]any)
	b, isList := after.([]any)
	if bothLists && isList && len(a) == len(b) {
		var lines []string
		for i := range a {
			lines = append(lines, apart(fmt.Sprint(path, "/", i), a[i], b[i])...)
		}
		return lines
	}
	if reflect.DeepEqual(before, after) {
		return nil
	}
	return []string{fmt.Sprintf("%s: %v -> %v", path, before, after)}
}

// uncompared are the keys of an answer that no case may kill by.
var uncompared = []string{
	"knowledge", "unused", "from_workspace", "sufficient", "flips", "readings", "says", "question", "values", "unit", "type",
	"measure", "exit", "cites", "mermaid", "then", "complexity", "answers", "title", "builds_on", "keeps", "questions",
	"pros", "cons", "updates", "use_when", "guards", "need", "prerequisites", "slug", "facts", "name",
}

// compared is an answer without what no case compares.
func compared(answer json.RawMessage, err error) any {
	var value any
	if err == nil {
		err = json.Unmarshal(answer, &value)
	}
	if err != nil {
		return err.Error()
	}
	return pruned(value)
}

func pruned(value any) any {
	switch value := value.(type) {
	case map[string]any:
		for key, of := range value {
			if slices.Contains(uncompared, key) {
				delete(value, key)
				continue
			}
			value[key] = pruned(of)
		}
	case []any:
		for i := range value {
			value[i] = pruned(value[i])
		}
	}
	return value
}
