package cli

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const bakery = `facts:
  - id: ovens
    type: integer
    question: How many ovens?
    meaning: Counted today.
id: baking
code: BA
title: Baking
summary: Bread of one's own.
triggers:
  - id: BA-T1
    says: There are ovens.
    when: ovens > 3
`

// verified runs verify with arguments; the words DIR, OLD, BROKEN and BASELINE stand for files of the test.
func verified(t *testing.T, arguments ...string) (out string, err error) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"DIR/baking.yaml":    bakery,
		"OLD/baking.yaml":    strings.Replace(bakery, "ovens > 3", "ovens > 5", 1),
		"BROKEN/baking.yaml": strings.Replace(bakery, "ovens > 3", "oven > 3", 1),
		"BASELINE":           "[{kind: silent, subject: baking, why: It was so.}]",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	var stdout bytes.Buffer
	i := &invocation{session: &session{Streams: Streams{Out: &stdout}}, flags: flag.NewFlagSet("layer2 verify", flag.ContinueOnError)}
	verifyFlags(i)
	for n, argument := range arguments {
		if argument == strings.ToUpper(argument) {
			arguments[n] = filepath.Join(dir, argument)
		}
	}
	if err := i.flags.Parse(arguments); err != nil {
		t.Fatal(err)
	}
	i.positional = i.flags.Args()
	err = verify(context.Background(), i)
	return stdout.String(), err
}

func TestVerifySaysWhatIsFoundAndWhetherItIsKnown(t *testing.T) {
	for _, test := range []struct {
		arguments string
		out, err  string
		status    int // 2: an error to show
	}{
		{"", "all of them known.\n", "", 0},
		{"--format json", `"new": []`, "", 0},
		{"DIR", "baking.yaml:6: unreachable-outcome: No facts make baking adopt (timing).", "", 1},
		{"--baseline BASELINE", "silent baking\n    was known: It was so.\n", "", 1},
		{"--against OLD DIR", "skip (need) -> consider (no_pressure) in 1 state, 1/6 (16.7 %)", "", 0},
		{"--against OLD --format json DIR", `"is": "ovens > 3"`, "", 0},
		{"--against shipped DIR", "New: baking\n", "", 0},
		{"--against OLD", "Gone: baking\n", "", 0},
		{"BROKEN", "", "the knowledge does not load:\nbaking.yaml:13:11: \"oven\" is not a fact; did you mean \"ovens\"?", 2},
		{"--against BROKEN DIR", "", "the old knowledge does not load:\nbaking.yaml:13:11: ", 2},
		{"MISSING", "", "no such file or directory", 2},
		{"--against MISSING", "", "--against: /", 2},
		{"--baseline MISSING", "", "--baseline: /", 2},
		{"--format xml", "", `--format: "xml" is not one of text, json`, 2},
		{"DIR OLD", "", "layer2 verify takes 0 or 1 arguments, not 2", 2},
	} {
		out, err := verified(t, strings.Fields(test.arguments)...)
		status, problem := 0, ""
		var exit statusError
		switch {
		case errors.As(err, &exit):
			status = int(exit)
		case err != nil:
			status, problem = 2, err.Error()
		}
		if status != test.status || !strings.Contains(out, test.out) || !strings.Contains(problem, test.err) {
			t.Errorf("verify %s: status %d, %q\n%s", test.arguments, status, problem, out)
		}
	}
}
