package record

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// Source is where records come from: a Directory, or what one was at another time.
type Source interface {
	// Files are the Markdown files, by name.
	Files() ([]string, error)
	Read(name string) ([]byte, error)
}

// Folder is a read-only source, such as a folder at an earlier revision.
type Folder struct{ fs.FS }

// Files lists the Markdown files, as Directory.Files does.
func (f Folder) Files() ([]string, error) {
	files, err := markdown(f.FS)
	return files, reason(err)
}

// Read reads a file.
func (f Folder) Read(name string) ([]byte, error) {
	content, err := fs.ReadFile(f.FS, name)
	return content, reason(err)
}

// Finding is one record and how it stands.
type Finding struct {
	File   string
	Number int
	// Line is where the file says what was otherwise, or what is wrong with it.
	Line int
	// Record is nil if it cannot be read; then Problem says why.
	Record  *Record
	Problem string
	Judgement
	// Known says that the record was broken before, at the state that the check was told to compare with.
	Known bool
	// Today is what was known when it was checked.
	Today decide.Situation
}

// Report is what became of all records.
type Report struct {
	Findings []Finding
	// Skipped are the records that are not in force, by status, and Other the Markdown files that are no records.
	Skipped []Skipped
	Other   int
}

// Skipped is how many records have a status.
type Skipped struct {
	Status string
	Count  int
}

// Check holds every record in force against what is known today.
func Check(f *framework.Framework, from Source, today decide.Situation) (Report, error) {
	files, err := from.Files()
	if err != nil {
		return Report{}, err
	}
	var report Report
	skipped := map[string]int{}
	for _, file := range files {
		finding := Finding{File: file, Number: NumberOf(file), Line: 1, Today: today}
		content, err := from.Read(file)
		if err == nil {
			finding.Record, err = Read(f, content)
		}
		switch {
		case errors.Is(err, ErrOther), err != nil && content == nil && finding.Number == 0:
			report.Other++
			continue
		case err != nil:
			finding.unreadable(err)
		case !finding.Record.InForce():
			word, _, _ := strings.Cut(finding.Record.Status, " ")
			skipped[word]++
			continue
		default:
			finding.Judgement = finding.Record.Judge(f, today)
			finding.Line = finding.place()
		}
		report.Findings = append(report.Findings, finding)
	}
	for _, status := range statuses {
		if skipped[status] > 0 {
			report.Skipped = append(report.Skipped, Skipped{status, skipped[status]})
		}
	}
	report.refuseTwins()
	return report, nil
}

func (f *Finding) unreadable(err error) {
	f.State, f.Problem = Unreadable, err.Error()
	var mistakes Mistakes
	if errors.As(err, &mistakes) {
		f.Line = mistakes[0].Line
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

// refuseTwins marks accepted records of one capability: nobody can say which of them holds.
func (r *Report) refuseTwins() {
	accepted := map[string][]int{}
	for i, f := range r.Findings {
		if f.Record != nil && f.Record.Status == Accepted {
			accepted[f.Record.Capability] = append(accepted[f.Record.Capability], i)
		}
	}
	for capability, twins := range accepted {
		for _, i := range twins {
			others := slices.DeleteFunc(slices.Clone(twins), func(j int) bool { return i == j })
			if len(others) == 0 {
				continue
			}
			f := &r.Findings[i]
			f.Judgement = Judgement{State: Unreadable}
			f.Problem = fmt.Sprintf("%s is accepted for %s too: supersede one of them", r.Findings[others[0]].File, capability)
		}
	}
}

// Excuse marks the broken records that were broken in an earlier report already.
func (r *Report) Excuse(before Report) {
	for i := range r.Findings {
		f := &r.Findings[i]
		f.Known = f.State == Broken && slices.ContainsFunc(before.Findings, func(b Finding) bool {
			return b.File == f.File && b.State == Broken
		})
	}
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
