package evals

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/evals/answer"
	"go.yaml.in/yaml/v4"
)

// evaluation compares the answer for all capabilities.
func (c Case) evaluation(structured json.RawMessage, d *differences) error {
	all, err := answer.Read(structured)
	if err != nil {
		return err
	}
	c.conflicts("evaluate_trigger", all, d)
	c.unused(all.Unused, d)
	d.same(Besides, "unsettled", slices.Sorted(slices.Values(c.Unsettled)), slices.Sorted(slices.Values(all.Unsettled)))
	seen := 0
	for _, brief := range all.Verdicts {
		if expected, ok := c.Verdicts[brief.Capability]; ok {
			seen++
			if err := expected.brief(brief.Capability+" brief", brief, d); err != nil {
				return err
			}
		}
	}
	if seen != len(c.Verdicts) {
		d.add(Verdict, "want verdicts of %v, got %d of them", slices.Sorted(maps.Keys(c.Verdicts)), seen)
	}
	return nil
}

// verdict compares the full answer for one capability.
func (c Case) verdict(id string) func(json.RawMessage, *differences) error {
	return func(structured json.RawMessage, d *differences) error {
		alone, err := answer.Read(structured)
		if err != nil {
			return err
		}
		c.conflicts("evaluate_trigger "+id, alone, d)
		if len(alone.Verdicts) != 1 || alone.Verdicts[0].Capability != id {
			return fmt.Errorf("%s was asked, and %v answered", id, alone.Verdicts)
		}
		c.Verdicts[id].full(id, alone.Verdicts[0], d)
		return c.Verdicts[id].brief(id, alone.Verdicts[0], d)
	}
}

// unused compares the facts that went unused, and the tools that would use them where the case names them.
func (c Case) unused(got []answer.Unused, d *differences) {
	if c.Unused == nil {
		return
	}
	d.same(Besides, "unused", each(*c.Unused, func(u Unused) string { return u.Fact }), each(got, func(u answer.Unused) string { return u.Fact }))
	for i, want := range *c.Unused {
		if want.UsedBy != nil && i < len(got) {
			d.same(Besides, "unused "+want.Fact+" used_by", *want.UsedBy, got[i].UsedBy)
		}
	}
}

// conflicts compares what every answer opens with.
func (c Case) conflicts(call string, from answer.Answer, d *differences) {
	if c.Conflicts == nil {
		return
	}
	want, got := []string{}, []string{}
	for _, facts := range *c.Conflicts {
		want = append(want, fmt.Sprint(slices.Sorted(slices.Values(facts))))
	}
	for _, conflict := range from.Conflicts {
		got = append(got, fmt.Sprint(slices.Sorted(maps.Keys(conflict.Facts))))
	}
	slices.Sort(want)
	slices.Sort(got)
	d.same(Clash, call+" conflicts", want, got)
}

// brief compares what brief and full answers share.
func (want *Expected) brief(what string, got answer.Verdict, d *differences) error {
	if want.Verdict != got.Verdict {
		d.add(Verdict, "%s: want %s, got %s because %v\nwhy: %s", what, want.Verdict, got.Verdict, got.Reasons, want.Why)
	}
	d.same(Reasons, what+" because", want.Reasons, got.Reasons)
	possible := want.Possible
	if possible == nil && want.Verdict != "undetermined" {
		possible = &[]string{want.Verdict}
	}
	d.list(Verdict, what+" possible", possible, got.Possible)
	for _, one := range []struct {
		field string
		want  yaml.Node
		got   *string
	}{{"direction", want.Direction, got.Direction}, {"withheld", want.Withheld, got.Withheld}} {
		if err := d.word(Provisional, what+" "+one.field, one.want, one.got); err != nil {
			return err
		}
	}
	d.list(IDs, what+" for", want.For, ids(got.For))
	d.list(IDs, what+" waiting", want.Waiting, each(got.Waiting, func(w answer.Waiting) string { return w.ID }))
	against := []string{}
	for _, objection := range got.Against {
		against = append(against, objection.ID)
	}
	d.list(IDs, what+" against", want.Against, against)
	return want.provisional(what, got.Provisional, d)
}

func (want *Expected) provisional(what string, got *answer.Provisional, d *differences) error {
	if want.Provisional.IsZero() {
		return nil
	}
	var expected *ExpectedProvisional
	if err := want.Provisional.Decode(&expected); err != nil {
		return err
	}
	switch {
	case (expected == nil) != (got == nil):
		d.add(Provisional, "%s provisional: want %s, got %s", what, text(expected), text(got))
	case expected == nil:
	case expected.Verdict != got.Verdict:
		d.add(Provisional, "%s provisional: want %s, got %s", what, expected.Verdict, got.Verdict)
	default:
		if expected.Reasons != nil {
			d.same(Provisional, what+" provisional because", expected.Reasons, got.Reasons)
		}
		if expected.Assuming != nil {
			d.same(Provisional, what+" assuming", expected.Assuming, assumptions(got.Assuming))
		}
		expected.assumptions(what, got, d)
	}
	return nil
}

