package record

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
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
	edited, err := insert(content, func(depth int) string {
		w.reaffirmation(depth, again)
		return w.String()
	})
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
	for _, reworded := range rewordings(expected.Statements, Readings(f, c)) {
		again.Statements = append(again.Statements, Reading{reworded.ID, reworded.Is})
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
	edited, err := fm.replace(content, value(fm.root, "status"), quoted(SupersededBy(by)))
	if err != nil {
		return nil, err
	}
	if after, err := Read(f, edited); err != nil || after.StatusText() != SupersededBy(by) {
		return nil, errNotEdited
	}
	return edited, nil
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

// replace puts a text where a value of one line stands.
func (fm front) replace(content []byte, node *yaml.Node, text string) ([]byte, error) {
	at := fm.offset(node.Line) // of the line
	line, _, _ := bytes.Cut(content[at:], []byte("\n"))
	column := len(string([]rune(string(line))[:min(node.Column-1, len([]rune(string(line))))]))
	old, found := bytes.CutPrefix(line[column:], []byte(node.Value))
	for _, quote := range []string{`"`, "'"} {
		if rest, is := bytes.CutPrefix(line[column:], []byte(quote+node.Value+quote)); is {
			old, found = rest, true
		}
	}
	if !found {
		return nil, errNotEdited
	}
	end := at + len(line) - len(old)
	return bytes.Join([][]byte{content[:at+column], []byte(text), content[end:]}, nil), nil
}

// offset is where a line of the front matter begins in the file.
func (fm front) offset(line int) int {
	at := 0
	for range line - 1 {
		next := bytes.IndexByte(fm.text[at:], '\n')
		if next < 0 {
			return fm.start + len(fm.text)
		}
		at += next + 1
	}
	return fm.start + at
}

// insert puts an item behind the last reaffirmation, or begins the list of them.
func insert(content []byte, item func(depth int) string) ([]byte, error) {
	fm, err := readFront(content, allowed)
	if err != nil {
		return nil, err
	}
	ours := value(fm.root, "layer2")
	if ours.Style&yaml.FlowStyle != 0 || fm.root.Style&yaml.FlowStyle != 0 {
		return nil, errNotEdited
	}
	indent := ours.Column - 1
	list := value(ours, "reaffirmed")
	end := fm.end(fm.root, "layer2")
	var text string
	switch {
	case list == nil:
		text = strings.Repeat(" ", indent) + "reaffirmed:\n" + indented(item(0), indent+2)
	case list.Style&yaml.FlowStyle != 0:
		return nil, errNotEdited
	default:
		end = min(end, fm.end(ours, "reaffirmed"))
		text = indented(item(0), list.Column-1)
	}
	if bytes.Contains(fm.text, []byte("\r\n")) {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	return bytes.Join([][]byte{content[:end], []byte(text), content[end:]}, nil), nil
}

// end is where the value of a key ends in the file: at the next key of its mapping, or at the end of what holds the mapping. Empty
// lines and comments above the next key belong to that.
func (fm front) end(mapping *yaml.Node, key string) int {
	last := fm.start + len(fm.text)
	for i := 0; i+2 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == key {
			last = fm.offset(mapping.Content[i+2].Line)
		}
	}
	text := fm.text[:last-fm.start]
	for len(text) > 0 {
		above := bytes.LastIndexByte(text[:len(text)-1], '\n') + 1
		if line := bytes.TrimSpace(text[above:]); len(line) > 0 && line[0] != '#' {
			break
		}
		text = text[:above]
	}
	return fm.start + len(text)
}

func indented(text string, by int) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(strings.Repeat(" ", by) + line)
	}
	return b.String()
}
