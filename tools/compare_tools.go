package tools

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// CompareToolsInput is the input of compare_tools. The schema of its facts comes from the dictionary.
type CompareToolsInput struct {
	Capability string   `json:"capability"`
	Tools      []string `json:"tools,omitempty" jsonschema_description:"ids or names, such as SM-O1 or Linkerd; all if left out"`
	Facts      struct{} `json:"facts,omitempty"`
	Unsettled  []string `json:"unsettled,omitempty" jsonschema_description:"as in evaluate_trigger"`
	Sources    Sources  `json:"sources,omitempty" jsonschema_description:"as in evaluate_trigger"`
	Running    Running  `json:"running,omitempty" jsonschema_description:"as in evaluate_trigger"`
}

const compareToolsText = `Which tools or approaches for one capability fit the facts, and why: classes (fits, partly, open, no, out) with ` +
	`pros, cons, dated updates and what to ask; no scores. Opens with the verdict: whether to have one at all comes first. ` +
	`Use it after evaluate_trigger said consider, adopt or prepare. Not for products that the framework does not name.`

// Comparison is the answer of compare_tools.
type Comparison struct {
	Header
	Verdict Verdict  `json:"verdict"`
	Kind    string   `json:"kind" jsonschema:"enum=tools,enum=approaches,enum=levels,enum=components"`
	Options []Option `json:"options"`
}

// Option is a tool or an approach, and how well it fits.
type Option struct {
	ID           string   `json:"id"`
	Name         string   `json:"name"`
	Class        *string  `json:"class" jsonschema:"nullable,enum=fits,enum=partly,enum=open,enum=no,enum=out"`
	Tie          bool     `json:"tie"`
	UseWhen      string   `json:"use_when,omitempty" jsonschema_description:"of levels and components, which are not ranked"`
	Fits         []Clause `json:"fits"`
	Fails        []Clause `json:"fails"`
	Unknown      []Open   `json:"unknown"`
	CouldRuleOut []Open   `json:"could_rule_out"`
	Pros         []string `json:"pros"`
	Cons         []string `json:"cons"`
	Updates      []Update `json:"updates"`
}

// Clause is a decided condition of an option, with the given facts that it mentions.
type Clause struct {
	Says  string      `json:"says"`
	Facts fact.Values `json:"facts"`
}

// Open is an undecided condition of an option, and what to ask.
type Open struct {
	Says string     `json:"says"`
	Ask  []Question `json:"ask"`
}

// Update is a dated note on a claim of the source that is out of date.
type Update struct {
	Date   string `json:"date"`
	Says   string `json:"says"`
	Source string `json:"source"`
}

func compareTools(f *framework.Framework, w Workspace) Tool {
	typed := func(u framework.Uses) bool { return len(u.Options) > 0 && len(u.Verdicts) == 0 }
	return Tool{
		Name: "compare_tools", Title: "Which tool fits?", Description: compareToolsText,
		Input:  inputSchema(f, CompareToolsInput{}, typed),
		Output: schemaOf(Comparison{}),
		Call: func(_ context.Context, raw json.RawMessage) (any, error) {
			return answer(CompareTools(f, w, raw))
		},
	}
}

func CompareTools(f *framework.Framework, w Workspace, raw json.RawMessage) (*Comparison, error) {
	w, err := w.now()
	if err != nil {
		return nil, err
	}
	a := readArguments(f, raw, "capability", "tools", "facts", "unsettled", "sources", "running")
	if _, given := a.given("capability"); !given {
		a.mistakes.add("capability", "capability is missing; there are %s.", strings.Join(capabilityIDs(f), ", "))
	}
	c := a.capability("capability")
	chosen := a.options("tools", c)
	s := a.situation(w)
	if err := a.mistakes.err(); err != nil {
		return nil, err
	}
	return s.Compare(c, chosen), nil
}

// Compare ranks options of a capability, and includes the verdict on having the capability at all.
func (s *Situation) Compare(c *framework.Capability, options []*framework.Option) *Comparison {
	verdict := forVerdictsOf([]*framework.Capability{c})
	used := func(u framework.Uses) bool { return verdict(u) || slices.Contains(u.Options, c.ID.Value) }
	return &Comparison{
		Header:  s.header(used),
		Verdict: s.verdict(c, c.Decision.Brief(s.Situation), Brief),
		Kind:    kindOf(c),
		Options: s.compare(c, options),
	}
}

// kindOf returns the kind of a capability's options; "tools" if the knowledge names none.
func kindOf(c *framework.Capability) string { return cmp.Or(c.OptionsKind.Value, "tools") }