// assumptions compares what the case says about single assumptions. A brief answer says no more than their facts.
func (want *ExpectedProvisional) assumptions(what string, got *answer.Provisional, d *differences) {
	made := map[string]answer.Assumption{}
	for _, a := range got.Assuming {
		made[a.Fact] = a
	}
	named := slices.Concat(slices.Collect(maps.Keys(want.Values)), slices.Collect(maps.Keys(want.Kinds)), slices.Collect(maps.Keys(want.Otherwise)))
	slices.Sort(named)
	for _, fact := range slices.Compact(named) {
		a, is := made[fact]
		if !is {
			d.add(Provisional, "%s assuming: want %s among %v", what, fact, assumptions(got.Assuming))
			continue
		}
		if value, says := want.Values[fact]; says && a.Value != nil {
			d.equal(Provisional, what+" assuming "+fact, value, a.Value)
		}
		if kind, says := want.Kinds[fact]; says && a.Kind != "" {
			d.equal(Provisional, what+" assuming "+fact+" kind", kind, a.Kind)
		}
		if otherwise, says := want.Otherwise[fact]; says && a.Otherwise != nil {
			d.same(Provisional, what+" assuming "+fact+" otherwise", otherwise, a.Otherwise)
		}
	}
}

// full compares what only the full answer for one capability says.
func (want *Expected) full(what string, got answer.Verdict, d *differences) {
	asked := questions(got.Ask)
	d.list(Questions, what+" asks", want.Asks, asked)
	if want.AsksFirst != "" && (len(asked) == 0 || asked[0] != want.AsksFirst) {
		d.add(Questions, "%s asks first: want %s, got %v", what, want.AsksFirst, asked)
	}
	for _, fact := range want.AsksSome {
		if !slices.Contains(asked, fact) {
			d.add(Questions, "%s asks: want %s among %v", what, fact, asked)
		}
	}
	for _, fact := range want.AsksNot {
		if slices.Contains(asked, fact) {
			d.add(Questions, "%s asks: %s does not belong in %v", what, fact, asked)
		}
	}
	want.open(what, got, d)
	for _, objection := range got.Against {
		if effect, named := want.Effects[objection.ID]; named && effect != objection.Effect {
			d.add(IDs, "%s against %s: want effect %s, got %s", what, objection.ID, effect, objection.Effect)
		}
	}
	d.list(IDs, what+" to_do", want.ToDo, ids(got.ToDo))
	d.list(Besides, what+" sufficient", want.Sufficient, got.Sufficient)
	for _, reading := range want.Readings {
		if shown := ids(got.Readings); !slices.Contains(shown, "reading:"+reading) {
			d.add(Besides, "%s readings: want %s among %v", what, reading, shown)
		}
	}
	if want.Flips != nil {
		d.same(Besides, what+" flips", flips(*want.Flips), flips(got.Flips))
	}
}

// open compares what is open and what each answer leads to: on what statements wait, the answers to questions, and the edges.
func (want *Expected) open(what string, got answer.Verdict, d *differences) {
	for _, id := range slices.Sorted(maps.Keys(want.WaitsOn)) {
		i := slices.IndexFunc(got.Waiting, func(w answer.Waiting) bool { return w.ID == id })
		if i < 0 {
			d.add(IDs, "%s waiting: want %s among them", what, id)
			continue
		}
		d.same(IDs, what+" "+id+" waits on", want.WaitsOn[id], got.Waiting[i].On)
	}
	for _, fact := range slices.Sorted(maps.Keys(want.Answers)) {
		i := slices.IndexFunc(got.Ask, func(q answer.Question) bool { return q.Fact == fact })
		if i < 0 {
			d.add(Questions, "%s asks: want %s among them", what, fact)
			continue
		}
		d.equal(Questions, what+" answers to "+fact, want.Answers[fact], got.Ask[i].Answers)
	}
	if want.Edges != nil {
		d.same(Questions, what+" edges", each(*want.Edges, textOf[answer.Edge]), each(got.Edges, textOf[answer.Edge]))
	}
	if p := got.Provisional; p != nil {
		var expected *ExpectedProvisional
		if want.Provisional.Decode(&expected) == nil && expected != nil {
			d.list(Provisional, what+" provisional for", expected.For, p.For)
		}
	}
}

func textOf[T any](value T) string { return text(value) }

// flips are flips in words. Their reasons are left out: few cases say it.
func flips(list []answer.Flip) []string {
	words := []string{}
	for _, flip := range list {
		words = append(words, fmt.Sprintf("%s if %s given %s", flip.Verdict, text(flip.Set), text(flip.Given)))
	}
	return words
}

