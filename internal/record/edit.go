package record

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/strict"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// Reaffirm is a record's file with one more reaffirmation: the facts that differ today and what the framework says. All else stays
// as it is, byte for byte. It refuses where neither a fact nor the verdict differs: a date alone says nothing.
func Reaffirm(f *framework.Framework, content []byte, today fact.Situation, reason, date string) ([]byte, error) {
	r, err := Read(f, content)
	if err != nil {
		return nil, err
	}
	if !r.InForce() {
		return nil, fmt.Errorf("it is %s: only a decision in force can be reaffirmed", r.StatusText())
	}
	again, err := r.reaffirmation(f, today, reason, date)
	if err != nil {
		return nil, err
	}
	w := writer{dictionary: f.Dictionary}
	w.reaffirmation(0, again)
	edited, err := insert(content, w.String())
	if err != nil {
		return nil, err
	}
	r.Reaffirmed = append(r.Reaffirmed, again)
	return edited, same(f, edited, r)
}

// reaffirmation is what differs today from a record with its reaffirmations applied.
func (r *Record) reaffirmation(f *framework.Framework, today fact.Situation, reason, date string) (Reaffirmation, error) {
	c, _ := f.Capability(r.Capability) // it was read
	expected := r.Expected(f)
	e := c.Decision.Brief(today)
	again := Reaffirmation{Date: date, Verdict: e.Verdict, Reason: words.EscapeLines(reason)}
	if e.Verdict == decide.Undetermined {
		again.Possible = e.Possible
	}
	for _, index := range differing(c, expected.Situation, today) {
		again.Facts = append(again.Facts, fact.Setting{Fact: index, Value: today[index]})
	}
	if len(again.Facts) == 0 && reflect.DeepEqual(e.Possible, expected.Possible) {
		return again, fmt.Errorf("nothing to reaffirm: no fact differs, and the framework still says %s", e.Verdict)
	}
	for _, reworded := range rewordings(expected.Statements, Wordings(f, c)) {
		again.Statements = append(again.Statements, Wording{reworded.ID, reworded.Is})
	}
	if k := (Knowledge{f.Version, f.Fingerprint}); k != expected.Knowledge {
		again.Knowledge = &k
	}
	return again, nil
}

// Supersede is a record's file with the status that another one has taken its place. Nothing else in it changes.
func Supersede(f *framework.Framework, content []byte, by int) ([]byte, error) {
	r, err := Read(f, content)
	if err != nil {
		return nil, err
	}
	if !r.InForce() {
		return nil, fmt.Errorf("it is %s already", r.StatusText())
	}
	fm, err := readFront(content, allowed)
	if err != nil {
		return nil, err
	}
	source, after := fm.source(content)
	if source.Replace(fm.document.Root, "status", quoted(SupersededBy(by))) != nil {
		return nil, errNotEdited
	}
	edited := slices.Concat(source.Bytes(), after)
	is, err := readFront(edited, allowed)
	if err != nil || !alikeBut("status", fm.document.Root, is.document.Root) {
		return nil, errNotEdited
	}
	if after, err := Read(f, edited); err != nil || after.StatusText() != SupersededBy(by) {
		return nil, errNotEdited
	}
	return edited, nil
}

// alikeBut reports whether two mappings say the same, but for the value of one key.
func alikeBut(key string, a, b *yaml.Node) bool {
	if len(a.Content) != len(b.Content) {
		return false
	}
	for i := range a.Content {
		if changed := i%2 == 1 && a.Content[i-1].Value == key; !changed && !alike(a.Content[i], b.Content[i]) {
			return false
		}
	}
	return true
}

// alike reports whether two nodes say the same, wherever they stand.
func alike(a, b *yaml.Node) bool {
	return a.Kind == b.Kind && a.Tag == b.Tag && a.Value == b.Value && a.Anchor == b.Anchor && slices.EqualFunc(a.Content, b.Content, alike)
}

var errNotEdited = errors.New("its front matter is laid out so that layer2 cannot change it safely: make the change by hand")

// same makes sure that an edited file says what was meant, and nothing else.
func same(f *framework.Framework, edited []byte, want *Record) error {
	got, err := Read(f, edited)
	if err != nil {
		return errNotEdited
	}
	a, b := *got, *want
	a.lines, b.lines = lines{}, lines{}
	if !reflect.DeepEqual(a, b) {
		return errNotEdited
	}
	return nil
}

// source is the text of a file up to the end of its front matter, to be changed, and what comes after.
func (fm front) source(content []byte) (source *strict.Source, after []byte) {
	end := fm.start + len(fm.text)
	return strict.NewSource(content[:end], false), content[end:]
}

// insert puts an item behind the last reaffirmation, or begins the list of them.
func insert(content []byte, item string) ([]byte, error) {
	fm, err := readFront(content, allowed)
	if err != nil {
		return nil, err
	}
	ours := strict.Lookup(fm.document.Root, "layer2")
	list := strict.Lookup(ours, "reaffirmed")
	source, after := fm.source(content)
	if list == nil {
		var lines strings.Builder
		for line := range strings.Lines(item) {
			lines.WriteString("  " + line)
		}
		err = source.AddEntry(ours, "reaffirmed:\n"+lines.String())
	} else {
		err = source.AddItem(list, item)
	}
	if err != nil {
		return nil, errNotEdited
	}
	return slices.Concat(source.Bytes(), after), nil
}
