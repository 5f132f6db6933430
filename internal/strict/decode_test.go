package strict_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

// oven is a document with a field of every kind.
type oven struct {
	Name   strict.Text `yaml:"name"`
	Colour strict.Text `yaml:"colour,omitempty" jsonschema:"enum=red,enum=black"`
	size   `yaml:",inline"`
	On     bool                         `yaml:"on,omitempty"`
	Doors  []door                       `yaml:"doors,omitempty"`
	Best   *door                        `yaml:"best,omitempty"`
	Value  fact.Written                 `yaml:"value,omitempty"`
	Facts  []strict.Entry[fact.Written] `yaml:"facts,omitempty"`
	Runs   []strict.Entry[*bool]        `yaml:"runs,omitempty"`
	Node   *yaml.Node                   `yaml:"node,omitempty"`
}

type size struct {
	Step float64 `yaml:"step,omitempty"`
}

type door struct {
	ID   strict.Text `yaml:"id"`
	Says strict.Text `yaml:"says"`
}

// Hint knows a word that people write for a key.
func (oven) Hint(key string) string {
	if key == "heat" {
		return "it is a fact: put it under facts"
	}
	return ""
}

func decoded(format strict.Format, text string) (oven, strict.Mistakes) {
	r := strict.Reader{Format: format}
	var o oven
	if d, _ := r.Document("o.yaml", []byte(text)); d != nil {
		d.Decode(&o)
	}
	return o, r.Mistakes()
}

func TestADocumentIsDecoded(t *testing.T) {
	o, mistakes := decoded(notes, `
name: Anna's
colour: red
step: 0.5
on: true
doors:
  - {id: a, says: "An"}
  - id: b
    says: |
      Two
      lines
best: {id: c, says: "3"}
value: [1, x]
facts: {z: 7, a: , m: {at_least: 5}}
runs: {mesh: true, tracing: null, audit: false}
node: {any: thing}
`)
	if mistakes != nil {
		t.Fatal(mistakes)
	}
	place := func(line, column int) strict.Place { return strict.Place{File: "o.yaml", Line: line, Column: column} }
	if want := (strict.Text{Value: "Anna's", Place: place(2, 7)}); o.Name != want {
		t.Errorf("%+v, want %+v", o.Name, want)
	}
	var facts []string
	for _, entry := range o.Facts {
		facts = append(facts, fmt.Sprintf("%s %s at %d:%d", entry.Key, entry.Value.Echo(), entry.Value.Line, entry.Value.Column))
	}
	if got, want := strings.Join(facts, ", "), "z 7 at 14:12, a null at 14:18, m {…} at 14:23"; got != want {
		t.Errorf("facts %s, want %s", got, want)
	}
	runs := o.Runs
	if len(runs) != 3 || !*runs[0].Value || runs[1].Value != nil || *runs[2].Value {
		t.Errorf("runs %+v", runs)
	}
	if o.Step != 0.5 || !o.On || len(o.Doors) != 2 || o.Doors[1].Says.Value != "Two\nlines" || o.Best.Says.Value != "3" {
		t.Errorf("%+v", o)
	}
	if len(o.Value.Items) != 2 || o.Node.Content[1].Value != "thing" {
		t.Errorf("value %+v, node %+v", o.Value, o.Node)
	}
}

func TestATextIsJSONWithoutItsPlace(t *testing.T) {
	raw, err := json.Marshal(struct {
		Is   strict.Text `json:"is"`
		None strict.Text `json:"none,omitzero"`
	}{Is: strict.Text{Value: "a", Place: strict.Place{Line: 3}}, None: strict.Text{Place: strict.Place{Line: 4}}})
	if err != nil || string(raw) != `{"is":"a"}` {
		t.Errorf("%s, %v", raw, err)
	}
}

// rules has a document for each rule that the decoder keeps.
var rules = []struct{ rule, text, want string }{
	{"aliases and anchors", "name: &n a\ncolour: *n\n", "o.yaml:1:7: an anchor, &n, is refused: write the value out where it is meant\n" +
		"o.yaml:2:9: an alias, *n, is refused: write the value out"},
	{"tags", "name: !a b\n", "o.yaml:1:7: a tag, !a, is refused: put a value that starts with ! in quotes"},
	{"tags of YAML's own", "name: !!str b\n", "o.yaml:1:7: a tag, !!str, is refused: put a value that starts with ! in quotes"},
	{"merge keys, which may bring in what is missing", "<<: {name: a}\n", "o.yaml:1:1: a merge key, <<, is refused: write the keys out"},
	{"keys that are words", "name: a\n? [b]\n: c\n", "o.yaml:2:3: a key is a word, not a list"},
	{"keys once", "name: a\nname: b\n", `o.yaml:2:1: duplicate key "name": the first is on line 1`},
	{"free keys once", "name: a\nfacts: {b: 1, b: 2}\n", `o.yaml:2:15: duplicate key "b": the first is on line 2`},
	{"known keys", "name: a\nprice: 7\n", `o.yaml:2:1: unknown key "price"; there are name, colour, step, on, doors, best, value, facts, runs, node`},
	{"the nearest key, which is read", "nam: [a]\n", `o.yaml:1:1: unknown key "nam"; did you mean "name"?` + "\n" + `o.yaml:1:6: "name" must be a text, not a list`},
	{"the nearest key, unless that is there too", "name: a\nnam: [b]\n", `o.yaml:2:1: unknown key "nam"; did you mean "name"?`},
	{"a hint", "name: a\nheat: 7\n", `o.yaml:2:1: unknown key "heat"; it is a fact: put it under facts`},
	{"required keys", "name: a\ndoors: [{id: b}]\n", `o.yaml:2:9: missing key "says"`},
	{"values", "name:\ncolour: ''\n", `o.yaml:1:6: "name" is empty; say something or leave the key out` + "\n" +
		`o.yaml:2:9: "colour" is empty; say something or leave the key out`},
	{"texts", "name: {a: b}\n", `o.yaml:1:7: "name" must be a text, not a mapping`},
	{"lists", "name: a\ndoors: b\n", `o.yaml:2:8: "doors" must be a list, not "b"`},
	{"mappings", "name: a\nbest: 7\nfacts: [b]\n", `o.yaml:2:7: "best" must be a mapping, not 7` + "\n" + `o.yaml:3:8: "facts" must be a mapping, not a list`},
	{"the whole file", "[a]\n", "o.yaml:1:1: the file must be a mapping, not a list"},
	{"booleans", "name: a\non: yes\nruns: {b: no}\n", `o.yaml:2:5: "yes" is a string, and on is true or false` + "\n" +
		`o.yaml:3:11: "no" is a string, and b is true or false`},
	{"numbers", "name: a\nstep: 0x1\n", "o.yaml:2:7: 0x1 is not a plain number: write it as in 7 or 1.5"},
	{"a few words", "name: a\ncolour: blak\n", `o.yaml:2:9: "colour" must be one of red, black, not "blak"; did you mean "black"?`},
	{"what prints, in messages", "name: a\n\"\\e[2J\": b\n", `o.yaml:2:1: unknown key "\u{1b}[2J"; there are name, colour, step, on, doors, best, value, facts, runs, node`},
}