// comparison compares the options of one capability.
func (c Case) comparison(id string) func(json.RawMessage, *differences) error {
	return func(structured json.RawMessage, d *differences) error {
		got, err := answer.Read(structured)
		if err != nil {
			return err
		}
		c.conflicts("compare_tools "+id, got, d)
		want := c.Options[id]
		order, doubtful, ties := []string{}, []string{}, []string{}
		classes := map[string]*string{}
		for _, option := range got.Options {
			order = append(order, option.ID)
			classes[option.ID] = option.Class
			if len(option.CouldRuleOut) > 0 {
				doubtful = append(doubtful, option.ID)
			}
			if option.Tie {
				ties = append(ties, option.ID)
			}
			if holds, named := want.Holds[option.ID]; named && text(holds) != text(option.Holds()) {
				d.add(Class, "%s: want its condition %s, got %s\nwhy: %s", option.ID, text(holds), text(option.Holds()), want.Why)
			}
		}
		for _, option := range slices.Sorted(maps.Keys(want.Classes)) {
			class, got := text(want.Classes[option]), text(classes[option])
			if _, shown := classes[option]; !shown || class != got {
				d.add(Class, "%s: want class %s, got %s\nwhy: %s", option, class, got, want.Why)
			}
		}
		d.list(IDs, id+" order", want.Order, order)
		d.list(IDs, id+" ties", want.Ties, ties)
		if want.CouldRuleOut != nil {
			d.same(IDs, id+" could_rule_out", slices.Sorted(slices.Values(*want.CouldRuleOut)), slices.Sorted(slices.Values(doubtful)))
		}
		return nil
	}
}

// plan compares themes and sequence.
func (c Case) plan(structured json.RawMessage, d *differences) error {
	got, err := answer.Read(structured)
	if err != nil {
		return err
	}
	c.conflicts("plan_layer3", got, d)
	seen := 0
	for _, theme := range got.Themes {
		if want, ok := c.Themes[theme.ID]; ok {
			seen++
			want.compare(theme, d)
		}
	}
	for _, theme := range got.OtherThemes { // in a plan for which nobody wants them, they are told by their status
		if want, ok := c.Themes[theme.ID]; ok {
			seen++
			if want.Status != theme.Status {
				d.add(Status, "%s: want %s, got %s\nwhy: %s", theme.ID, want.Status, theme.Status, want.Why)
			}
		}
	}
	if seen != len(c.Themes) {
		d.add(Status, "want themes %v, got %d of them", slices.Sorted(maps.Keys(c.Themes)), seen)
	}
	if c.Plan != nil {
		c.Plan.compare(got.Plan, d)
	}
	return nil
}

func (want *Theme) compare(got answer.Theme, d *differences) {
	if want.Status != got.Status {
		d.add(Status, "%s: want %s, got %s\nwhy: %s", got.ID, want.Status, got.Status, want.Why)
	}
	d.same(Status, got.ID+" possible", want.Possible, got.Possible)
	if want.Advice == nil {
		return
	}
	fits := len(*want.Advice) == len(got.Advice)
	for i := 0; fits && i < len(got.Advice); i++ {
		fits = strings.Contains(got.Advice[i], (*want.Advice)[i])
	}
	if !fits {
		d.add(Sequence, "%s advice: want %q, got %q", got.ID, *want.Advice, got.Advice)
	}
}

func (want *Plan) compare(got answer.Plan, d *differences) {
	steps := each(got.Sequence, func(s answer.Step) string { return s.ID })
	d.list(Sequence, "if_confirmed", want.IfConfirmed, each(got.IfConfirmed, func(s answer.Step) string { return s.ID }))
	if want.OtherThemes != nil {
		others := map[string]string{}
		for _, theme := range got.OtherThemes {
			others[theme.ID] = theme.Status
		}
		d.equal(Sequence, "other_themes", want.OtherThemes, others)
	}
	undecided := each(got.DecideFirst, func(c answer.Capability) string { return c.Capability })
	asked := []string{}
	for _, open := range got.AskFirst {
		asked = append(asked, open.Capability.Capability)
	}
	d.list(Sequence, "sequence", want.Sequence, steps)
	d.list(Sequence, "decide_first", want.DecideFirst, undecided)
	d.list(Sequence, "ask_first", want.AskFirst, asked)
	fix, later := map[string][]string{}, map[string][]string{}
	for _, f := range got.FixFirst {
		fix[f.Capability.Capability] = f.Blockers
	}
	for _, l := range got.Later {
		later[l.Capability.Capability] = l.Until
	}
	if want.FixFirst != nil {
		d.equal(Sequence, "fix_first", *want.FixFirst, fix)
	}
	if want.Later != nil {
		d.equal(Sequence, "later", *want.Later, later)
	}
}

func ids(list []answer.Statement) []string {
	return each(list, func(s answer.Statement) string { return s.ID })
}

func questions(list []answer.Question) []string {
	return each(list, func(q answer.Question) string { return q.Fact })
}

func assumptions(list []answer.Assumption) []string {
	return each(list, func(a answer.Assumption) string { return a.Fact })
}

// each is the names of a list, never nil.
func each[T any](list []T, name func(T) string) []string {
	names := make([]string, 0, len(list))
	for _, one := range list {
		names = append(names, name(one))
	}
	return names
}
