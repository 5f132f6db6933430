package coverage

import (
	"fmt"
	"slices"

	"github.com/vanhoutenbos/layer2/evals/answer"
	"github.com/vanhoutenbos/layer2/evals/transcript"
)

// Seen is what the answers show that the cases check.
type Seen struct {
	Cited map[string]bool
	Asked map[string]bool
	Flips map[Flip]bool
}

// See reads answers.
func See(calls []transcript.Call) (*Seen, error) {
	s := &Seen{map[string]bool{}, map[string]bool{}, map[Flip]bool{}}
	for _, call := range calls {
		a, err := answer.Read(call.Structured)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", &call, err)
		}
		if call.Tool == "evaluate_trigger" && call.Capability != "" {
			s.verdict(a.Verdicts[0])
		}
		s.comparison(a)
		s.plan(a)
	}
	return s, nil
}

// verdict is seen where it was asked for by name: then it says all.
func (s *Seen) verdict(v answer.Verdict) {
	s.cite(v.Capability)
	for _, objection := range v.Against {
		s.cite(objection.ID)
	}
	for _, waiting := range v.Waiting {
		s.cite(waiting.ID)
	}
	for _, list := range [][]answer.Statement{v.For, v.Questions, v.Keeps, v.Measure, v.BuildsOn, v.ToDo, v.Readings} {
		for _, one := range list {
			s.cite(one.ID)
		}
	}
	if v.Exit != nil {
		s.cite(v.Exit.ID)
	}
	s.ask(v.Ask)
	from := v.Verdict
	if v.Provisional != nil {
		from = v.Provisional.Verdict // its flips are those of what is given with what is assumed
	}
	for _, flip := range v.Flips {
		s.Flips[Flip{v.Capability, from, flip.Verdict}] = true
	}
}

func (s *Seen) comparison(a answer.Answer) {
	for _, option := range a.Options {
		s.cite(option.ID)
		for _, open := range option.Unknown {
			s.ask(open.Ask)
		}
	}
}

func (s *Seen) plan(a answer.Answer) {
	for _, theme := range a.Themes {
		s.cite(theme.ID)
		s.cite(theme.Reasons...)
		s.ask(theme.Ask)
	}
	for _, step := range a.Sequence {
		s.cite(slices.Concat([]string{step.ID, step.Exit.ID}, step.BuildsOn, step.Questions)...)
		for _, measure := range step.Measure {
			s.cite(measure.ID)
		}
	}
	for _, fix := range a.FixFirst {
		s.cite(fix.Blockers...)
	}
	for _, later := range a.Later {
		s.cite(later.Until...)
	}
	for _, first := range a.AskFirst {
		s.ask(first.Ask)
	}
}

func (s *Seen) cite(ids ...string) {
	for _, id := range ids {
		s.Cited[id] = true
	}
}

func (s *Seen) ask(questions []answer.Question) {
	for _, q := range questions {
		s.Asked[q.Fact] = true
	}
}