// options reads options of a capability by id or name, ignoring case; all if absent.
func (a *arguments) options(argument string, c *framework.Capability) []*framework.Option {
	wanted, given := a.nonEmpty(argument)
	if c == nil {
		return nil
	}
	if !given {
		return c.Enabled
	}
	var chosen []*framework.Option
	for _, name := range wanted {
		i := slices.IndexFunc(c.Enabled, func(o *framework.Option) bool {
			return strings.EqualFold(name, o.ID.Value) || strings.EqualFold(name, o.Name.Value)
		})
		if i >= 0 {
			chosen = append(chosen, c.Enabled[i])
			continue
		}
		var known []string
		for _, o := range c.Enabled {
			known = append(known, o.ID.Value, o.Name.Value)
		}
		a.mistakes.add(argument, "%s: %s is not an option of %s; there are %s.%s", argument, echo(name), c.ID, strings.Join(known, ", "), didYouMean(words.Nearest(name, known, 1)))
	}
	slices.SortFunc(chosen, func(a, b *framework.Option) int {
		return cmp.Compare(slices.Index(c.Enabled, a), slices.Index(c.Enabled, b))
	})
	return slices.Compact(chosen)
}

// Classes of options, best first.
var classes = []string{"fits", "partly", "open", "no", "out"}

// compared is an option with what its rank is based on.
type compared struct {
	Option
	class                       int
	doubtful                    bool // something unknown could rule it out
	fitting, failing, undecided int
}

// compare assigns classes and sorts, best first. Levels and components keep their order and have no class.
func (s *Situation) compare(c *framework.Capability, chosen []*framework.Option) []Option {
	ranked := c.OptionsKind.Value == "tools" || c.OptionsKind.Value == "approaches"
	var list []compared
	for _, option := range chosen {
		o := s.judge(option)
		if ranked {
			o.Class = &classes[o.class]
		} else {
			o.UseWhen = option.UseWhen.Value
		}
		list = append(list, o)
	}
	if ranked {
		slices.SortStableFunc(list, rank)
	}
	options := []Option{}
	for i, o := range list {
		o.Tie = ranked && (i > 0 && rank(list[i-1], o) == 0 || i+1 < len(list) && rank(o, list[i+1]) == 0)
		options = append(options, o.Option)
	}
	return options
}

// rank orders by class; within a class, options that nothing unknown could rule out come first, then (except for those that fit) those
// with more conditions that hold, then with fewer that fail.
func rank(a, b compared) int {
	order := cmp.Or(cmp.Compare(a.class, b.class), cmp.Compare(truth(a.doubtful), truth(b.doubtful)))
	if order != 0 || classes[a.class] == "fits" {
		return order
	}
	return cmp.Or(cmp.Compare(b.fitting, a.fitting), cmp.Compare(a.failing, b.failing))
}

func truth(is bool) int {
	if is {
		return 1
	}
	return 0
}

// judge finds which conditions of an option hold, fail or are unknown, and its class.
func (s *Situation) judge(option *framework.Option) compared {
	o := compared{Option: Option{
		ID: option.ID.Value, Name: option.Name.Value,
		Fits: []Clause{}, Fails: []Clause{}, Unknown: []Open{}, CouldRuleOut: []Open{},
		Pros: texts(option.Pros), Cons: texts(option.Cons), Updates: []Update{},
	}}
	for _, u := range option.Updates {
		o.Updates = append(o.Updates, Update{u.Date.Value, u.Says.Value, u.Source.Value})
	}
	for _, clause := range option.Fits {
		says, when := clause.Says.Value, clause.When
		switch when.Truth(s.Situation) {
		case decide.Yes:
			o.Fits, o.fitting = append(o.Fits, Clause{says, s.known(when.Facts())}), o.fitting+1
		case decide.No:
			o.Fails, o.failing = append(o.Fails, Clause{says, s.known(when.Facts())}), o.failing+1
		default:
			o.Unknown, o.undecided = append(o.Unknown, Open{says, s.questions(when.Compiled.Open(s.Situation))}), o.undecided+1
		}
	}
	out := false
	for _, clause := range option.Out {
		says, when := clause.Says.Value, clause.When
		switch when.Truth(s.Situation) {
		case decide.Yes:
			o.Fails, out = append(o.Fails, Clause{says, s.known(when.Facts())}), true
		case decide.Maybe:
			o.CouldRuleOut, o.doubtful = append(o.CouldRuleOut, Open{says, s.questions(when.Compiled.Open(s.Situation))}), true
		}
	}
	if out { // what else could rule it out no longer matters
		o.CouldRuleOut, o.doubtful = []Open{}, false
	}
	o.class = slices.Index(classes, o.classify(out))
	return o
}

func (o compared) classify(out bool) string {
	switch {
	case out:
		return "out"
	case o.fitting > 0 && o.failing+o.undecided == 0:
		return "fits"
	case o.fitting > 0:
		return "partly"
	case o.undecided > 0:
		return "open"
	}
	return "no"
}
