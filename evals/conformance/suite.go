package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"time"
)

// suite is one run of the official suite: a version of it in a revision of the protocol.
type suite struct {
	// name is what expected.yaml calls it; folder is where the package is.
	name, folder, version, revision string
}

// suites are all that are run. The old version knows one revision only.
var suites = []suite{
	{"0.1", "conformance-0.1", "0.1.16", "2025-11-25"},
	{"2025-06-18", "conformance-0.2", "0.2.0-alpha.12", "2025-06-18"},
	{"2025-11-25", "conformance-0.2", "0.2.0-alpha.12", "2025-11-25"},
	{"2026-07-28", "conformance-0.2", "0.2.0-alpha.12", "2026-07-28"},
}

// check is one finding of the suite.
type check struct {
	Scenario string `json:"-"`
	ID       string `json:"id"`
	Status   string `json:"status"`
	Error    string `json:"errorMessage"`
}

// unfulfilled reports whether the server does not do what the check wants; a warning is about a SHOULD.
func (c check) unfulfilled() bool { return c.Status == "FAILURE" || c.Status == "WARNING" }

// longest is how long one run of a suite may take. It takes seconds.
const longest = 3 * time.Minute

// run runs the suite against an address and reads what it found.
func (s suite) run(ctx context.Context, packages, address, scratch string) ([]check, error) {
	ctx, stop := context.WithTimeout(ctx, longest)
	defer stop()
	modules := filepath.Join(packages, "node_modules")
	command := exec.CommandContext(ctx, filepath.Join(modules, ".bin", "node"), filepath.Join(modules, s.folder, "dist", "index.js"),
		"server", "--url", address, "--suite", "all", "--spec-version", s.revision, "--output-dir", scratch)
	text, err := command.CombinedOutput()
	var failed *exec.ExitError
	_, summary, complete := bytes.Cut(text, []byte("=== SUMMARY ==="))
	if err != nil && !errors.As(err, &failed) || !complete { // it ends with 1 for every failure that it finds
		return nil, fmt.Errorf("it did not come to an end: %w\n%s", err, text)
	}
	checks, scenarios, err := readChecks(scratch)
	if err == nil && scenarios != len(summaryLine.FindAll(summary, -1)) {
		err = fmt.Errorf("results of %d scenarios, but the summary is\n%s", scenarios, summary)
	}
	return checks, err
}

var (
	summaryLine = regexp.MustCompile(`(?m)^[✓✗] [a-z0-9-]+: \d+ passed`)
	// resultFolder is how the suite names the folder of a scenario: server-SCENARIO-TIME.
	resultFolder = regexp.MustCompile(`^server-(.+)-\d{4}-\d\d-\d\dT[0-9Z-]+$`)
)

// readChecks reads the findings, a folder for each scenario.
func readChecks(scratch string) (checks []check, scenarios int, err error) {
	folders, err := os.ReadDir(scratch)
	if err != nil {
		return nil, 0, err
	}
	for _, folder := range folders {
		name := resultFolder.FindStringSubmatch(folder.Name())
		if name == nil {
			return nil, 0, fmt.Errorf("%q is not a folder of results", folder.Name())
		}
		text, err := os.ReadFile(filepath.Join(scratch, folder.Name(), "checks.json"))
		if err != nil {
			return nil, 0, err
		}
		var found []check
		if err := json.Unmarshal(text, &found); err != nil {
			return nil, 0, fmt.Errorf("%s: %w", folder.Name(), err)
		}
		for _, c := range found {
			c.Scenario = name[1]
			checks = append(checks, c)
		}
	}
	return checks, len(folders), nil
}