func TestEveryRuleHasItsMistake(t *testing.T) {
	for _, test := range rules {
		if _, mistakes := decoded(notes, test.text); mistakes.Error() != test.want {
			t.Errorf("%s: got\n%v\nwant\n%s", test.rule, mistakes, test.want)
		}
	}
}

func TestATextOfAPlainFormatIsOneLineThatPrints(t *testing.T) {
	_, mistakes := decoded(strict.Format{Plain: true}, "name: \"a\\nb\"\ndoors: [{id: \"\\u202e\", says: a}]\n")
	const want = `o.yaml:1:7: "name" spans several lines: write it on one, or fold it with >-` + "\n" +
		`o.yaml:2:14: "id" holds U+202E, which turns the direction of text: take it out`
	if mistakes.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", mistakes, want)
	}
}

func TestOtherKeysAreIgnoredWhereAllowed(t *testing.T) {
	r := strict.Reader{Format: notes}
	d, _ := r.Document("o.yaml", []byte("mine: &a [!b c]\nid: x\n"))
	var open struct {
		strict.Others
		ID strict.Text `yaml:"id"`
	}
	d.DecodeNode(d.Root, "", &open)
	if open.ID.Value != "x" || r.Len() > 0 {
		t.Errorf("%+v, %v", open, r.Mistakes())
	}
}

func TestAMistakeWithinATextHasItsPlace(t *testing.T) {
	r := strict.Reader{Format: notes}
	d, _ := r.Document("o.yaml", []byte(`
- a == é && b
- 'it''s b'
- "\"x\" b"
- over two
  lines
`))
	var texts []strict.Text
	d.Decode(&texts)
	for i, test := range []struct {
		text   string
		column int // in the file
	}{{"b", 13}, {"b", 10}, {"b", 10}} {
		at := d.Within(texts[i], strings.LastIndex(texts[i].Value, test.text)+1)
		if want := (strict.Place{File: "o.yaml", Line: i + 2, Column: test.column}); at != want || !d.OnOneLine(texts[i]) {
			t.Errorf("%s: %+v, want %+v", texts[i], at, want)
		}
	}
	if d.OnOneLine(texts[3]) {
		t.Errorf("%q is on one line", texts[3].Value)
	}
}

func TestMistakesAreInOrderAndFiftyAreShown(t *testing.T) {
	var r strict.Reader
	if err := r.Err(); err != nil {
		t.Errorf("nothing is wrong, and the error is %v", err)
	}
	known := []string{"services"}
	for line := 60; line > 0; line-- {
		for range 2 { // each twice, and shown once
			r.Add(strict.Place{File: "b", Line: line, Column: 1}, "%q is nothing", "servces").Near("servces", known)
		}
	}
	r.Add(strict.Place{File: "a"}, "it is wrong").OneOf("gravel", []string{"y", "z"})
	r.Add(strict.Place{}, "all is wrong")
	mistakes := r.Mistakes()
	lines := strings.Split(mistakes.Error(), "\n")
	for i, want := range map[int]string{0: "all is wrong", 1: "a: it is wrong; there are y, z", 2: `b:1:1: "servces" is nothing; did you mean "services"?`, 50: "and 12 more mistakes"} {
		if lines[i] != want {
			t.Errorf("line %d is %s, want %s", i, lines[i], want)
		}
	}
	if last := mistakes[len(mistakes)-1]; len(mistakes) != 62 || last.String() != `b:60:1: "servces" is nothing` {
		t.Errorf("%d mistakes, the last is %s", len(mistakes), last)
	}
	var list strict.Mistakes
	if err := fmt.Errorf("no: %w", mistakes); !errors.As(err, &list) || len(list) != 62 {
		t.Errorf("%T", err)
	}
	if got, want := (strict.Mistake{Line: 3, Column: 4, Problem: "odd"}).String(), "line 3, column 4: odd"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
