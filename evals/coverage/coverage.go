package coverage

import (
	"context"
	"fmt"
	"strings"

	"github.com/vanhoutenbos/layer2/evals"
	"github.com/vanhoutenbos/layer2/evals/condition"
	"github.com/vanhoutenbos/layer2/evals/transcript"
	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// Section is one kind of thing that cases can cover.
type Section struct {
	// Title says what, Total how many are feasible, Missing which of them no case covers, a line each.
	Title   string
	Total   int
	Missing []string
	// Infeasible is how many more were proved to be impossible, where that is a finding.
	Infeasible []string
}

// Covered is how many of the total are.
func (s Section) Covered() int { return s.Total - len(s.Missing) }

// String is the section in a line.
func (s Section) String() string {
	return fmt.Sprintf("%s: %d of %d", s.Title, s.Covered(), s.Total)
}

// Measure plays the cases and holds what they check against all that the knowledge can say.
func Measure(ctx context.Context, f *framework.Framework, cases []evals.Case) ([]Section, error) {
	independence, err := independent(f, cases)
	if err != nil {
		return nil, err
	}
	calls, err := transcript.Checked(ctx, f, cases)
	if err != nil {
		return nil, err
	}
	seen, err := See(calls)
	if err != nil {
		return nil, err
	}
	classes, err := Classes(f)
	if err != nil {
		return nil, err
	}
	outcomes, err := Outcomes(f)
	if err != nil {
		return nil, err
	}
	expected := Expect(cases)
	return []Section{
		independence,
		section("Outcomes of capabilities, expected", outcomes, expected.Outcomes),
		section("Statements, options, themes and readings, cited", Citable(f), seen.Cited),
		section("Facts, asked for", Askable(f), seen.Asked),
		section("Flips from one verdict to another, shown", Flips(f), seen.Flips),
		section("Flips from one verdict to another, expected in full", Flips(f), expected.Flips),
		section("Classes of options, expected", classes, expected.Classes),
		section("Statuses of themes, expected", Statuses(f), expected.Statuses),
	}, nil
}

// independent is the section of MC/DC: an atom each.
func independent(f *framework.Framework, cases []evals.Case) (Section, error) {
	conditions, err := Conditions(f)
	if err != nil {
		return Section{}, err
	}
	s := Section{Title: "Atoms of conditions, shown to matter by themselves (MC/DC)"}
	for _, condition := range conditions {
		for _, pair := range Pairs(condition, cases) {
			if pair.Form == Infeasible {
				s.Infeasible = append(s.Infeasible, pair.String())
				continue
			}
			s.Total++
			if !pair.Covered() {
				s.Missing = append(s.Missing, pair.String())
			}
		}
	}
	return s, nil
}

// String names the atom, and what is missing to show that it matters.
func (p Pair) String() string {
	line := fmt.Sprintf("%s %s: %s in %s (%s of %d combinations)", p.Condition.ID, p.Condition.Part, p.Atom, p.Condition.Expression, p.Form, p.Tried)
	for _, v := range p.Missing {
		line += fmt.Sprintf(", %s", p.Condition.describe(v))
	}
	return line
}

// describe is a vector in words.
func (c *Condition) describe(v condition.Vector) string {
	var words []string
	for i, atom := range c.Atoms() {
		words = append(words, fmt.Sprintf("%s %c", atom, v.Atoms[i]))
	}
	return "{" + strings.Join(words, ", ") + "}"
}

func section[T comparable](title string, all []T, seen map[T]bool) Section {
	s := Section{Title: title, Total: len(all)}
	for _, one := range all {
		if !seen[one] {
			s.Missing = append(s.Missing, fmt.Sprint(one))
		}
	}
	return s
}

// Outcomes are the verdicts with their becauses that each capability's diagram reaches, and undetermined.
func Outcomes(f *framework.Framework) ([]Standing, error) {
	var standings []Standing
	for _, c := range f.Capabilities {
		space, err := decide.NewSpace(f.Dictionary, c.Model.Conditions())
		if err != nil {
			return nil, err
		}
		for _, outcome := range space.Outcomes(c.Model).Reached() {
			standings = append(standings, Standing{c.ID.Value, outcome.Verdict.String() + " because " + outcome.Reason.String()})
		}
		standings = append(standings, Standing{c.ID.Value, decide.Undetermined.String()})
	}
	return standings, nil
}

// Expected is what cases expect, as a person derived it.
type Expected struct {
	Outcomes, Classes, Statuses map[Standing]bool
	Flips                       map[Flip]bool
}

// Expect reads the expectations of cases.
func Expect(cases []evals.Case) Expected {
	e := Expected{map[Standing]bool{}, map[Standing]bool{}, map[Standing]bool{}, map[Flip]bool{}}
	for _, c := range cases {
		for id, v := range c.Verdicts {
			switch {
			case v.Verdict == decide.Undetermined.String():
				e.Outcomes[Standing{id, v.Verdict}] = true
			case len(v.Reasons) == 1:
				e.Outcomes[Standing{id, v.Verdict + " because " + v.Reasons[0]}] = true
			}
			if v.Flips != nil {
				for _, flip := range *v.Flips {
					e.Flips[Flip{id, v.Verdict, flip.Verdict}] = true
				}
			}
		}
		for _, comparison := range c.Options {
			for option, class := range comparison.Classes {
				if class == nil {
					e.Classes[Standing{option, "null"}] = true
				} else {
					e.Classes[Standing{option, *class}] = true
				}
			}
		}
		for id, theme := range c.Themes {
			e.Statuses[Standing{id, theme.Status}] = true
		}
	}
	return e
}
