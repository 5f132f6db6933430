package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// entry is something that the suite wants and does not get, for one reason.
type entry struct {
	Reason string
	// Servers and Suites are where; all if left out.
	Servers, Suites []string
	// Checks are the scenarios, each alone for all its checks but those of the wire format, or as scenario:check.
	Checks []string
}

// result is what a suite found at a server.
type result struct {
	server string
	suite  suite
	checks []check
}

func readExpected(file string) ([]entry, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var list []entry
	if err := yaml.Load(text, &list, yaml.WithKnownFields()); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	for i, e := range list {
		if e.Reason == "" || len(e.Checks) == 0 {
			return nil, fmt.Errorf("%s: entry %d needs a reason and checks", file, i+1)
		}
	}
	return list, nil
}

// where reports whether the entry is about a run.
func (e entry) where(r result) bool {
	return (len(e.Servers) == 0 || slices.Contains(e.Servers, r.server)) && (len(e.Suites) == 0 || slices.Contains(e.Suites, r.suite.name))
}

// wire is the check that every message is as the schema of the protocol says. No scenario is excused from it as a whole.
const wire = "wire-schema-valid"

// excuses reports whether a pattern of an entry is about a check.
func excuses(pattern string, c check) bool {
	scenario, id, one := strings.Cut(pattern, ":")
	return scenario == c.Scenario && (one && id == c.ID || !one && c.ID != wire)
}

// judge is a line for everything that is not as expected: what fails and is not excused, and what is excused and does not fail.
func judge(results []result, expected []entry) []string {
	var wrong []string
	for _, r := range results {
		for _, c := range r.checks {
			excused := slices.ContainsFunc(expected, func(e entry) bool {
				return e.where(r) && slices.ContainsFunc(e.Checks, func(pattern string) bool { return excuses(pattern, c) })
			})
			if c.unfulfilled() && !excused {
				wrong = append(wrong, fmt.Sprintf("NEW %s %s, %s %s:%s: %s", c.Status, r.server, r.suite.name, c.Scenario, c.ID, c.Error))
			}
		}
	}
	for _, e := range expected {
		for _, pattern := range e.Checks {
			wrong = append(wrong, stale(e, pattern, results)...)
		}
	}
	return wrong
}

// stale is a line for every run that has the scenario of a pattern and fulfils it, and one if no run has it.
func stale(e entry, pattern string, results []result) []string {
	var wrong []string
	scenario, _, _ := strings.Cut(pattern, ":")
	found := false
	for _, r := range results {
		if !e.where(r) || !slices.ContainsFunc(r.checks, func(c check) bool { return c.Scenario == scenario }) {
			continue
		}
		found = true
		if !slices.ContainsFunc(r.checks, func(c check) bool { return excuses(pattern, c) && c.unfulfilled() }) {
			wrong = append(wrong, fmt.Sprintf("FULFILLED NOW %s, %s %s: take it out of expected.yaml", r.server, r.suite.name, pattern))
		}
	}
	if !found {
		wrong = append(wrong, fmt.Sprintf("UNKNOWN %s: no run has it: take it out of expected.yaml", pattern))
	}
	return wrong
}

// counts are the checks of a run by how they ended.
type counts struct{ scenarios, passed, unfulfilled, other int }

func (r result) count() counts {
	var n counts
	scenarios := map[string]bool{}
	for _, c := range r.checks {
		scenarios[c.Scenario] = true
		switch {
		case c.Status == "SUCCESS":
			n.passed++
		case c.unfulfilled():
			n.unfulfilled++
		default:
			n.other++
		}
	}
	n.scenarios = len(scenarios)
	return n
}
