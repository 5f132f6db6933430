package evals

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"testing"
)

// TestCases plays every case through a real client and the real server, and compares what a person derived by hand.
func TestCases(t *testing.T) {
	cases, err := Cases(os.DirFS("cases"))
	if err != nil {
		t.Fatal(err)
	}
	player := newPlayer(t)
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			play := &play{T: t, player: player, c: c}
			play.verdicts()
			play.comparisons()
			play.plan()
		})
	}
	t.Logf("%d cases, %d calls", len(cases), player.calls)
}

// play is one case being played.
type play struct {
	*testing.T
	player *player
	c      Case
}

// arguments are the case's facts as a call, with what the tool needs besides.
func (p *play) arguments(more map[string]any) json.RawMessage {
	arguments := map[string]any{"facts": p.c.Facts}
	if p.c.Facts == nil {
		arguments["facts"] = map[string]any{}
	}
	if p.c.Running != nil {
		arguments["running"] = *p.c.Running
	}
	for key, value := range more {
		arguments[key] = value
	}
	raw, err := json.Marshal(arguments)
	if err != nil {
		p.Fatal(err)
	}
	return raw
}

// ask calls a tool and reads its answer.
func ask[A any](p *play, tool string, more map[string]any) A {
	p.Helper()
	var answer A
	structured := p.player.call(p.T, tool, p.arguments(more))
	if err := json.Unmarshal(structured, &answer); err != nil {
		p.Fatalf("%s: %v", tool, err)
	}
	return answer
}

func (p *play) verdicts() {
	if len(p.c.Verdicts) == 0 && p.c.Conflicts == nil && p.c.Unused == nil {
		return
	}
	all := ask[evaluationAnswer](p, "evaluate_trigger", nil)
	p.header("evaluate_trigger", all.answerHeader)
	if p.c.Unused != nil {
		p.same("unused", *p.c.Unused, all.Unused)
	}
	for _, brief := range all.Verdicts {
		expected, ok := p.c.Verdicts[brief.Capability]
		if !ok {
			continue
		}
		p.verdict(brief.Capability+" brief", expected, brief)
		alone := ask[evaluationAnswer](p, "evaluate_trigger", map[string]any{"capability": brief.Capability})
		p.verdict(brief.Capability, expected, alone.Verdicts[0])
		p.full(brief.Capability, expected, alone.Verdicts[0])
		p.header("evaluate_trigger "+brief.Capability, alone.answerHeader)
	}
}

// header compares what every answer opens with.
func (p *play) header(call string, answer answerHeader) {
	p.Helper()
	if p.c.Conflicts == nil {
		return
	}
	want, got := []string{}, []string{}
	for _, facts := range *p.c.Conflicts {
		want = append(want, fmt.Sprint(slices.Sorted(slices.Values(facts))))
	}
	for _, conflict := range answer.Conflicts {
		names := []string{}
		for name := range conflict.Facts {
			names = append(names, name)
		}
		slices.Sort(names)
		got = append(got, fmt.Sprint(names))
	}
	slices.Sort(want)
	slices.Sort(got)
	p.same(call+" conflicts", want, got)
}

// verdict compares what brief and full answers share.
func (p *play) verdict(what string, want *Expected, got verdictAnswer) {
	p.Helper()
	if want.Verdict != got.Verdict {
		p.Errorf("%s: want %s, got %s because %v\nwhy: %s", what, want.Verdict, got.Verdict, got.Because, want.Why)
	}
	p.same(what+" because", want.Because, got.Because)
	possible := want.Possible
	if possible == nil && want.Verdict != "undetermined" {
		possible = &[]string{want.Verdict}
	}
	p.list(what+" possible", possible, got.Possible)
	p.list(what+" for", want.For, ids(got.For))
	p.list(what+" against", want.Against, ids(got.Against))
	p.provisional(what, want, got)
}

func (p *play) provisional(what string, want *Expected, got verdictAnswer) {
	p.Helper()
	if want.Provisional.IsZero() {
		return
	}
	var expected *Provisional
	if err := want.Provisional.Decode(&expected); err != nil {
		p.Fatal(err)
	}
	if (expected == nil) != (got.Provisional == nil) {
		p.Errorf("%s provisional: want %+v, got %+v", what, expected, got.Provisional)
		return
	}
	if expected == nil {
		return
	}
	if expected.Verdict != got.Provisional.Verdict {
		p.Errorf("%s provisional: want %s, got %s", what, expected.Verdict, got.Provisional.Verdict)
	}
	if expected.Because != nil {
		p.same(what+" provisional because", expected.Because, got.Provisional.Because)
	}
	if expected.Assuming != nil {
		p.same(what+" assuming", expected.Assuming, facts(got.Provisional.Assuming))
	}
}

