package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/factsfile"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/text"
	"github.com/vanhoutenbos/layer2/internal/words"
	"github.com/vanhoutenbos/layer2/tools"
)

const factsExample = "layer2 facts set services=7"

func factsFlags(i *invocation) {
	i.flags.StringVar(&i.facts, "facts", defaultFacts, "a YAML `file` of facts; - for stdin")
	i.flags.StringVar(&i.format, "format", "text", "text or json")
	i.flags.StringVar(&i.source, "source", "", "with set: a `text`, where these facts come from: a quotation, or a place in a file")
}

// facts prints what a facts file says, or changes facts in it.
func facts(ctx context.Context, i *invocation) error {
	f, err := i.framework()
	if err != nil {
		return err
	}
	if i.format != "text" && i.format != "json" {
		return &usageError{fmt.Sprintf("--format: %s is not one of text, json", words.Quote(i.format, longestWord)), "layer2 facts --format json"}
	}
	if len(i.positional) == 0 {
		if i.given("source") {
			return &usageError{"--source goes with layer2 facts set", factsExample + ` --source "README.md:14"`}
		}
		return i.showFacts(f)
	}
	if action := i.positional[0]; action != "set" {
		problem := fmt.Sprintf("unknown action %s", words.Quote(action, longestWord))
		problem += words.DidYouMean(words.Nearest(action, []string{"set"}, 1))
		return &usageError{problem, factsExample}
	}
	return i.setFacts(ctx, f, i.positional[1:])
}

// showFacts prints the known facts and the questions to ask first.
func (i *invocation) showFacts(f *framework.Framework) error {
	w, err := i.workspace(f, i.facts)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w\nType: %s", err, factsExample)
	}
	if err != nil {
		return err
	}
	sheet := tools.SheetOf(f, w)
	if i.format == "text" {
		_, err := fmt.Fprint(i.Out, text.Sheet(sheet, width()))
		return err
	}
	return i.printJSON(sheet)
}

func (i *invocation) printJSON(v any) error {
	encoded, err := words.MarshalIndent(v)
	if err == nil {
		_, err = jsonLines{i.Out}.Write(encoded)
	}
	return err
}

// changed is the JSON answer of facts set.
type changed struct {
	File string      `json:"file"`
	Set  fact.Values `json:"set"`
	// Unsettled are the facts that are now raised and left open.
	Unsettled []string `json:"unsettled"`
	// Unset are the facts that became unknown, Dropped those that lost their old source.
	Unset   []string `json:"unset"`
	Dropped []string `json:"sources_dropped"`
}

// setFacts changes facts in the file, which is created if it is missing. It writes everything or nothing.
func (i *invocation) setFacts(ctx context.Context, f *framework.Framework, words []string) error {
	if len(words) == 0 {
		return &usageError{"layer2 facts set needs a fact and a value", factsExample}
	}
	if i.facts == "-" {
		return &usageError{"facts are set in a file, not on standard input", factsExample}
	}
	settings, err := factsfile.ParseSettings(f, words)
	if err != nil {
		return fmt.Errorf("nothing is changed:\n%w", err)
	}
	edits := factsfile.Edits{Settings: settings}
	if edits.Source, err = i.sourceOf(settings); err != nil {
		return fmt.Errorf("nothing is changed:\n%w", err)
	}
	var dropped []string
	var wrong error
	i.writing.Store(true)
	defer i.writing.Store(false)
	err = factsfile.Change(ctx, i.facts, func(content []byte) ([]byte, error) {
		var edited []byte
		edited, dropped, wrong = factsfile.Edit(f, i.facts, content, edits)
		return edited, wrong
	})
	switch {
	case wrong != nil:
		return countMistakes(i.facts, wrong)
	case err != nil:
		return fmt.Errorf("nothing is changed: %w", err)
	}
	return i.printChanges(f, settings, dropped)
}

// sourceOf returns the value of --source, checked against the settings; empty if it is not given.
func (i *invocation) sourceOf(settings []fact.Setting) (string, error) {
	if !i.given("source") {
		return "", nil
	}
	if !slices.ContainsFunc(settings, func(s fact.Setting) bool { return s.Value.Mentioned() }) {
		return "", errors.New("--source: a fact that becomes unknown has no source")
	}
	source, err := tools.ReadSource(fact.Written{Form: fact.String, Text: i.source})
	if err == nil {
		// The file gets the escaped text, which may be longer.
		if _, again := tools.ReadSource(fact.Written{Form: fact.String, Text: source}); again != nil {
			err = fmt.Errorf("too long once the characters that do not print are escaped: %w", again)
		}
	}
	if err != nil {
		return "", fmt.Errorf("--source: %w", err)
	}
	return source, nil
}

// printChanges prints what was changed, as text or JSON.
func (i *invocation) printChanges(f *framework.Framework, settings []fact.Setting, dropped []string) error {
	done := changed{File: i.facts, Set: fact.Values{}, Unsettled: []string{}, Unset: []string{}, Dropped: append([]string{}, dropped...)}
	for _, s := range settings {
		switch name := f.Dictionary.Fact(s.Fact).Name; {
		case s.Value.Unsettled:
			done.Unsettled = append(done.Unsettled, name)
		case s.Value.Kind == fact.Unknown:
			done.Unset = append(done.Unset, name)
		default:
			done.Set = append(done.Set, fact.Named{Fact: name, Value: s.Value})
		}
	}
	if i.format == "json" {
		return i.printJSON(done)
	}
	return i.printChangeLines(done)
}

// printChangeLines prints a line for each fact.
func (i *invocation) printChangeLines(done changed) error {
	var b strings.Builder
	file := words.Escape(done.File)
	for _, fact := range done.Set {
		fmt.Fprintf(&b, "%s: %s = %s\n", file, fact.Fact, fact.Value)
	}
	for _, fact := range done.Unsettled {
		fmt.Fprintf(&b, "%s: %s is unsettled\n", file, fact)
	}
	for _, fact := range done.Unset {
		fmt.Fprintf(&b, "%s: %s is unknown\n", file, fact)
	}
	for _, fact := range done.Dropped {
		fmt.Fprintf(&b, "%s: removed the old source of %s; --source sets a new one\n", file, fact)
	}
	_, err := fmt.Fprint(i.Out, b.String())
	return err
}
