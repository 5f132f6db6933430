package main

import (
	"slices"
	"strings"
	"testing"
)

func TestJudgeNamesWhatIsNotAsExpected(t *testing.T) {
	modern := suite{name: "2026-07-28"}
	results := []result{
		{"product", modern, []check{
			{Scenario: "caching", ID: "hints", Status: "SUCCESS"},
			{Scenario: "tools", ID: "list", Status: "FAILURE"},
			{Scenario: "tools", ID: wire, Status: "SUCCESS"},
			{Scenario: "streams", ID: "session", Status: "WARNING"},
			{Scenario: "streams", ID: "idle", Status: "SKIPPED"},
		}},
		{"fixtures", modern, []check{{Scenario: "tools", ID: "list", Status: "SUCCESS"}}},
	}
	all := []string{"tools", "streams"}
	cases := map[string]struct {
		results  []result
		expected []entry
		want     []string // how the lines begin
	}{
		"all of it":               {results, []entry{{Servers: []string{"product"}, Checks: all}}, nil},
		"a check by its name":     {results, []entry{{Servers: []string{"product"}, Checks: []string{"tools:list", "streams:session"}}}, nil},
		"something new":           {results, []entry{{Checks: []string{"streams"}}}, []string{"NEW FAILURE product, 2026-07-28 tools:list"}},
		"a warning is new too":    {results, []entry{{Servers: []string{"product"}, Checks: []string{"tools"}}}, []string{"NEW WARNING product, 2026-07-28 streams:session"}},
		"fulfilled on one server": {results, []entry{{Checks: all}}, []string{"FULFILLED NOW fixtures, 2026-07-28 tools"}},
		"fulfilled as a check":    {results, []entry{{Servers: []string{"product"}, Checks: append(all, "caching:hints")}}, []string{"FULFILLED NOW product, 2026-07-28 caching:hints"}},
		"in no run":               {results, []entry{{Servers: []string{"product"}, Checks: append(all, "gone")}}, []string{"UNKNOWN gone"}},
		"in another suite": {results, []entry{{Servers: []string{"product"}, Checks: all}, {Suites: []string{"0.1"}, Checks: []string{"tools"}}},
			[]string{"UNKNOWN tools"}},
		"the wire format is excused by name only": {
			[]result{{"product", modern, []check{{Scenario: "tools", ID: "list", Status: "FAILURE"}, {Scenario: "tools", ID: wire, Status: "FAILURE"}}}},
			[]entry{{Checks: []string{"tools"}}},
			[]string{"NEW FAILURE product, 2026-07-28 tools:wire-schema-valid"},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got := judge(c.results, c.expected)
			if !slices.EqualFunc(got, c.want, strings.HasPrefix) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

func TestEveryExpectedEntryHasAReason(t *testing.T) {
	list, err := readExpected("expected.yaml")
	if err != nil {
		t.Fatal(err)
	}
	servers, names := []string{"product", "fixtures"}, []string{}
	for _, s := range suites {
		names = append(names, s.name)
	}
	for _, e := range list {
		for _, server := range e.Servers {
			if !slices.Contains(servers, server) {
				t.Errorf("%q is not a server", server)
			}
		}
		for _, suite := range e.Suites {
			if !slices.Contains(names, suite) {
				t.Errorf("%q is not a suite", suite)
			}
		}
	}
}
