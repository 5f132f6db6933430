package main

import (
	"strings"
	"testing"
)

func TestReportShowsEveryWayInAndSaysWhatWentWrong(t *testing.T) {
	fine := row{"Some client 1.0", "stdio", "modern", map[string]string{"connect": good, "elicit": unasked}}.fill(cannot)
	broken := row{"Another", "http", "legacy", map[string]string{"connect": good, "list": "no answer"}}.fill("not reached")
	var out strings.Builder
	if err := report(&out, []row{fine}); err != nil {
		t.Error(err)
	}
	const want = `client           transport  era     connect  list  call  error  read  complete  prompt  elicit
Some client 1.0  stdio      modern  ok       -     -     -      -     -         -       ask list
`
	if got := out.String(); !strings.HasPrefix(got, want) || !strings.HasSuffix(got, "1 ways in, 1 things done as they should be\n") {
		t.Errorf("got\n%s", got)
	}
	out.Reset()
	err := report(&out, []row{fine, broken})
	if err == nil || err.Error() != "7 things went wrong: see above" {
		t.Errorf("error %v", err)
	}
	for _, want := range []string{"Another          http       legacy  ok       FAIL", "Another, http, legacy: list: no answer\n"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}
