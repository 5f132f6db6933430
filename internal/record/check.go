package record

import (
	"errors"
	"io/fs"
	"slices"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// Finding is one record and how it stands.
type Finding struct {
	File
	// Reference is how a person names the file in the folder.
	Reference string
	// Line is where the file says what was otherwise, or what is wrong with it.
	Line int
	// Problem says why the record cannot be relied on; empty if it can.
	Problem string
	Judgement
	// Ask are the facts that would settle a doubtful record, those that settle most first.
	Ask []int
	// BrokenToo says that a record that cannot be relied on would be broken if it could.
	BrokenToo bool
	// Known says that the record was broken before, at the state that the check was told to compare with.
	Known bool
	// Today is what was known when it was checked.
	Today fact.Situation
}

// Report is what became of all records.
type Report struct {
	// Findings are the records that are in force, and those that cannot be relied on, by file.
	Findings []Finding
	// Skipped are the records that are not in force, by status, and Passed the files that hold no record, by kind.
	Skipped []Skipped
	Passed  []Passed
}

// Skipped is how many records have a status.
type Skipped struct {
	Status string
	Count  int
}

// Check holds every record in force against what is known today.
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
			if finding.State == Doubtful {
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

// Records is how many files hold a record, in force or not.
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

// place is the line of the fact or the statement that undid the record; of its verdict, where neither stands in it.
func (f *Finding) place() int {
	fact, statement := -1, ""
	switch {
	case len(f.Crossed) > 0:
		fact = f.Crossed[0].Fact
	case len(f.Reworded) > 0:
		statement = f.Reworded[0].ID
	case f.Nearest != nil:
		fact = f.Nearest.Set[0].Fact
	}
	return f.Record.Line(fact, statement)
}

// Excuse marks the broken records that were broken in an earlier report already: the same decision on the same facts, whatever its file
// is called now. A record that was broken once excuses one, the one of the same name first. To accept a broken record is a new decision.
//
// The framework of each report is needed because each may know other facts.
func (r *Report) Excuse(f *framework.Framework, before Report, then *framework.Framework) {
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

// Broken reports whether a record is broken that was not before, as far as is known yet.
func (r *Report) Broken() bool {
	return slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.State == Broken && !f.Known })
}

// content is what makes a record the decision that it is: what was decided on which facts and statements, and held to since. Words, days
// and the status are not part of it.
func (r *Record) content(f *framework.Framework) string {
	bare := Record{
		Capability: r.Capability, Verdict: r.Verdict, Possible: r.Possible, Decision: r.Decision, Facts: r.Facts, Statements: r.Statements,
	}
	for _, again := range r.Reaffirmed {
		again.Date, again.Reason, again.Knowledge = "", "", nil
		bare.Reaffirmed = append(bare.Reaffirmed, again)
	}
	return bare.FrontMatter(f)
}

// Exit is the exit status of a check: the highest of its records.
func (r *Report) Exit(strict bool) int {
	exit := 0
	for _, f := range r.Findings {
		exit = max(exit, f.Exit(strict))
	}
	return exit
}

// Exit is the exit status of one record: 2 if it is unreadable, 1 if it is broken and was not before, or doubtful and strict.
func (f *Finding) Exit(strict bool) int {
	switch {
	case f.State == Unreadable:
		return 2
	case f.State == Broken && !f.Known, f.State == Doubtful && strict:
		return 1
	}
	return 0
}

// Count is how many records have a state.
func (r *Report) Count(state State) int {
	n := 0
	for _, f := range r.Findings {
		if f.State == state {
			n++
		}
	}
	return n
}
