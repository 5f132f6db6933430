package tools

import (
	"slices"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// FactSheet is what a workspace knows, for the people who maintain it: the facts, those that no verdict rests on, and what to ask first
// over all capabilities.
type FactSheet struct {
	Knowledge Knowledge   `json:"knowledge"`
	Facts     fact.Values `json:"facts"`
	// Unsettled lists the facts that were raised and left open.
	Unsettled []string `json:"unsettled"`
	Sources   Sources  `json:"sources"`
	// Running lists the capabilities that run, NotRunning those that do not; for the others it is unknown.
	Running    []string `json:"running"`
	NotRunning []string `json:"not_running"`
	// Unneeded lists the known facts without which every verdict would be just as open or decided.
	Unneeded  []Unneeded `json:"unneeded"`
	Conflicts []Conflict `json:"conflicts"`
	Ask       []Question `json:"ask"`
}

// Unneeded is a known fact on which no verdict rests. If none ever can, UseIn lists the tools that use it instead.
type Unneeded struct {
	Fact  string   `json:"fact"`
	UseIn []string `json:"use_in"`
}

func SheetOf(f *framework.Framework, w Workspace) *FactSheet {
	s := w.Situation(f)
	sheet := &FactSheet{
		Knowledge: KnowledgeOf(f), Facts: fact.Values{}, Unsettled: []string{}, Sources: Sources{}, Unneeded: []Unneeded{},
		Running: s.inState(decide.Yes), NotRunning: s.inState(decide.No), Conflicts: s.conflicts(),
	}
	needed := make([]bool, len(f.Facts))
	var asks []asked
	for _, c := range f.Capabilities {
		e := c.Decision.Explain(s.Situation)
		asks = append(asks, asked{c.ID.Value, e.Ask})
		for _, fact := range e.Sufficient {
			needed[fact] = true
		}
	}
	for i, about := range f.Facts {
		name, known := about.ID.Value, s.Situation[i]
		if !known.Mentioned() {
			continue
		}
		if s.sources != nil && s.sources[i] != "" {
			sheet.Sources = append(sheet.Sources, Source{name, s.sources[i]})
		}
		if known.Unsettled {
			sheet.Unsettled = append(sheet.Unsettled, name)
			continue
		}
		sheet.Facts = append(sheet.Facts, fact.Named{Fact: name, Value: known})
		if !needed[i] {
			sheet.Unneeded = append(sheet.Unneeded, Unneeded{name, usedIn(f.Uses(i))})
		}
	}
	sheet.Ask = s.askFirst(asks)
	return sheet
}

// usedIn names the tools that use a fact if no verdict does.
func usedIn(u framework.Uses) []string {
	list := []string{}
	if len(u.Verdicts) > 0 {
		return list
	}
	if len(u.Options) > 0 {
		list = append(list, "compare_tools")
	}
	if len(u.Themes) > 0 {
		list = append(list, "plan_layer3")
	}
	return list
}

func (s *Situation) inState(run decide.Truth) []string {
	return slices.DeleteFunc(capabilityIDs(s.framework), func(id string) bool { return s.runs[id] != run })
}
