package markdown

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/page"
	"github.com/vanhoutenbos/layer2/internal/record"
	"github.com/vanhoutenbos/layer2/internal/text"
	"github.com/vanhoutenbos/layer2/knowledge"
	"github.com/vanhoutenbos/layer2/tools"
)

// render is what a reader of the page gets to see. Bare addresses are left out of GitHub's extensions: a link of GitHub's own making
// shows where it leads, and can hide nothing.
func render(t *testing.T, text string) string {
	t.Helper()
	markdown := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList, extension.Footnote))
	var b bytes.Buffer
	if err := markdown.Convert([]byte(text), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestTextStaysText writes every page twice: of a knowledge in which each text is one harmless word, and of one in which it is
// hostile. What is seen of the second has to be what is seen of the first with one text in the place of the other, tag by tag.
func TestTextStaysText(t *testing.T) {
	words := pages(t, func(n int, question bool) string {
		if question {
			return word(n) + "?"
		}
		return word(n)
	})
	seen := map[string]string{}
	for name, text := range words {
		seen[name] = strings.ReplaceAll(render(t, text), "x?", "x")
	}
	for seed := range uint64(seeds) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			texts := map[int]string{}
			text := func(n int, question bool) string {
				random := rand.New(rand.NewPCG(seed, uint64(n)))
				if texts[n] = hostile(random); question {
					texts[n] += "?"
				}
				return texts[n]
			}
			for name, text := range pages(t, text) {
				want := anyWord.ReplaceAllStringFunc(seen[name], func(found string) string {
					link, number := strings.HasPrefix(found, "href="), digits.FindString(found)
					n, err := strconv.Atoi(number)
					if err != nil {
						t.Fatal(err)
					}
					if link {
						return `href="` + asHTML(url.PathEscape(path.Base(texts[n]))) + `"`
					}
					return asHTML(texts[n])
				})
				if got := render(t, text); got != want {
					t.Errorf("%s: %s", name, difference(got, want))
				}
			}
		})
	}
}

// seeds is how many times every page is written: some two thousand texts each.
const seeds = 12

// word is a text in which no sign is a mark.
func word(n int) string { return fmt.Sprintf("Q%dx", n) }

// anyWord finds such texts, and links to them.
var (
	anyWord = regexp.MustCompile(`href="Q[0-9]+x"|Q[0-9]+x`)
	digits  = regexp.MustCompile(`[0-9]+`)
)

// fragments are what Markdown, its extensions and HTML take for marks, at the beginning of a text or within it.
var fragments = []string{
	"# ", "## ", "#", " #", " ##", "> ", ">", "- ", "+ ", "* ", "---", "***", "___", "===", "- - -", "1. ", "1) ", "12345. ", "| ", "|", " | ", "|---|", ":-:",
	"```", "~~~", "`", "``", "*", "**", "_", "__", "~", "~~", "$", "$$", "[r]: https://evil.example", "[r]", "![r]", "[r][r]", "[x](https://evil.example)",
	"![x](https://evil.example/x.png)", "](https://evil.example)", "[^1]", "[^1]: note", "[ ] ", "[x] ", "]", "[", "<https://evil.example>", "<b>", "</b>", "<!--",
	"-->", "<script>", "<img src=x>", "&quot;", "&#35;", "&amp;", "&", "&lt;b&gt;", `\`, `\\`, `\|`, `\#`, `\*`, ":", ";", "\"", "'", "!", "(", ")", "{", "}", "%%",
	"word", "two words", "snake_case", "a_b_", "_a", "é", "漢字", "🚀", "5", "4 * 4 * 4", "=", "a", "\u00a0",
}

// hostile is a text of one line that does not end a sentence.
func hostile(random *rand.Rand) string {
	for {
		var b strings.Builder
		for range 1 + random.IntN(6) {
			b.WriteString(fragments[random.IntN(len(fragments))])
			if random.IntN(3) == 0 {
				b.WriteByte(' ')
			}
		}
		text := strings.Join(strings.Fields(b.String()), " ")
		if text != "" && !strings.HasSuffix(text, ".") {
			return text
		}
	}
}

// asHTML is a text as the parser shows it.
func asHTML(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(text)
}

func difference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d of the HTML is\n%s\nwant\n%s", i+1, a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines of HTML, want %d", len(a), len(b))
}

// pages are all that is written in Markdown, of a knowledge with such texts.
func pages(t *testing.T, write func(n int, question bool) string) map[string]string {
	t.Helper()
	n := 0
	next := func(question bool) string {
		n++
		return write(n, question)
	}
	f, err := framework.Load(reworded(t, next), nil)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, r := range slices.Concat(page.Resources(f), page.Statements(f)) {
		if r.MIMEType == "text/markdown" {
			all[r.URI] = r.Text()
		}
	}
	platforms := map[string]map[string]any{
		"nothing known": {},
		"a mesh":        {"services": 7, "layer1_stable": true, "mtls_needed": true, "mesh_capacity": true, "services_in_production": true, "kubernetes_experience": "some"},
		"at odds":       {"services": 1, "call_chains": "complex", "layer1_stable": false, "services_in_production": false, "mtls_compliance": true},
		"a large one":   {"layer1_stable": true, "services": 30, "tenancy": "multi", "compliance": []string{"gdpr"}, "developers": 90},
	}
	for _, name := range slices.Sorted(maps.Keys(platforms)) {
		w := known(t, f, platforms[name], next)
		all["section, "+name] = text.Section(w.Situation(f).Evaluate(f.Capabilities, tools.Whole))
		for _, c := range f.Capabilities {
			all["record of "+c.ID.Value+", "+name] = recordOf(t, f, c, w, next)
		}
	}
	all["check"] = checked(t, f, next)
	for name, text := range all {
		all[name] = strings.ReplaceAll(text, f.Fingerprint, "0123456789ab") // which changes with every word
	}
	return all
}

