package record

import (
	"errors"
	"io/fs"
	"slices"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// Finding is the result of checking one record.
type Finding struct {
	File
	// Reference is what a person calls the file: see [Found.Reference].
	Reference string
	// Line is where the file states what has changed, or where the problem is.
	Line int
	// Problem says why the record is unreliable; empty if it is reliable.
	Problem string
	Judgement
	// Ask are the facts that would settle a doubtful record, the most decisive first.
	Ask []int
	// BrokenToo says that an unreliable record would also be broken if it counted.
	BrokenToo bool
	// Known says that the record was already broken at the revision that the check compares with.
	Known bool
	// Today is the situation that the record was checked against.
	Today fact.Situation
}

type Report struct {
	// Findings are the records in force and the unreliable ones, by file.
	Findings []Finding
	// Skipped counts the records not in force, by status; Passed counts the files without a record, by kind.
	Skipped []Skipped
	Passed  []Passed
}

type Skipped struct {
	Status string
	Count  int
}

// Check judges every record in force against today's situation. An unreadable record is a finding; the error means that the folder
// cannot be listed.
func Check(f *framework.Framework, folder fs.FS, today fact.Situation) (Report, error) {
	found, err := Find(f, folder)
	if err != nil {
		return Report{}, err
	}
	report := Report{Passed: found.Passed}
	skipped := map[string]int{}
	problems := found.problems()
	for _, file := range found.Files {
		finding := Finding{File: file, Reference: found.Reference(file), Line: 1, Today: today}
		problem, wrong := problems[file.Name]
		switch {
		case file.Err != nil:
			finding.unreadable(file.Err)
		case wrong:
			finding.State, finding.Problem = Unreadable, problem
			finding.Line = max(1, file.Record.lines.status)
			finding.BrokenToo = file.Record.InForce() && file.Record.Judge(f, today).State == Broken
		case !file.Record.InForce():
			skipped[file.Record.Status]++
			continue
		default:
			finding.Judgement = file.Record.Judge(f, today)
			finding.Line = finding.place()
			if finding.State == Doubtful && !finding.Confirm {
				c, _ := f.Capability(file.Capability) // it was read
				finding.Ask = c.Decision.Brief(today).Ask
			}
		}
		report.Findings = append(report.Findings, finding)
	}
	for _, status := range statuses {
		if skipped[status] > 0 {
			report.Skipped = append(report.Skipped, Skipped{status, skipped[status]})
		}
	}
	return report, nil
}

// Records counts the files with a record, whether in force or not.
func (r *Report) Records() int {
	n := len(r.Findings)
	for _, s := range r.Skipped {
		n += s.Count
	}
	return n
}

func (f *Finding) unreadable(err error) {
	f.State, f.Problem = Unreadable, err.Error()
	var unreadable UnreadableError
	if errors.As(err, &unreadable) {
		f.Line = max(1, unreadable.Mistakes[0].Line)
	}
}

// place returns the line of the fact or the statement that changed; of the verdict, if the file states neither.
func (f *Finding) place() int {
	fact, statement := -1, ""
	switch {
	case len(f.Crossed) > 0:
		fact = f.Crossed[0].Fact
	case len(f.Redefined) > 0:
		fact = f.Redefined[0].Fact
	case len(f.Reworded) > 0:
		statement = f.Reworded[0].ID
	case f.Nearest != nil:
		fact = f.Nearest.Set[0].Fact
	}
	return f.Record.Line(fact, statement)
}

// MarkKnown marks the broken records that were already broken in the earlier report: those with the same decision on the same
// facts, under whatever file name. Each earlier record accounts for one, the one of the same name first. A broken record that has
// since been accepted is a new decision, so it is not marked.
//
// The report's frameworks are passed because each may have other facts.
func (r *Report) MarkKnown(f *framework.Framework, before Report, then *framework.Framework) {
	type broken struct {
		name, content string
		accepted      bool
	}
	var was []broken
	for _, b := range before.Findings {
		if b.State == Broken || b.BrokenToo {
			was = append(was, broken{b.Name, b.Record.content(then), b.Record.Status == Accepted})
		}
	}
	for _, sameName := range []bool{true, false} {
		for i := range r.Findings {
			now := &r.Findings[i]
			if now.State != Broken || now.Known || len(was) == 0 {
				continue
			}
			content, accepted := now.Record.content(f), now.Record.Status == Accepted
			j := slices.IndexFunc(was, func(b broken) bool {
				return (!sameName || b.name == now.Name) && (b.accepted || !accepted) && b.content == content
			})
			if j >= 0 {
				now.Known = true
				was = slices.Delete(was, j, j+1)
			}
		}
	}
}

// Broken reports whether a broken record is not marked as known.
func (r *Report) Broken() bool {
	return slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.State == Broken && !f.Known })
}

// content identifies a decision: what was decided on which facts and statements, and reaffirmed since. Wording, dates and status
// do not count.
func (r *Record) content(f *framework.Framework) string {
	bare := Record{
		Capability: r.Capability, Verdict: r.Verdict, Possible: r.Possible, Decision: r.Decision, Facts: r.Facts, Unsettled: r.Unsettled, Statements: r.Statements,
	}
	for _, again := range r.Reaffirmed {
		again.Date, again.Reason, again.Knowledge = "", "", nil
		bare.Reaffirmed = append(bare.Reaffirmed, again)
	}
	return bare.FrontMatter(f)
}

// Exit returns the exit status of the check: the highest of its findings.
func (r *Report) Exit(strict bool) int {
	exit := 0
	for _, f := range r.Findings {
		exit = max(exit, f.Exit(strict))
	}
	return exit
}

// Exit returns 2 for an unreadable record, 1 for one that is newly broken, or doubtful if strict, else 0.
func (f *Finding) Exit(strict bool) int {
	switch {
	case f.State == Unreadable:
		return 2
	case f.State == Broken && !f.Known, f.State == Doubtful && strict:
		return 1
	}
	return 0
}

func (r *Report) Count(state State) int {
	n := 0
	for _, f := range r.Findings {
		if f.State == state {
			n++
		}
	}
	return n
}
