package mutation

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// parts are all that the answers of a framework rest on, each as one canonical text: "verdict service-mesh", "options service-mesh",
// "theme Z1", "conflicts", "plan". What is the same in all parts gives the same answers, word for word sentences aside.
type parts map[string]string

const (
	conflictsPart = "conflicts"
	planPart      = "plan"
)

func verdictPart(capability string) string { return "verdict " + capability }
func optionsPart(capability string) string { return "options " + capability }
func themePart(theme string) string        { return "theme " + theme }

func partsOf(f *framework.Framework) parts {
	p := parts{}
	for _, c := range f.Capabilities {
		p[verdictPart(c.ID.Value)] = c.Decision.Canonical() + tasks(f, c) + checks(f, c)
		p[optionsPart(c.ID.Value)] = options(f, c)
	}
	for _, t := range f.Themes {
		p[themePart(t.ID.Value)] = theme(f, t)
	}
	p[conflictsPart] = conflicts(f)
	p[planPart] = plan(f)
	return p
}

// changed are the parts that are not the same in two frameworks.
func (p parts) changed(other parts) map[string]bool {
	changed := map[string]bool{}
	for name, text := range p {
		if other[name] != text {
			changed[name] = true
		}
	}
	for name := range other {
		if _, is := p[name]; !is {
			changed[name] = true
		}
	}
	return changed
}

func canonical(f *framework.Framework, when framework.Condition) string {
	if when.Compiled == nil {
		return ";\n"
	}
	return when.Compiled.Canonical(f.Dictionary) + ";\n"
}

func clauses(f *framework.Framework, list []framework.Clause) string {
	var b strings.Builder
	for _, clause := range list {
		b.WriteString(canonical(f, clause.When))
	}
	return b.String()
}

// tasks are the things to do, and when.
func tasks(f *framework.Framework, c *framework.Capability) string {
	var b strings.Builder
	for _, task := range c.Tasks {
		fmt.Fprintf(&b, "to do %s at %s %s", task.ID, task.Do, canonical(f, task.When))
	}
	return b.String()
}

// checks are the facts whose presumption is worth a check, among those that can matter to the verdict: no other is ever assumed.
func checks(f *framework.Framework, c *framework.Capability) string {
	var b strings.Builder
	for _, index := range c.Decision.Explain(f.Dictionary.NewSituation()).Ask {
		if presumed := f.Facts[index].Presumed; presumed != nil && presumed.Check {
			fmt.Fprintf(&b, "check %s\n", f.Facts[index].ID)
		}
	}
	return b.String()
}

// options are the clauses by which options are classed.
func options(f *framework.Framework, c *framework.Capability) string {
	var b strings.Builder
	ranked := c.OptionsKind.Value == "tools" || c.OptionsKind.Value == "approaches"
	fmt.Fprintf(&b, "ranked %t\n", ranked)
	for _, option := range c.Enabled {
		fmt.Fprintf(&b, "%s fits %sout %s", option.ID, clauses(f, option.Fits), clauses(f, option.Out))
	}
	return b.String()
}

// theme is when a theme is needed, justified and ready, and what is advised beside.
func theme(f *framework.Framework, t *framework.Theme) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%safter %s\nguards %s", t.Decision.Canonical(f.Dictionary), t.Prerequisite.Capability, clauses(f, t.Guards))
	for _, inferred := range t.Inferred {
		fmt.Fprintf(&b, "better after %s\n", inferred.Capability)
	}
	for _, route := range t.Routes {
		fmt.Fprintf(&b, "route if %s", canonical(f, route.When))
	}
	return b.String()
}

// conflicts are what is reported, with which facts.
func conflicts(f *framework.Framework) string {
	var b strings.Builder
	for _, c := range f.Conflicts {
		fmt.Fprintf(&b, "%v without %s %s", c.When.Facts(), c.NotRunning, canonical(f, c.When))
	}
	return b.String()
}

// plan is what orders a plan, beside the verdicts: the capabilities, those that cost less before the others, and the reasons by
// which a regulation brings one forward.
func plan(f *framework.Framework) string {
	var b strings.Builder
	cheaper := slices.Clone(f.Capabilities)
	slices.SortStableFunc(cheaper, func(x, y *framework.Capability) int { return cmp.Compare(cost(x), cost(y)) })
	for i, c := range f.Capabilities {
		fmt.Fprintf(&b, "%s, %s; %v\n", c.ID, cheaper[i].ID, pressing(f, c))
	}
	return b.String()
}

// cost is the place of a capability's cost among costs; one that is not stated is taken as medium.
func cost(c *framework.Capability) int {
	costs := []string{"low", "low-medium", "medium", "medium-high", "high"}
	if i := slices.Index(costs, c.Complexity.Value); i >= 0 {
		return i
	}
	return slices.Index(costs, "medium")
}

// pressing are the reasons for now that a regulation gives and that can bring the capability forward: those that stand somewhere
// where it is a step, and not only where another of them stands. Whatever is unknown, one of these surely stands exactly if one
// of all surely does.
func pressing(f *framework.Framework, c *framework.Capability) []string {
	space, err := decide.NewSpace(f.Dictionary, c.Model.Conditions())
	if err != nil {
		panic(err) // it was compiled from the same conditions
	}
	outcomes := space.Outcomes(c.Model)
	step := outcomes.Where(decide.Outcome{Verdict: decide.Adopt, Reason: decide.Timing}).
		Or(outcomes.Where(decide.Outcome{Verdict: decide.Prepare, Reason: decide.Timing}))
	var ids []string
	var regions []decide.Region
	for _, s := range c.Now {
		if !s.Regulation {
			continue
		}
		stands := standing(space, c.Model, s.ID.Value).And(step)
		within := func(other decide.Region) bool { return stands.Without(other).Empty() }
		if !stands.Empty() && !slices.ContainsFunc(regions, within) {
			ids, regions = append(ids, s.ID.Value), append(regions, stands)
		}
	}
	return ids
}

// standing is where a reason holds and nothing that answers it does.
func standing(space *decide.Space, model decide.Model, id string) decide.Region {
	region := space.Nowhere()
	for _, s := range model.Statements {
		if s.ID == id && s.Decides() {
			region = space.Where(s.When)
		}
	}
	for _, s := range model.Statements {
		if s.Decides() && slices.Contains(s.Answers, id) {
			region = region.Without(space.Where(s.When))
		}
	}
	return region
}
