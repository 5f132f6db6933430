package tools

import (
	"encoding/json"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/object"
	"github.com/vanhoutenbos/layer2/internal/record"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// situation is what a call knows of the platform: facts, and which capabilities run.
type situation struct {
	fact.Situation
	// runs is what is known of each capability, by id; one that is missing is unknown.
	runs map[string]decide.Truth
	// given marks the facts that the call itself gave, workspace those that the workspace did and the call left alone.
	given, workspace []bool
	// sources says of each fact what says it, empty for those without; nil if nobody named any.
	sources []string
}

// Workspace is defaults for every call: the facts of a file, and what says them. The zero Workspace holds none.
type Workspace struct {
	// Facts are in fact order. A number may be known within a range only, which no call can say.
	Facts fact.Situation
	// Runs is what is known of each capability, by id; one that is missing is unknown.
	Runs map[string]decide.Truth
	// Sources says of each fact what says it, empty for those without; nil if the file names none.
	Sources []string
	// Decisions are the decisions on file; nil if none are kept.
	Decisions *record.Archive
	// Live reads the workspace, without Decisions, as it is at the moment of a call; nil if it stays as it is.
	Live func() (Workspace, error)
}

// situation reads the arguments facts, sources and running over the workspace's: one by one, null makes unknown again.
func (a *arguments) situation(w Workspace) situation {
	n := a.framework.Dictionary.Len()
	s := situation{Situation: make(fact.Situation, n), runs: w.Runs, given: make([]bool, n), workspace: make([]bool, n)}
	copy(s.Situation, w.Facts)
	for i, value := range s.Situation {
		s.workspace[i] = value.Kind != fact.Unknown
	}
	a.facts(&s)
	a.sources(&s, w.Sources)
	if raw, present := a.values["running"]; present {
		s.runs = nil
		if !isNull(raw) {
			s.runs = a.running()
		}
	}
	return s
}

// running reads the capabilities that run; all others do not.
func (a *arguments) running() map[string]decide.Truth {
	runs := map[string]decide.Truth{}
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

// facts reads the facts of the call into a situation.
func (a *arguments) facts(s *situation) {
	a.byFact("facts", "", func(index int, raw json.RawMessage) {
		value, ok := a.value("facts", index, raw)
		s.Situation[index], s.given[index], s.workspace[index] = value, !ok || value.Kind != fact.Unknown, false
	})
}

// value reads the value of a fact. It is not ok if there are mistakes, which are noted.
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

// byFact reads an object with a member for each fact, every one once. The prefix says where a mistake is.
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
			a.mistakes.add(argument, "%s%s stands twice.", prefix, echo(m.Key))
			continue
		}
		seen[m.Key] = true
		index, known := a.framework.Dictionary.Index(m.Key)
		if !known {
			var nearest []string
			if !a.mistakes.full() {
				nearest = words.Nearest(m.Key, a.framework.Dictionary.Names(), 3)
			}
			a.mistakes.add(argument, "%s%s is no fact.%s All facts: layer2://facts.", prefix, echo(m.Key), didYouMean(nearest))
			continue
		}
		read(index, m.Value)
	}
}

// sentence ends an error with a full stop where it does not end as a sentence already.
func sentence(err error) string {
	text := err.Error()
	if strings.HasSuffix(text, "?") || strings.HasSuffix(text, ".") {
		return text
	}
	return text + "."
}