// free are the keys whose texts are anybody's words.
var free = []string{
	"says", "summary", "title", "reason", "meaning", "hint", "question", "unit", "name", "use_when", "pros", "cons", "guidance", "triggers_heading", "now_heading",
	"later_heading", "trigger", "skip_if", "shown", "scope", "why", "source", "date",
}

// reworded is the shipped knowledge with other words, and one statement that is disabled.
func reworded(t *testing.T, next func(question bool) string) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	names, err := fs.Glob(knowledge.Files, "*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		content, err := fs.ReadFile(knowledge.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Replace(string(content), "  - id: SM-W1\n", "  - id: SM-W1\n    disabled: true\n    reason: x\n", 1)
		var root yaml.Node
		if err := yaml.Load([]byte(text), &root); err != nil {
			t.Fatal(err)
		}
		reword(&root, next)
		data, err := yaml.Dump(&root, yaml.WithLineWidth(-1))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: data}
	}
	return files
}

func reword(node *yaml.Node, next func(question bool) string) {
	for i, child := range node.Content {
		if node.Kind == yaml.MappingNode && i%2 == 0 && slices.Contains(free, child.Value) {
			question := child.Value == "question"
			for _, text := range append(node.Content[i+1].Content, node.Content[i+1]) {
				if text.Kind == yaml.ScalarNode {
					text.Value, text.Style, text.Tag = next(question), yaml.DoubleQuotedStyle, "!!str"
				}
			}
			continue
		}
		if node.Kind != yaml.MappingNode || i%2 == 1 {
			if node.Kind == yaml.MappingNode && slices.Contains(free, node.Content[i-1].Value) {
				continue
			}
			reword(child, next)
		}
	}
}

// known is a workspace of facts, each with a source.
func known(t *testing.T, f *framework.Framework, facts map[string]any, next func(question bool) string) tools.Workspace {
	t.Helper()
	w := tools.Workspace{Facts: f.Dictionary.NewSituation(), Sources: make([]string, f.Dictionary.Len())}
	for _, name := range slices.Sorted(maps.Keys(facts)) {
		i, is := f.Dictionary.Index(name)
		if !is {
			continue
		}
		raw, err := json.Marshal(facts[name])
		if err != nil {
			t.Fatal(err)
		}
		value, mistakes := f.Dictionary.Fact(i).Read(fact.FromJSON(raw))
		if mistakes != nil {
			t.Fatal(mistakes)
		}
		w.Facts[i] = value
		w.Sources[i] = next(false)
	}
	return w
}

// recordOf is the body of a record of a decision that somebody gives a reason for.
func recordOf(t *testing.T, f *framework.Framework, c *framework.Capability, w tools.Workspace, next func(question bool) string) string {
	t.Helper()
	decision := c.Decision.Brief(w.Facts).Possible[0]
	r := record.New(f, c, w.Facts, decision, next(false), "2026-11-23")
	r.Cite(w.Sources)
	d := text.Decided{Record: r, Supersedes: next(false)}
	arguments := json.RawMessage(fmt.Sprintf(`{"capability":%q}`, c.ID.Value))
	for _, tool := range tools.All(f, w) {
		if tool.Name != "evaluate_trigger" && tool.Name != "compare_tools" {
			continue
		}
		answer, err := tool.Call(context.Background(), arguments)
		if err != nil {
			t.Fatal(err)
		}
		switch a := answer.(type) {
		case *tools.Evaluation:
			d.Evaluation = a
		case *tools.Comparison:
			d.Comparison = a
		}
	}
	return text.Record(f, d)
}

// checked is the summary of a check of two records of other people's: one that cannot be read, and one that no longer holds.
func checked(t *testing.T, f *framework.Framework, next func(question bool) string) string {
	t.Helper()
	c, _ := f.Capability("service-mesh")
	r := record.New(f, c, f.Dictionary.NewSituation(), decide.Adopt, "x", "2026-11-23")
	report := record.Report{Findings: []record.Finding{
		{File: record.File{Name: next(false), Number: 1}, Problem: "it says " + next(false), Judgement: record.Judgement{State: record.Unreadable}},
		{File: record.File{Name: next(false), Number: 2, Record: r}, Judgement: record.Judgement{
			State: record.Broken, Expected: []decide.Verdict{decide.Adopt}, Possible: []decide.Verdict{decide.Skip},
		}},
	}}
	return text.Check{Framework: f, Report: report, Directory: "docs/decisions"}.Summary()
}
