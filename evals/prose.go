package evals

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// Prose is an organisation described in words, as people do: with what counts, what is left open, what only looks like a fact, and
// much that is beside the point. A person read it by the dictionary; the verdicts follow from what it states and leaves open, and
// from nothing else.
type Prose struct {
	Organisation string `yaml:"organisation"`
	Description  string `yaml:"description"`
	// States is the facts that the description states, each with the words that say it.
	States map[string]Stated `yaml:"states"`
	// Unsettled is the facts that the description raises and leaves open, each with the words that do.
	Unsettled map[string]string `yaml:"unsettled"`
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
	if err := p.checkWords(); err != nil {
		return err
	}
	for fact := range p.Unsettled {
		if _, stated := p.States[fact]; stated {
			return fmt.Errorf("%s is stated and unsettled", fact)
		}
	}
	for _, fact := range p.Silent {
		_, stated := p.States[fact]
		if _, unsettled := p.Unsettled[fact]; stated || unsettled {
			return fmt.Errorf("%s is spoken of and silent", fact)
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

// checkWords holds that the words of every source stand in the description.
func (p Prose) checkWords() error {
	for fact, words := range p.Sources() {
		if words == "" || !strings.Contains(p.Description, words) {
			return fmt.Errorf("%s: %q does not stand in the description", fact, words)
		}
		if n := utf8.RuneCountInString(words); n > 200 {
			return fmt.Errorf("%s: the words have %d characters, and a source has 200 at most", fact, n)
		}
	}
	return nil
}

// Sources is the words of every fact that the description states or leaves open.
func (p Prose) Sources() map[string]string {
	sources := maps.Clone(p.Unsettled)
	if sources == nil {
		sources = map[string]string{}
	}
	for fact, stated := range p.States {
		sources[fact] = stated.Words
	}
	return sources
}

// Read is the call of a careful reader: what is stated and what is left open, each fact with the words that say so.
func (p Prose) Read() (json.RawMessage, error) {
	facts := map[string]any{}
	for fact, stated := range p.States {
		facts[fact] = stated.Value
	}
	return json.Marshal(map[string]any{"facts": facts, "unsettled": p.open(facts), "sources": p.Sources()})
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

// believing is a call with what is stated and more. What the reader believes is no longer open.
func (p Prose) believing(more func(facts map[string]any)) (json.RawMessage, error) {
	facts := map[string]any{}
	for fact, stated := range p.States {
		facts[fact] = stated.Value
	}
	more(facts)
	return json.Marshal(map[string]any{"facts": facts, "unsettled": p.open(facts)})
}

// open is what the description leaves open and the facts do not settle.
func (p Prose) open(facts map[string]any) []string {
	open := []string{}
	for _, fact := range slices.Sorted(maps.Keys(p.Unsettled)) {
		if _, settled := facts[fact]; !settled {
			open = append(open, fact)
		}
	}
	return open
}