// full compares what only the full answer for one capability says.
func (p *play) full(what string, want *Expected, got verdictAnswer) {
	p.Helper()
	questions := facts(got.Ask)
	p.list(what+" asks", want.Asks, questions)
	if want.AsksFirst != "" && (len(questions) == 0 || questions[0] != want.AsksFirst) {
		p.Errorf("%s asks first: want %s, got %v", what, want.AsksFirst, questions)
	}
	for _, fact := range want.AsksSome {
		if !slices.Contains(questions, fact) {
			p.Errorf("%s asks: want %s among %v", what, fact, questions)
		}
	}
	for _, fact := range want.AsksNot {
		if slices.Contains(questions, fact) {
			p.Errorf("%s asks: %s does not belong in %v", what, fact, questions)
		}
	}
	p.list(what+" sufficient", want.Sufficient, got.Sufficient)
	p.list(what+" to_do", want.ToDo, ids(got.ToDo))
	for _, reading := range want.Readings {
		if !slices.Contains(got.Readings, "reading:"+reading) {
			p.Errorf("%s readings: want %s among %v", what, reading, got.Readings)
		}
	}
	if want.Flips != nil {
		p.flips(what, *want.Flips, got)
	}
}

func (p *play) flips(what string, want []Flip, got verdictAnswer) {
	p.Helper()
	expected, found := []string{}, []string{}
	for _, flip := range want {
		expected = append(expected, fmt.Sprintf("%s if %v given %v", flip.Verdict, text(p.T, flip.Set), text(p.T, flip.Given)))
	}
	for _, flip := range got.Flips {
		found = append(found, fmt.Sprintf("%s if %v given %v", flip.Verdict, text(p.T, flip.Set), text(p.T, flip.Given)))
	}
	p.same(what+" flips", expected, found)
}

func (p *play) comparisons() {
	for id, want := range p.c.Options {
		got := ask[comparisonAnswer](p, "compare_tools", map[string]any{"capability": id})
		p.header("compare_tools "+id, got.answerHeader)
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
		}
		for option, class := range want.Classes {
			if got, ok := classes[option]; !ok || text(p.T, class) != text(p.T, got) {
				p.Errorf("%s: want class %s, got %s\nwhy: %s", option, text(p.T, class), text(p.T, got), want.Why)
			}
		}
		p.list(id+" order", want.Order, order)
		p.list(id+" ties", want.Ties, ties)
		if want.CouldRuleOut != nil {
			p.same(id+" could_rule_out", slices.Sorted(slices.Values(*want.CouldRuleOut)), slices.Sorted(slices.Values(doubtful)))
		}
	}
}

func (p *play) plan() {
	if p.c.Plan == nil && len(p.c.Themes) == 0 {
		return
	}
	arguments := map[string]any{}
	if p.c.Plan != nil && p.c.Plan.AskFor != nil {
		arguments["themes"] = *p.c.Plan.AskFor
	}
	got := ask[planAnswer](p, "plan_layer3", arguments)
	p.header("plan_layer3", got.answerHeader)
	seen := 0
	for _, theme := range got.Themes {
		if want, ok := p.c.Themes[theme.ID]; ok {
			seen++
			if want.Status != theme.Status {
				p.Errorf("%s: want %s, got %s\nwhy: %s", theme.ID, want.Status, theme.Status, want.Why)
			}
			p.same(theme.ID+" possible", want.Possible, theme.Possible)
		}
	}
	if seen != len(p.c.Themes) {
		p.Errorf("want themes %v, got %v", p.c.Themes, got.Themes)
	}
	if p.c.Plan != nil {
		p.sequence(*p.c.Plan, got)
	}
}

func (p *play) sequence(want Plan, got planAnswer) {
	p.Helper()
	p.list("sequence", want.Sequence, ids(got.Sequence))
	p.list("decide_first", want.DecideFirst, capabilities(got.DecideFirst))
	p.list("ask_first", want.AskFirst, capabilities(got.AskFirst))
	fix, later := map[string][]string{}, map[string][]string{}
	for _, f := range got.FixFirst {
		fix[f.Capability] = f.Blockers
	}
	for _, l := range got.Later {
		later[l.Capability] = l.Until
	}
	if want.FixFirst != nil && text(p.T, *want.FixFirst) != text(p.T, fix) {
		p.Errorf("fix_first: want %v, got %v\nwhy: %s", *want.FixFirst, fix, want.Why)
	}
	if want.Later != nil && text(p.T, *want.Later) != text(p.T, later) {
		p.Errorf("later: want %v, got %v\nwhy: %s", *want.Later, later, want.Why)
	}
}

// list compares an exact list, if the case has one.
func (p *play) list(what string, want *[]string, got []string) {
	p.Helper()
	if want != nil {
		p.same(what, *want, got)
	}
}

func (p *play) same(what string, want, got []string) {
	p.Helper()
	if !slices.Equal(want, got) {
		p.Errorf("%s: want %v, got %v", what, want, got)
	}
}

func ids(list []named) []string {
	names := []string{}
	for _, one := range list {
		names = append(names, one.ID)
	}
	return names
}

func facts(list []asked) []string {
	names := []string{}
	for _, one := range list {
		names = append(names, one.Fact)
	}
	return names
}

func capabilities(list []capability) []string {
	names := []string{}
	for _, one := range list {
		names = append(names, one.Capability)
	}
	return names
}

// text is a value as JSON, with sorted keys: two values are the same if their texts are.
func text(t *testing.T, value any) string {
	t.Helper()
	raw, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	if string(raw) == "null" {
		return "{}"
	}
	return string(raw)
}
