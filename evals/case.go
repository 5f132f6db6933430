// Package evals holds layer2 against cases: facts and the answers that a person derived from them by hand, played through a
// real client and the real server.
package evals

import (
	"fmt"
	"io/fs"

	"github.com/vanhoutenbos/layer2/evals/answer"
	"go.yaml.in/yaml/v4"
)

// Case is a situation and what must be answered. A fact's value is written as a call takes it, a range among them. What is left out is not checked. Expected values come from reading the logic,
// never from running the engine; Why says how.
type Case struct {
	Name  string         `yaml:"name"`
	Why   string         `yaml:"why"`
	Facts map[string]any `yaml:"facts"`
	// Unsettled are the facts that were raised and left open.
	Unsettled []string `yaml:"unsettled"`
	// Running is nil if nothing is said about it.
	Running   *Running               `yaml:"running"`
	Verdicts  map[string]*Expected   `yaml:"verdicts"`
	Conflicts *[][]string            `yaml:"conflicts"` // the facts of each, in any order
	Options   map[string]*Comparison `yaml:"options"`
	Themes    map[string]*Theme      `yaml:"themes"`
	Plan      *Plan                  `yaml:"plan"`
	Unused    *[]Unused              `yaml:"unused"`
}

// Unused is a fact that goes unused, and the tools that would use it; nil if the case does not say.
type Unused struct {
	Fact   string
	UsedBy *[]string
}

// UnmarshalYAML reads a fact's name, or an object that names the tools too.
func (u *Unused) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		return node.Decode(&u.Fact)
	}
	var named struct {
		Fact   string    `yaml:"fact"`
		UsedBy *[]string `yaml:"used_by"`
	}
	err := node.Load(&named, yaml.WithKnownFields())
	u.Fact, u.UsedBy = named.Fact, named.UsedBy
	return err
}

// Expected is the answer for one capability. Lists are exact and in order where nothing else is said.
type Expected struct {
	Verdict     string                  `yaml:"verdict"`
	Reasons     []string                `yaml:"because"`
	Possible    *[]string               `yaml:"possible"`
	Direction   yaml.Node               `yaml:"direction"` // absent, null, or a word; so is withheld
	Withheld    yaml.Node               `yaml:"withheld"`
	For         *[]string               `yaml:"for"`
	Waiting     *[]string               `yaml:"waiting"`
	WaitsOn     map[string][]string     `yaml:"waits_on"` // of some that wait: the open facts
	Against     *[]string               `yaml:"against"`
	Effects     map[string]string       `yaml:"effects"`     // how each of these speaks against
	Provisional yaml.Node               `yaml:"provisional"` // absent, null, or an ExpectedProvisional
	Asks        *[]string               `yaml:"asks"`
	AsksFirst   string                  `yaml:"asks_first"`
	AsksSome    []string                `yaml:"asks_some"` // contained
	AsksNot     []string                `yaml:"asks_not"`  // not contained
	Sufficient  *[]string               `yaml:"sufficient"`
	Answers     map[string][]answer.Way `yaml:"answers"` // of some questions: what each answer leads to
	Edges       *[]answer.Edge          `yaml:"edges"`
	Flips       *[]answer.Flip          `yaml:"flips"`
	Readings    []string                `yaml:"readings"` // contained, without "reading:"
	ToDo        *[]string               `yaml:"to_do"`
	Why         string                  `yaml:"why"`
}

// ExpectedProvisional is a provisional answer, what stands for it, and the facts that it assumes, in order. Values, Kinds and
// Otherwise say more about some of them.
type ExpectedProvisional struct {
	Verdict   string              `yaml:"verdict"`
	Reasons   []string            `yaml:"because"`
	For       *[]string           `yaml:"for"`
	Assuming  []string            `yaml:"assuming"`
	Values    map[string]any      `yaml:"values"`
	Kinds     map[string]string   `yaml:"kinds"`
	Otherwise map[string][]string `yaml:"otherwise"` // the verdicts that are possible if the fact is otherwise
}

// Comparison is the classes of a capability's options: nil for those that are not ranked.
type Comparison struct {
	Classes      map[string]*string `yaml:"classes"`
	Order        *[]string          `yaml:"order"`
	CouldRuleOut *[]string          `yaml:"could_rule_out"`
	Holds        map[string]*bool   `yaml:"holds"` // of options with one clause: whether it holds; null if that is unknown
	Ties         *[]string          `yaml:"ties"`
	Why          string             `yaml:"why"`
}

// Theme is how far a theme has come.
type Theme struct {
	Status   string    `yaml:"status"`
	Possible []string  `yaml:"possible"`
	Advice   *[]string `yaml:"advice"` // of each sentence, in order, some words
	Why      string    `yaml:"why"`
}

// Plan is the sequence and the lists beside it.
type Plan struct {
	AskFor      *[]string            `yaml:"ask_for"` // the argument themes
	Sequence    *[]string            `yaml:"sequence"`
	IfConfirmed *[]string            `yaml:"if_confirmed"`
	OtherThemes map[string]string    `yaml:"other_themes"` // exact: the status of each
	DecideFirst *[]string            `yaml:"decide_first"`
	FixFirst    *map[string][]string `yaml:"fix_first"`
	Later       *map[string][]string `yaml:"later"`
	AskFirst    *[]string            `yaml:"ask_first"`
	Why         string               `yaml:"why"`
}

// Cases reads every case under a directory, in the order of the files; a key that is misspelt, a name that is given twice and a
// case that checks nothing are errors.
func Cases(files fs.FS) ([]Case, error) {
	paths, err := fs.Glob(files, "*.yaml")
	if err != nil {
		return nil, err
	}
	var all []Case
	names := map[string]string{}
	for _, path := range paths {
		content, err := fs.ReadFile(files, path)
		if err != nil {
			return nil, err
		}
		var file struct {
			Cases []Case `yaml:"cases"`
		}
		if err := yaml.Load(content, &file, yaml.WithKnownFields()); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		for _, c := range file.Cases {
			if first, twice := names[c.Name]; twice {
				return nil, fmt.Errorf("%s: case %s is in %s too", path, c.Name, first)
			}
			names[c.Name] = path
			if err := c.check(); err != nil {
				return nil, fmt.Errorf("%s: case %s: %w", path, c.Name, err)
			}
		}
		all = append(all, file.Cases...)
	}
	return all, nil
}

func (c Case) check() error {
	switch {
	case c.Name == "" || c.Why == "":
		return fmt.Errorf("needs a name and a why")
	case len(c.Verdicts)+len(c.Options)+len(c.Themes) == 0 && c.Conflicts == nil && c.Plan == nil && c.Unused == nil:
		return fmt.Errorf("checks nothing")
	}
	for id, expected := range c.Verdicts {
		if expected.Why == "" || (len(expected.Reasons) == 0) != (expected.Verdict == "undetermined") {
			return fmt.Errorf("%s needs a why, and a because if it is decided", id)
		}
	}
	return nil
}
