package record

import (
	"slices"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// form is the version of the front matter that this package writes, and the latest that it reads.
const form = 1

// Record is the front matter of one decision.
type Record struct {
	// Status is one of MADR's, whatever the file calls it; Date is a day.
	Status, Date string
	// SupersededBy is what the file says after superseded, as it says it.
	SupersededBy string
	Capability   string
	// Verdict is what the framework said; Possible what it left open if that is undetermined, else nil.
	Verdict  decide.Verdict
	Possible []decide.Verdict
	// Decision is what was decided. Reason says why where that is not the verdict.
	Decision       decide.Verdict
	Reason         string
	VerdictReasons []decide.Reason
	// Facts are all that were known and that the capability asks for, in fact order; Sufficient those that the verdict rests on.
	Facts      []fact.Setting
	Sufficient []int
	// Sources say what says a fact, in fact order, for those of which it is known.
	Sources []Citation
	// Statements are all of the capability's that have a condition or a mark, as they read that day.
	Statements []Wording
	Flips      []decide.Flip
	Knowledge  Knowledge
	Reaffirmed []Reaffirmation

	lines lines
}

// Knowledge names the knowledge that a record rests on.
type Knowledge struct{ Version, Fingerprint string }

// Citation is a fact and the words, or the place in a file, that say it.
type Citation struct {
	Fact  int
	Words string
}

// Reaffirmation is what a decision was held to in spite of: what differed on a day, and what the framework said then.
type Reaffirmation struct {
	Date string
	// Facts are those that differed; a value that is unknown says that the fact no longer was.
	Facts    []fact.Setting
	Verdict  decide.Verdict
	Possible []decide.Verdict
	Reason   string
	// Statements are those that read otherwise, with no text where one was gone. Knowledge is nil where it was the same.
	Statements []Wording
	Knowledge  *Knowledge
}

// lines are where things stand in the file, from 1.
type lines struct {
	status     int
	verdict    int
	facts      map[int]int
	statements map[string]int
}

// New is the record of a decision on a capability, as a person would propose it. The reason may be empty where the decision is the
// verdict. Only what the capability asks for is kept of the situation.
func New(f *framework.Framework, c *framework.Capability, s fact.Situation, decision decide.Verdict, reason, date string) *Record {
	e := c.Decision.Explain(s)
	r := &Record{
		Status: Proposed, Date: date, Capability: c.ID.Value,
		Verdict: e.Verdict, Decision: decision, Reason: words.EscapeLines(reason), VerdictReasons: e.Reasons,
		Sufficient: e.Sufficient, Statements: Wordings(f, c), Flips: e.Flips,
		Knowledge: Knowledge{f.Version, f.Fingerprint},
	}
	if e.Verdict == decide.Undetermined {
		r.Possible = e.Possible
	}
	for _, index := range c.Decision.Facts() {
		if s[index].Kind != fact.Unknown {
			r.Facts = append(r.Facts, fact.Setting{Fact: index, Value: s[index]})
		}
	}
	return r
}

// Cite keeps what says each fact of the record. The sources are one for each fact of the dictionary, empty for those without; there may
// be none at all. Characters that do not print are written out in them, as in the reason: they are what somebody else said.
func (r *Record) Cite(sources []string) {
	r.Sources = nil
	for _, known := range r.Facts {
		if sources != nil && sources[known.Fact] != "" {
			r.Sources = append(r.Sources, Citation{known.Fact, words.EscapeLines(sources[known.Fact])})
		}
	}
}

// Expected is a record with its reaffirmations applied: what was last known, and what is expected to hold since.
type Expected struct {
	Situation fact.Situation
	// Verdict is the last one, Possible what it left open: itself alone, unless it is undetermined.
	Verdict    decide.Verdict
	Possible   []decide.Verdict
	Statements []Wording
	Knowledge  Knowledge
}

// Expected applies the reaffirmations, first to last.
func (r *Record) Expected(f *framework.Framework) Expected {
	e := Expected{
		Situation: f.Dictionary.NewSituation(), Statements: slices.Clone(r.Statements), Knowledge: r.Knowledge,
		Verdict: r.Verdict, Possible: possible(r.Verdict, r.Possible),
	}
	set(e.Situation, r.Facts)
	for _, again := range r.Reaffirmed {
		set(e.Situation, again.Facts)
		e.Verdict, e.Possible = again.Verdict, possible(again.Verdict, again.Possible)
		e.Statements = reread(e.Statements, again.Statements)
		if again.Knowledge != nil {
			e.Knowledge = *again.Knowledge
		}
	}
	return e
}

func possible(verdict decide.Verdict, kept []decide.Verdict) []decide.Verdict {
	if verdict == decide.Undetermined {
		return kept
	}
	return []decide.Verdict{verdict}
}

func set(s fact.Situation, facts []fact.Setting) {
	for _, fact := range facts {
		s[fact.Fact] = fact.Value
	}
}

// Line is where the file says what a fact, or a statement, was; where it says the verdict, if it says neither.
func (r *Record) Line(fact int, statement string) int {
	if line := r.lines.facts[fact]; line > 0 {
		return line
	}
	if line := r.lines.statements[statement]; line > 0 {
		return line
	}
	return r.lines.verdict
}
