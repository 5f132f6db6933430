package evals

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// Prose is an organisation described in words, as people do: with what counts, what only looks like it, and much that is beside
// the point. A person read it by the dictionary; the verdicts follow from what it states, and from nothing else.
type Prose struct {
	Organisation string `yaml:"organisation"`
	Description  string `yaml:"description"`
	// States is the facts that the description states, each with the words that say it.
	States map[string]Stated `yaml:"states"`
	// Silent is facts that somebody might set to false, though nobody said so.
	Silent []string `yaml:"silent"`
	// Seems is what a hasty reader takes for a fact, with the value that he would give, and why it is none.
	Seems    map[string]Seeming `yaml:"seems"`
	Verdicts map[string]Ruling  `yaml:"verdicts"`
	// Misled is the verdicts that come out otherwise if what it seems to state is believed, as they are then.
	Misled map[string]string `yaml:"misled"`
}

// Stated is a fact's value and the words of the description that say it.
type Stated struct {
	Value any    `yaml:"value"`
	Words string `yaml:"words"`
}

// Seeming is a value that a description does not state, and why not.
type Seeming struct {
	Value any    `yaml:"value"`
	Why   string `yaml:"why"`
}

// Ruling is the verdict for one capability. A decided one says because of what, an undetermined one what is possible; Provisional is
// the provisional verdict, or none.
type Ruling struct {
	Verdict     string   `yaml:"verdict"`
	Reasons     []string `yaml:"because"`
	Possible    []string `yaml:"possible"`
	Provisional string   `yaml:"provisional"`
	Why         string   `yaml:"why"`
}

// Proses reads every description under a directory, in the order of the files. One that could not be played is an error.
func Proses(files fs.FS) ([]Prose, error) {
	paths, err := fs.Glob(files, "*.yaml")
	if err != nil {
		return nil, err
	}
	var all []Prose
	for _, path := range paths {
		content, err := fs.ReadFile(files, path)
		if err != nil {
			return nil, err
		}
		var p Prose
		if err := yaml.Load(content, &p, yaml.WithKnownFields()); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		if err := p.check(); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		all = append(all, p)
	}
	return all, nil
}

func (p Prose) check() error {
	if p.Organisation == "" || len(p.States) == 0 || len(p.Silent) == 0 || len(p.Seems) == 0 || len(p.Verdicts) == 0 {
		return fmt.Errorf("needs an organisation, states, silent, seems and verdicts")
	}
	if n := len(strings.Fields(p.Description)); n < 120 || n > 250 {
		return fmt.Errorf("the description has %d words, and 120 to 250 are wanted", n)
	}
	for fact, stated := range p.States {
		if stated.Words == "" || !strings.Contains(p.Description, stated.Words) {
			return fmt.Errorf("%s: %q does not stand in the description", fact, stated.Words)
		}
		if n := utf8.RuneCountInString(stated.Words); n > 200 {
			return fmt.Errorf("%s: the words have %d characters, and a source has 200 at most", fact, n)
		}
	}
	for _, fact := range p.Silent {
		if _, stated := p.States[fact]; stated {
			return fmt.Errorf("%s is stated and silent", fact)
		}
	}
	for fact, seeming := range p.Seems {
		if seeming.Why == "" || seeming.Value == nil {
			return fmt.Errorf("%s seems to be stated and needs a value and a why", fact)
		}
	}
	for id, ruling := range p.Verdicts {
		if ruling.Why == "" || ruling.Provisional == "" || (ruling.Verdict == "undetermined") != (len(ruling.Possible) > 1) {
			return fmt.Errorf("%s needs a why, a provisional, and what is possible if it is undetermined", id)
		}
		if ruling.Verdict != "undetermined" && len(ruling.Reasons) == 0 {
			return fmt.Errorf("%s needs a because", id)
		}
	}
	return nil
}

// Read is the call of a careful reader: what is stated, each fact with the words that say it.
func (p Prose) Read() (json.RawMessage, error) {
	facts, sources := map[string]any{}, map[string]string{}
	for fact, stated := range p.States {
		facts[fact], sources[fact] = stated.Value, stated.Words
	}
	return json.Marshal(map[string]any{"facts": facts, "sources": sources})
}

// Skimmed is the call of a hasty reader, who believes what it seems to state as well.
func (p Prose) Skimmed() (json.RawMessage, error) {
	return p.believing(func(facts map[string]any) {
		for fact, seeming := range p.Seems {
			facts[fact] = seeming.Value
		}
	})
}

// Denied is the call of a reader who takes silence for a no.
func (p Prose) Denied() (json.RawMessage, error) {
	return p.believing(func(facts map[string]any) {
		for _, fact := range p.Silent {
			facts[fact] = false
		}
	})
}

// believing is a call with what is stated and more.
func (p Prose) believing(more func(facts map[string]any)) (json.RawMessage, error) {
	facts := map[string]any{}
	for fact, stated := range p.States {
		facts[fact] = stated.Value
	}
	more(facts)
	return json.Marshal(map[string]any{"facts": facts})
}
