package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/evals"
	"github.com/vanhoutenbos/layer2/evals/coverage"
	"github.com/vanhoutenbos/layer2/evals/grounding"
	"github.com/vanhoutenbos/layer2/evals/transcript"
	"github.com/vanhoutenbos/layer2/evals/walks"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// The random part of the report is drawn with one seed, so that the page is the same each time; the tests take another each time.
const (
	seed     = 1
	games    = 2_000
	wandered = 10_000
)

// sources is where a report reads what it does not measure itself.
type sources struct {
	repository fs.FS
	mutation   string // a file outside of it, or none
}

// results is everything that a report says.
type results struct {
	framework *framework.Framework
	cases     []played
	calls     int
	coverage  []coverage.Section
	questions []walks.Questions
	grounding grounding.Report
	steps     int      // of walks
	added     []string // where learning added a possibility
	mutants   *mutants // nil: not known
	tokens    []count
}

// played is a case, and where an answer is not what it says.
type played struct {
	evals.Case
	differences []string
}

// gather measures everything that does not take minutes, and reads the rest.
func gather(ctx context.Context, f *framework.Framework, from sources) (*results, error) {
	cases, err := from.cases()
	if err != nil {
		return nil, err
	}
	r := &results{framework: f}
	if err := r.play(ctx, cases); err != nil {
		return nil, err
	}
	if r.coverage, err = coverage.Measure(ctx, f, cases); err != nil {
		return nil, err
	}
	calls, err := transcript.All(ctx, f, cases)
	if err != nil {
		return nil, err
	}
	if r.grounding, err = grounding.Check(ctx, f, calls); err != nil {
		return nil, err
	}
	if r.questions, err = walks.Ask(f, seed, games); err != nil {
		return nil, err
	}
	if r.steps, r.added, err = walks.Learn(f, seed, wandered); err != nil {
		return nil, err
	}
	if r.mutants, err = readMutants(from.mutation); err != nil {
		return nil, err
	}
	r.tokens, err = readTokens(from.repository)
	return r, err
}

// play plays every case and compares the answers with what it says.
func (r *results) play(ctx context.Context, cases []evals.Case) (err error) {
	session, err := transcript.Open(ctx, r.framework)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, session.Close()) }()
	for _, c := range cases {
		checks, err := c.Checks()
		if err != nil {
			return err
		}
		p := played{Case: c}
		for _, check := range checks {
			call := transcript.Call{Case: &c, Tool: check.Tool, Capability: check.Capability, Arguments: check.Arguments}
			if err := session.Ask(ctx, &call); err != nil {
				return err
			}
			r.calls++
			differences, err := check.Compare(call.Structured)
			if err != nil {
				return err
			}
			for _, difference := range differences {
				p.differences = append(p.differences, difference.Text)
			}
		}
		r.cases = append(r.cases, p)
	}
	return nil
}

// mutants is how the mutants of the knowledge ended.
type mutants struct{ all, refused, equivalent, killed, survivors string }

var mutantLine = regexp.MustCompile(`(\d+) mutants: (\d+) refused, (\d+) equivalent, (\d+) killed, (\d+) survivors`)

// readMutants finds the sum in what the test of evals/mutation printed.
func readMutants(file string) (*mutants, error) {
	if file == "" {
		return nil, nil
	}
	printed, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	sum := mutantLine.FindSubmatch(printed)
	if sum == nil {
		return nil, fmt.Errorf("%s: no line says how the mutants ended; the test has to run with -v", file)
	}
	return &mutants{string(sum[1]), string(sum[2]), string(sum[3]), string(sum[4]), string(sum[5])}, nil
}

// count is one line of the token baseline.
type count struct{ name, tokens, budget string }

// readTokens reads the counts that evals/cost has checked in.
func readTokens(repository fs.FS) ([]count, error) {
	content, err := fs.ReadFile(repository, "evals/cost/baseline.txt")
	if err != nil {
		return nil, err
	}
	var counts []count
	for line := range strings.Lines(string(content)) {
		name, tokens, _ := strings.Cut(strings.TrimSpace(line), ": ")
		tokens, budget, _ := strings.Cut(tokens, " of ")
		counts = append(counts, count{name, tokens, budget})
	}
	return counts, nil
}

// cases reads the cases of the repository.
func (s sources) cases() ([]evals.Case, error) {
	files, err := fs.Sub(s.repository, "evals/cases")
	if err != nil {
		return nil, err
	}
	cases, err := evals.Cases(files)
	if err == nil && len(cases) == 0 {
		err = errors.New("no cases in evals/cases: run this in the root of the repository, or give -root")
	}
	return cases, err
}

// disagreeing are the cases that some answer contradicts.
func (r *results) disagreeing() []played {
	return slices.DeleteFunc(slices.Clone(r.cases), func(p played) bool { return len(p.differences) == 0 })
}
