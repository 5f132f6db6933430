package text_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/vanhoutenbos/layer2/evals/golden"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/text"
	"github.com/vanhoutenbos/layer2/tools"
)

// assessed is an evaluation as people get it, built by hand: one decided against, one for, one provisional, one withheld.
func assessed() *tools.Evaluation {
	skip := bare("service-mesh", "skip", "need")
	skip.Title, skip.Complexity = "Service mesh", "medium-high"
	skip.For = []tools.Support{{ID: "SM-W1", Says: "The microservices already serve real users.", Facts: fact.Values{{Fact: "services_in_production", Value: boolean(true)}}}}
	skip.Against = []tools.Objection{
		objection("SM-T3", "unmet", "Latency has to be known for each service.", boolean(false)),
		objection("SM-N1", "floor", "Fewer than three services.", number(2)),
		objection("SM-N3", "answers", "Network policies are all that is asked for.", number(2), "SM-T1", "SM-T2"),
	}
	adopt := full.Verdicts[0]
	adopt.Verdict, adopt.Reasons, adopt.Possible, adopt.Provisional, adopt.Direction = "adopt", []string{"timing"}, []string{"adopt"}, nil, nil
	adopt.Ask, adopt.Against = []tools.Question{}, []tools.Objection{}
	provisional := full.Verdicts[0]
	provisional.Capability, provisional.Title, provisional.Running = "distributed-tracing", "Distributed tracing", pointer(false)
	withheld := bare("auditing", "undetermined", "contested")
	withheld.Reasons, withheld.Withheld, withheld.Direction = []string{}, pointer("open"), pointer("pursue")
	withheld.Title, withheld.Complexity = "Security and auditing", "not stated"
	withheld.Possible, withheld.Ask = []string{"consider", "adopt"}, []tools.Question{askRules}
	return &tools.Evaluation{
		Header: header, Verdicts: []tools.Verdict{skip, adopt, provisional, withheld},
		AskFirst: []tools.Question{askedBy(askServices, "distributed-tracing", "auditing"), askedBy(askRules, "auditing")},
	}
}

func TestTable(t *testing.T) {
	golden.Compare(t, "testdata/table.txt", text.Table(assessed(), 110))
	golden.Compare(t, "testdata/table-narrow.txt", text.Table(assessed(), 60))
}

func TestSection(t *testing.T) {
	golden.Compare(t, "testdata/section.md", text.Section(assessed()))
}

func TestTableKeepsToItsWidth(t *testing.T) {
	for _, width := range []int{60, 80, 110, 160} {
		for line := range strings.Lines(text.Table(assessed(), width)) {
			if line = strings.TrimSuffix(line, "\n"); utf8.RuneCountInString(line) > width {
				t.Errorf("width %d: %q", width, line)
			}
			if strings.TrimRight(line, " ") != line {
				t.Errorf("width %d: trailing spaces in %q", width, line)
			}
		}
	}
}

// What the knowledge says is text: it cannot break the Markdown around it.
func TestSectionShowsTextAsItIs(t *testing.T) {
	e := assessed()
	e.Verdicts[0].For[0].Says = "Use <b>bold</b>, *stars*, `code` and [links](https://example.org)."
	const want = "Use \\<b>bold\\</b>, \\*stars\\*, \\`code\\` and \\[links\\](https://example.org) [SM-W1]."
	if text := text.Section(e); !strings.Contains(text, want) {
		t.Errorf("no %q in\n%s", want, text)
	}
}

// A caller's words are data: in a code span nothing in them acts as markup, and their line breaks do not start a line.
func TestSectionShowsSourcesAsTheyAre(t *testing.T) {
	e := assessed()
	e.Sources = tools.Sources{
		{Fact: "services", Words: "a ``b`` and <b>c</b>\n# Adopt [all](https://example.org)"},
		{Fact: "call_chains", Words: "plan.md:3"},
	}
	const want = "- `services`: ``` \"a ``b`` and <b>c</b>\\u{a}# Adopt [all](https://example.org)\" ```\n" +
		"- `call_chains`: `\"plan.md:3\"`\n- **Without a source:** `rto_minutes`, `disaster_recovery`\n"
	if text := text.Section(e); !strings.Contains(text, want) {
		t.Errorf("no %s in\n%s", want, text)
	}
}

func TestSectionOmitsSourcesThatNobodyNamed(t *testing.T) {
	e := assessed()
	e.Sources, e.Unsourced = nil, nil
	if text := text.Section(e); strings.Contains(text, "Where the facts come from") {
		t.Error(text)
	}
	e.Sources, e.Unsourced = tools.Sources{}, []string{}
	if text := text.Section(e); !strings.Contains(text, "No fact has a source.") {
		t.Error(text)
	}
}
