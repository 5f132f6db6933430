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

// Reaffirm appends a reaffirmation to the content of a record: the facts that differ today and what the framework says now. The
// rest stays byte for byte. It is an error if no fact, no meaning of a fact and no verdict differs, because a date alone says nothing.
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

// reaffirmation returns what differs today from the record with its reaffirmations applied.
func (r *Record) reaffirmation(f *framework.Framework, today fact.Situation, reason, date string) (Reaffirmation, error) {
	c, _ := f.Capability(r.Capability) // it was read
	expected := r.Expected(f)
	e := c.Decision.Brief(today)
	again := Reaffirmation{Date: date, Verdict: e.Verdict, Reason: words.EscapeLines(reason)}
	if e.Verdict == decide.Undetermined {
		again.Possible = e.Possible
	}
	differing := differing(c, expected.Situation, today)
	for _, index := range differing {
		if today[index].Unsettled {
			again.Unsettled = append(again.Unsettled, index)
			continue
		}
		again.Facts = append(again.Facts, fact.Setting{Fact: index, Value: today[index]})
	}
	if len(differing) == 0 && reflect.DeepEqual(e.Possible, expected.Possible) && len(redefined(f, c, expected)) == 0 {
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

// Supersede sets the status of a record's content to superseded by the given number. The rest stays byte for byte.
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

// alikeBut reports whether two mappings are alike except for the value of one key.
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

// alike compares two nodes, ignoring their places.
func alike(a, b *yaml.Node) bool {
	return a.Kind == b.Kind && a.Tag == b.Tag && a.Value == b.Value && a.Anchor == b.Anchor && slices.EqualFunc(a.Content, b.Content, alike)
}

var errNotEdited = errors.New("its front matter is laid out so that layer2 cannot change it safely: make the change by hand")

// same returns an error unless the edited content reads as the wanted record.
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

// source splits content after the front matter and makes the first part editable.
func (fm front) source(content []byte) (source *strict.Source, after []byte) {
	end := fm.start + len(fm.text)
	return strict.NewSource(content[:end], false), content[end:]
}

// insert adds a reaffirmation after the last one, or starts the list.
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
