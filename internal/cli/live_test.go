package cli

import (
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/vanhoutenbos/layer2/evals/client"
)

// served is a client of serve --facts.
func served(t *testing.T, file string) *client.Client {
	t.Helper()
	i := &invocation{session: &session{Streams: Streams{Out: io.Discard, Err: io.Discard}}, flags: flag.NewFlagSet("", flag.ContinueOnError)}
	i.facts, i.logLevel = file, "disabled"
	server, _, err := i.server(i.liveFacts)
	if err != nil {
		t.Fatal(err)
	}
	client, err := client.Connect(t.Context(), server, client.Modern)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	return client
}

// TestServeAnswersFromTheFactsOfNow edits the file between the calls of one running server, in every way in which it can be edited.
func TestServeAnswersFromTheFactsOfNow(t *testing.T) {
	file := filepath.Join(t.TempDir(), "layer2.yaml")
	says := func(n string) string { return "facts: {services: " + n + "}\nsources: {services: counted " + n + "}\n" }
	content := func(text string) func() error {
		return func() error { return os.WriteFile(file, []byte(text), 0o644) }
	}
	then := time.Now().Add(-time.Hour)
	if err := content(says("2"))(); err != nil {
		t.Fatal(err)
	}
	client := served(t, file)
	for _, step := range []struct {
		name string
		edit func() error
		want string // in every answer
	}{
		{"as it was", func() error { return nil }, "counted 2"},
		{"another value of the same size", content(says("9")), "counted 9"},
		{"the same size and the same time", func() error {
			return errors.Join(os.Chtimes(file, then, then), content(says("8"))(), os.Chtimes(file, then, then))
		}, "counted 8"},
		{"a misspelt fact", content("facts:\n  services: 8\n  tenancie: multi\n"), file + `:3:3: "tenancie" is not a fact; did you mean "tenancy"?`},
		{"no YAML", content("facts: {services: 8\n"), file + ":2:1: not YAML"},
		{"half of it", content(""), file + ": the file says nothing"},
		{"no file", func() error { return os.Remove(file) }, file + ": no such file or directory"},
		{"a folder", func() error { return os.Mkdir(file, 0o755) }, file + ": a folder, not a regular file"},
		{"mended, another file by rename", func() error {
			err := errors.Join(os.Remove(file), os.WriteFile(file+".new", []byte(says("3")), 0o644))
			return errors.Join(err, os.Rename(file+".new", file))
		}, "counted 3"},
	} {
		if err := step.edit(); err != nil {
			t.Fatal(err)
		}
		wrong := strings.HasPrefix(step.want, file)
		for _, call := range [][2]string{
			{"evaluate_trigger", `{"capability":"service-mesh"}`},
			{"evaluate_trigger", `{}`},
			{"plan_layer3", `{}`},
			{"compare_tools", `{"capability":"service-mesh"}`},
		} {
			result, err := client.CallTool(t.Context(), call[0], []byte(call[1]))
			from := "From the workspace: services"
			if wrong {
				from = "1 mistake in the facts file:\n- " + step.want
			}
			if err != nil || result.Failed != wrong || !strings.Contains(result.Text, from) {
				t.Errorf("%s: %s %s: %v, failed %t\n%s", step.name, call[0], call[1], err, result.Failed, result.Text)
			}
			if call == [2]string{"evaluate_trigger", `{"capability":"service-mesh"}`} && !strings.Contains(result.Text, step.want) {
				t.Errorf("%s: it does not say %q:\n%s", step.name, step.want, result.Text)
			}
		}
		messages, err := client.GetPrompt(t.Context(), "challenge-decision", map[string]string{"capability": "service-mesh", "decision": "adopt"})
		switch {
		case wrong && (err == nil || !strings.Contains(err.Error(), step.want)):
			t.Errorf("%s: the prompt: %v, want %s", step.name, err, step.want)
		case !wrong && (err != nil || len(messages) == 0):
			t.Errorf("%s: the prompt: %v", step.name, err)
		}
		if result, err := client.CallTool(t.Context(), "cite", []byte(`{"ids":["SM-T1"]}`)); err != nil || result.Failed {
			t.Errorf("%s: cite needs no facts: %v %s", step.name, err, result.Text)
		}
	}
}

func TestServeNeedsRightFactsAtTheStart(t *testing.T) {
	dir := t.TempDir()
	wrong := filepath.Join(dir, "wrong.yaml")
	if err := os.WriteFile(wrong, []byte("fcats: {}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{
		wrong:                        "1 mistake in " + wrong + ":\n" + wrong + `:1:1: unknown key "fcats"`,
		filepath.Join(dir, "none"):   "none: no such file or directory",
		filepath.Join(dir, "/wrong"): "wrong: no such file or directory",
		dir:                          dir + ": a folder, not a regular file",
		os.DevNull:                   os.DevNull + ": a device, not a regular file",
		"-":                          "--facts -: standard input carries the protocol",
	} {
		var problems strings.Builder
		status := Run(t.Context(), []string{"serve", "--facts", file}, Streams{In: strings.NewReader(""), Out: io.Discard, Err: &problems})
		if status != unusable || !strings.Contains(problems.String(), want) {
			t.Errorf("%s: exit %d, %s", file, status, problems.String())
		}
	}
}

func TestServeSaysThatNobodySaidAnything(t *testing.T) {
	const message = "standard input ended before any message"
	for in, said := range map[string]bool{
		"":          true,
		" \r\n\n\t": true,
		`{"jsonrpc":"2.0","id":1,"method":"ping"}` + "\n": false,
		"no message\n": false, // it is answered with an error
	} {
		var problems strings.Builder
		status := Run(t.Context(), []string{"serve"}, Streams{In: strings.NewReader(in), Out: io.Discard, Err: &problems})
		if status != succeeded || strings.Contains(problems.String(), message) != said {
			t.Errorf("%q: exit %d, %s", in, status, problems.String())
		}
	}
}

func TestTerminal(t *testing.T) {
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	defer write.Close()
	for _, stream := range []any{null, read, write, strings.NewReader(""), nil} {
		if terminal(stream) {
			t.Errorf("%v is a terminal", stream)
		}
	}
}
