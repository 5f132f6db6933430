package cli_test

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/vanhoutenbos/layer2/internal/cli"
)

var update = flag.Bool("update", os.Getenv("UPDATE") != "", "rewrite the golden transcripts")

// shell runs the program with a command line as a shell would split it: words, and words in single quotes.
func shell(t *testing.T, line, in string) (out, problems string, status int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	status = cli.Run(context.Background(), arguments(line), cli.Streams{In: strings.NewReader(in), Out: &stdout, Err: &stderr})
	return stdout.String(), stderr.String(), status
}

func arguments(line string) []string {
	var list []string
	for i, part := range strings.Split(line, "'") {
		if i%2 == 1 {
			list = append(list, part)
		} else {
			list = append(list, strings.Fields(part)...)
		}
	}
	return list
}

// TestTranscripts plays testdata/*.txtar. The comment is a description; the file "command" is a command line without the program's
// name, "stdin" its input; "stdout", "stderr" and "status" are what must come of it. Other files are laid into the folder that $DIR
// stands for. The fingerprint is masked.
func TestTranscripts(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no transcripts", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) { play(t, path) })
	}
}

func play(t *testing.T, path string) {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	parts := map[string]string{}
	for _, file := range archive.Files {
		switch file.Name {
		case "command", "stdin", "stdout", "stderr", "status":
			parts[file.Name] = string(file.Data)
		default:
			place := filepath.Join(dir, file.Name)
			if err := os.MkdirAll(filepath.Dir(place), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(place, file.Data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	out, problems, status := shell(t, strings.ReplaceAll(parts["command"], "$DIR", dir), parts["stdin"])
	got := map[string]string{"stdout": mask(t, out, dir), "stderr": mask(t, problems, dir), "status": string(rune('0'+status)) + "\n"}
	for i, file := range archive.Files {
		text, checked := got[file.Name]
		if !checked {
			continue
		}
		if text != string(file.Data) && !*update {
			t.Errorf("%s: want\n%s\ngot\n%s", file.Name, file.Data, text)
		}
		archive.Files[i].Data = []byte(text)
	}
	if *update {
		if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// fingerprint is the shipped knowledge's; it changes with every word of it, and transcripts should not.
func fingerprint(t *testing.T) string {
	t.Helper()
	out, _, _ := shell(t, "version", "")
	_, rest, _ := strings.Cut(out, "(")
	return strings.TrimSuffix(rest, ")\n")
}

func mask(t *testing.T, text, dir string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, dir, "$DIR"), fingerprint(t), "FINGERPRINT")
}

// What to type instead of arguments that no JSON arrived in works, for each tool.
func TestACallThatIsPipedInWorks(t *testing.T) {
	for _, tool := range []string{"evaluate_trigger", "compare_tools", "plan_layer3", "cite"} {
		_, problems, _ := shell(t, "call "+tool+" '{bad'", "")
		_, typed, found := strings.Cut(problems, "\nType: echo '")
		in, line, piped := strings.Cut(strings.TrimSuffix(typed, "\n"), "' | layer2 ")
		if !found || !piped || line != "call "+tool+" -" {
			t.Errorf("%s: %s", tool, problems)
			continue
		}
		if out, problems, status := shell(t, line, in); status != 0 || !strings.HasPrefix(out, "Knowledge ") {
			t.Errorf("%s: exit %d %s", typed, status, problems)
		}
	}
}

// TestREADMEExchange holds the exchange that the README shows against what the program prints.
func TestREADMEExchange(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut(string(readme), "## One exchange\n")
	_, section, fenced := strings.Cut(section, "```sh\nlayer2 ")
	command, section, closed := strings.Cut(section, "\n```\n")
	if !found || !fenced || !closed {
		t.Fatal("the README has no exchange")
	}
	shown, _, _ := strings.Cut(section, "\n\nFrom this one answer")
	out, problems, status := shell(t, command, "")
	if status != 0 {
		t.Fatalf("exit %d: %s", status, problems)
	}
	shown, _, cut := strings.Cut(strings.Trim(shown, "\n"), "\n        …")
	if !cut {
		t.Fatal("the exchange does not end with an ellipsis")
	}
	for i, line := range strings.Split(shown, "\n") {
		want := strings.TrimPrefix(line, "    ")
		if got := strings.Split(out, "\n")[i]; got != want {
			t.Fatalf("line %d of the exchange: the README shows\n%s\nthe program prints\n%s", i+1, want, got)
		}
	}
}
