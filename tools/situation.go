package tools

import (
	"encoding/json"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/object"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// Situation is what is known about a platform when a question is asked: facts, their sources, and which capabilities run.
type Situation struct {
	fact.Situation
	framework *framework.Framework
	// runs says whether each capability runs, by id; a missing one is unknown.
	runs map[string]decide.Truth
	// given marks the facts that the call gave, workspace those that come from the workspace unchanged.
	given, workspace []bool
	// sources has the source of each fact, empty for those without one; nil if no sources were named at all.
	sources []string
	// ignored names the arguments that were ignored.
	ignored []string
}

// Situation returns what the workspace knows, without a call.
func (w Workspace) Situation(f *framework.Framework) *Situation {
	return readArguments(f, nil).situation(w)
}

// Named returns those of the facts that are known, with their values.
func (s *Situation) Named(names []string) fact.Values {
	var facts []int
	for _, name := range names {
		if fact, is := s.framework.Dictionary.Index(name); is {
			facts = append(facts, fact)
		}
	}
	return s.known(facts)
}

// known returns those of the facts that are known, with their values.
func (s *Situation) known(facts []int) fact.Values { return s.Of(s.framework.Dictionary, facts) }

// situation reads the arguments facts, unsettled, sources and running over the workspace's values, one by one; null makes a fact unknown again.
func (a *arguments) situation(w Workspace) *Situation {
	n := a.framework.Dictionary.Len()
	s := &Situation{
		framework: a.framework, Situation: make(fact.Situation, n), runs: w.Runs,
		given: make([]bool, n), workspace: make([]bool, n), ignored: a.ignored,
	}
	copy(s.Situation, w.Facts)
	for i, value := range s.Situation {
		s.workspace[i] = value.Mentioned()
	}
	a.facts(s)
	a.unsettled(s)
	a.sources(s, w.Sources)
	if raw, present := a.values["running"]; present {
		s.runs = nil
		if !isNull(raw) {
			s.runs = a.running()
		}
	}
	return s
}

// unsettled reads the names of facts that were raised and left open. They lose the value that the workspace has for them.
func (a *arguments) unsettled(s *Situation) {
	names, _ := a.texts("unsettled")
	for _, name := range names {
		index, known := a.factNamed("unsettled", "unsettled: ", name)
		switch {
		case !known:
		case s.given[index]:
			a.mistakes.add("unsettled", "unsettled: %s has a value in facts: leave it out of one of them.", name)
		default:
			s.Situation[index], s.workspace[index] = fact.Value{Unsettled: true}, false
		}
	}
}

// Running is the argument running in a tool's schema: a list of capabilities, or an object with true or false for some.
type Running []string

// running reads the capabilities that run. Those not in a list do not; those not in an object stay unknown.
func (a *arguments) running() map[string]decide.Truth {
	runs := map[string]decide.Truth{}
	if members, err := object.Members(object.Held(a.values["running"], objects)); err == nil {
		for _, m := range members {
			a.runs(runs, m)
		}
		return runs
	}
	for _, c := range a.framework.Capabilities {
		runs[c.ID.Value] = decide.No
	}
	ids, _ := a.texts("running")
	for _, id := range ids {
		if c := a.capabilityOf("running", id); c != nil {
			runs[id] = decide.Yes
		}
	}
	return runs
}

// runs reads whether one capability runs.
func (a *arguments) runs(runs map[string]decide.Truth, m object.Member) {
	c := a.capabilityOf("running", m.Key)
	if c == nil {
		return
	}
	var is *bool
	if err := json.Unmarshal(object.Held(m.Value, booleans), &is); err != nil {
		a.mistakes.add("running", "running: %s: %s, and it is true or false.", m.Key, described(m.Value))
		return
	}
	if _, twice := runs[m.Key]; twice {
		a.mistakes.add("running", "running: %s is given twice.", m.Key)
	}
	runs[m.Key] = decide.Maybe
	if is != nil {
		runs[m.Key] = decide.TruthOf(*is)
	}
}

// facts reads the facts of the call into the situation.
func (a *arguments) facts(s *Situation) {
	a.byFact("facts", "", func(index int, raw json.RawMessage) {
		value, ok := a.value("facts", index, raw)
		s.Situation[index], s.given[index], s.workspace[index] = value, !ok || !isNull(raw), false
	})
}

// value reads the value of a fact. ok is false if it has mistakes, which are noted.
func (a *arguments) value(argument string, index int, raw json.RawMessage) (value fact.Value, ok bool) {
	about := a.framework.Dictionary.Fact(index)
	value, mistakes := about.Read(fact.FromJSON(forgiven(about, raw)))
	for _, m := range mistakes {
		var nearest []string
		if !a.mistakes.full() {
			nearest = words.Nearest(m.Name, m.Known, 1)
		}
		a.mistakes.add(argument, "%s: %s.%s", about.Name, m.Problem, didYouMean(nearest))
	}
	return value, len(mistakes) == 0
}

// byFact reads an object with facts as keys, each given once. Messages about keys start with the prefix.
func (a *arguments) byFact(argument, prefix string, read func(index int, value json.RawMessage)) {
	raw, ok := a.given(argument)
	if !ok {
		return
	}
	list, err := object.Members(object.Held(raw, objects))
	if err != nil {
		a.mistakes.add(argument, "%s: %s, and %s is an object of names and values.", argument, described(raw), argument)
		return
	}
	seen := map[string]bool{}
	for _, m := range list {
		if seen[m.Key] {
			a.mistakes.add(argument, "%s%s is given twice.", prefix, echo(m.Key))
			continue
		}
		seen[m.Key] = true
		if index, known := a.factNamed(argument, prefix, m.Key); known {
			read(index, m.Value)
		}
	}
}

// factNamed finds a fact by its name, or notes the mistake.
func (a *arguments) factNamed(argument, prefix, name string) (index int, known bool) {
	if index, known = a.framework.Dictionary.Index(name); known {
		return index, true
	}
	var nearest []string
	if !a.mistakes.full() {
		nearest = words.Nearest(name, a.framework.Dictionary.Names(), 3)
	}
	a.mistakes.add(argument, "%s%s is not a fact.%s All facts: layer2://facts.", prefix, echo(name), didYouMean(nearest))
	return 0, false
}

// sentence adds a full stop to an error that does not end as a sentence.
func sentence(err error) string {
	text := err.Error()
	if strings.HasSuffix(text, "?") || strings.HasSuffix(text, ".") {
		return text
	}
	return text + "."
}
