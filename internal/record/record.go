package record

import (
	"slices"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// form is the version of the front matter that is written, and the latest that is read.
const form = 1

type Record struct {
	// Status is one of MADR's, with synonyms resolved; Date is a day, as 2026-11-23.
	Status, Date string
	// SupersededBy is the text after superseded in the file.
	SupersededBy string
	Capability   string
	// Verdict is what the framework said; Possible what it left open if that is undetermined, else nil.
	Verdict  decide.Verdict
	Possible []decide.Verdict
	// Decision is what was decided, and Reason why, if it is not the verdict.
	Decision       decide.Verdict
	Reason         string
	VerdictReasons []decide.Reason
	// Facts are the known facts that the capability depends on, in fact order; Sufficient are those that the verdict is based on.
	Facts      []fact.Setting
	Sufficient []int
	// Unsettled are the facts it depends on that had been raised and left open, in fact order.
	Unsettled []int
	// Sources are the known sources of facts, in fact order.
	Sources []Citation
	// Statements are those of the capability with a condition or a mark, as worded that day.
	Statements []Wording
	Flips      []decide.Flip
	Knowledge  Knowledge
	Reaffirmed []Reaffirmation

	lines lines
}

// Knowledge identifies the knowledge that a record is based on.
type Knowledge struct{ Version, Fingerprint string }

// Citation is a fact and its source: a quotation, or a place in a file.
type Citation struct {
	Fact  int
	Words string
}

// Reaffirmation keeps a decision despite what differed on a day and what the framework said then.
type Reaffirmation struct {
	Date string
	// Facts are those that differed; an unknown value means that the fact was no longer known. Unsettled are those that had become so.
	Facts     []fact.Setting
	Unsettled []int
	Verdict   decide.Verdict
	Possible  []decide.Verdict
	Reason    string
	// Statements are those that were reworded; without a text, the statement was gone. Knowledge is nil if it was the same.
	Statements []Wording
	Knowledge  *Knowledge
}

// lines are line numbers in the file, from 1.
type lines struct {
	status     int
	verdict    int
	facts      map[int]int
	statements map[string]int
}

// New returns a proposed record of a decision on a capability. The reason may be empty if the decision is the verdict. Facts that
// the capability does not depend on are left out.
func New(f *framework.Framework, c *framework.Capability, s fact.Situation, decision decide.Verdict, reason, date string) *Record {
	e := c.Decision.Explain(s)
	r := &Record{
		Status: Proposed, Date: date, Capability: c.ID.Value,
		Verdict: e.Verdict, Decision: decision, Reason: words.EscapeLines(reason), VerdictReasons: e.Reasons,
		Sufficient: e.Sufficient, Statements: Wordings(f, c),
		Knowledge: Knowledge{f.Version, f.Fingerprint},
	}
	if e.Verdict == decide.Undetermined {
		r.Possible = e.Possible
	} else {
		r.Flips = e.Flips // those of a provisional verdict rest on what it assumes, which is not in the record
	}
	for _, index := range c.Decision.Facts() {
		if s[index].Kind != fact.Unknown {
			r.Facts = append(r.Facts, fact.Setting{Fact: index, Value: s[index]})
		}
		if s[index].Unsettled {
			r.Unsettled = append(r.Unsettled, index)
		}
	}
	return r
}

// Cite sets the sources of the record's facts, unsettled ones among them. The argument is nil, or has a source for each fact of the dictionary, empty if
// unknown. Characters that do not print are escaped.
func (r *Record) Cite(sources []string) {
	r.Sources = nil
	if sources == nil {
		return
	}
	facts := slices.Clone(r.Unsettled)
	for _, known := range r.Facts {
		facts = append(facts, known.Fact)
	}
	slices.Sort(facts)
	for _, fact := range facts {
		if sources[fact] != "" {
			r.Sources = append(r.Sources, Citation{fact, words.EscapeLines(sources[fact])})
		}
	}
}

// Expected is a record with its reaffirmations applied.
type Expected struct {
	Situation fact.Situation
	// Verdict is the last one. Possible is what it left open, or the verdict alone.
	Verdict    decide.Verdict
	Possible   []decide.Verdict
	Statements []Wording
	Knowledge  Knowledge
}

func (r *Record) Expected(f *framework.Framework) Expected {
	e := Expected{
		Situation: f.Dictionary.NewSituation(), Statements: slices.Clone(r.Statements), Knowledge: r.Knowledge,
		Verdict: r.Verdict, Possible: possible(r.Verdict, r.Possible),
	}
	set(e.Situation, r.Facts)
	unsettle(e.Situation, r.Unsettled)
	for _, again := range r.Reaffirmed {
		set(e.Situation, again.Facts)
		unsettle(e.Situation, again.Unsettled)
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

func unsettle(s fact.Situation, facts []int) {
	for _, index := range facts {
		s[index] = fact.Value{Unsettled: true}
	}
}

// Line returns the line of a fact or a statement in the file; that of the verdict, if the file has neither.
func (r *Record) Line(fact int, statement string) int {
	if line := r.lines.facts[fact]; line > 0 {
		return line
	}
	if line := r.lines.statements[statement]; line > 0 {
		return line
	}
	return r.lines.verdict
}
