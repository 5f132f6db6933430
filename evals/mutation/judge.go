package mutation

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"runtime"
	"sync"
	"testing/fstest"

	"github.com/vanhoutenbos/layer2/evals"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/knowledge"
	"github.com/vanhoutenbos/layer2/tools"
)

// Fate is what becomes of a mutant.
type Fate string

// The fates.
const (
	Refused    Fate = "refused"
	Equivalent Fate = "equivalent"
	Killed     Fate = "killed"
	Survivor   Fate = "survivor"
)

// Judgement is a mutant's fate and how it came: why it was refused, the difference that killed it, or what would.
type Judgement struct {
	Mutant
	Fate Fate
	Case string // that killed it
	By   evals.Difference
	Why  string
}

// Judge holds mutants against the cases. It is read only, and safe for concurrent use.
type Judge struct {
	shipped *framework.Framework
	parts   parts
	calls   []call
}

// call is one check of a case.
type call struct {
	evals.Check
	of evals.Case
}

// NewJudge prepares the checks of the cases: those for one capability first, which are the quickest, and plans last.
func NewJudge(cases []evals.Case) (*Judge, error) {
	shipped, err := framework.Load(knowledge.Files, nil)
	if err != nil {
		return nil, err
	}
	j := &Judge{shipped: shipped, parts: partsOf(shipped)}
	var all, plans []call
	for _, c := range cases {
		checks, err := c.Checks()
		if err != nil {
			return nil, err
		}
		for _, check := range checks {
			switch one := (call{check, c}); {
			case check.Tool == planTool:
				plans = append(plans, one)
			case check.Capability == "":
				all = append(all, one)
			default:
				j.calls = append(j.calls, one)
			}
		}
	}
	j.calls = append(append(j.calls, all...), plans...)
	return j, nil
}

// The tools that cases call.
const (
	evaluateTool = "evaluate_trigger"
	compareTool  = "compare_tools"
	planTool     = "plan_layer3"
)

// Shipped is the knowledge without a mistake.
func (j *Judge) Shipped() *framework.Framework { return j.shipped }

// Judge finds the fate of a mutant.
func (j *Judge) Judge(m Mutant) (Judgement, error) {
	mutant, err := framework.Load(knowledge.Files, overlay(m))
	if err != nil {
		return Judgement{Mutant: m, Fate: Refused, Why: err.Error()}, nil
	}
	changed := j.parts.changed(partsOf(mutant))
	if len(changed) == 0 {
		return Judgement{Mutant: m, Fate: Equivalent}, nil
	}
	answers := answererOf(mutant)
	for _, one := range j.calls {
		if !hangsOn(one.Check, changed) {
			continue
		}
		differences, err := one.play(answers)
		if err != nil {
			return Judgement{}, fmt.Errorf("%s, case %s: %w", m, one.of.Name, err)
		}
		for _, difference := range differences {
			if difference.Channel != evals.Besides {
				return Judgement{Mutant: m, Fate: Killed, Case: one.of.Name, By: difference}, nil
			}
		}
	}
	return Judgement{Mutant: m, Fate: Survivor, Why: j.witness(mutant, changed)}, nil
}

// overlay is a mutant's file, to be laid over the shipped ones.
func overlay(m Mutant) fs.FS { return fstest.MapFS{m.File: {Data: m.Text}} }

// All judges mutants on every core, and gives the judgements in the order of the mutants.
func (j *Judge) All(mutants iter.Seq2[Mutant, error]) ([]Judgement, error) {
	var judgements []*Judgement
	var failures []error
	var group sync.WaitGroup
	var mutex sync.Mutex
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	for mutant, err := range mutants {
		if err != nil {
			failures = append(failures, err)
			break
		}
		judgement := new(Judgement)
		judgements = append(judgements, judgement)
		free <- struct{}{}
		group.Go(func() {
			defer func() { <-free }()
			made, err := j.Judge(mutant)
			*judgement = made
			if err != nil {
				mutex.Lock()
				defer mutex.Unlock()
				failures = append(failures, err)
			}
		})
	}
	group.Wait()
	list := make([]Judgement, len(judgements))
	for i, judgement := range judgements {
		list[i] = *judgement
		if judgement.Fate != Equivalent { // few are, and somebody looks at them again
			list[i].Text = nil // a whole file each
		}
	}
	return list, errors.Join(failures...)
}

// hangsOn reports whether a check can come out otherwise once some parts of the knowledge have changed.
func hangsOn(check evals.Check, changed map[string]bool) bool {
	switch {
	case check.Tool == planTool:
		return true
	case check.Tool == compareTool:
		return changed[optionsPart(check.Capability)]
	case check.Capability == "":
		return check.Conflicts && changed[conflictsPart]
	}
	return changed[verdictPart(check.Capability)]
}

func (c call) play(answers answerer) ([]evals.Difference, error) {
	answer, err := answers.call(c.Tool, c.Arguments)
	if err != nil {
		return nil, err
	}
	return c.Compare(answer)
}

// answerer calls the tools of a framework as the server does, without a protocol in between.
type answerer map[string]tools.Tool

func answererOf(f *framework.Framework) answerer {
	a := answerer{}
	for _, tool := range tools.All(f, tools.Workspace{}) {
		a[tool.Name] = tool
	}
	return a
}

func (a answerer) call(tool string, arguments json.RawMessage) (json.RawMessage, error) {
	answer, err := a[tool].Call(context.Background(), arguments)
	if err != nil {
		return nil, err
	}
	return json.Marshal(answer)
}
