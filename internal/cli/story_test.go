package cli_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/vanhoutenbos/layer2/knowledge"
)

// TestStories plays testdata/stories/*.txtar, each in a folder of its own, from top to bottom. The parts are:
//
//	# words              what happens, for the reader
//	name                 a file is written
//	< name               a file of the shipped knowledge is laid there
//	~ name               lines of a file are changed: "- old" becomes the "+ new" behind it
//	= name               a file has to look so
//	$ layer2 …           the program is run, and has to say this; "exit N" is its status unless it is 0
//	$ git …              git is run
//
// In what is wanted, … stands for any lines.
func TestStories(t *testing.T) {
	paths, err := filepath.Glob("testdata/stories/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no stories", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			absolute, err := filepath.Abs(path)
			if err != nil {
				t.Fatal(err)
			}
			tell(t, absolute)
		})
	}
}

// fingerprints change with every word of the knowledge, and stories should not.
var fingerprints = regexp.MustCompile(`\b[0-9a-f]{12}\b`)

func tell(t *testing.T, path string) {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	t.Setenv("GITHUB_STEP_SUMMARY", "summary.md")
	for i, part := range archive.Files {
		sign, name, _ := strings.Cut(part.Name, " ")
		var got string
		switch sign {
		case "#":
			continue
		case "<":
			content, err := knowledge.Files.ReadFile(filepath.Base(name))
			if err != nil {
				t.Fatal(err)
			}
			write(t, name, content)
			continue
		case "~":
			write(t, name, []byte(changed(t, read(t, name), string(part.Data))))
			continue
		case "=":
			got = abridged(fingerprints.ReplaceAllString(read(t, name), "FINGERPRINT"), string(part.Data))
		case "$":
			got = abridged(fingerprints.ReplaceAllString(ran(t, name), "FINGERPRINT"), string(part.Data))
		default:
			write(t, part.Name, part.Data)
			continue
		}
		if got != string(part.Data) && !*update {
			t.Fatalf("-- %s --\nwant\n%s\ngot\n%s", part.Name, part.Data, got)
		}
		archive.Files[i].Data = []byte(got)
	}
	if *update {
		write(t, path, txtar.Format(archive))
	}
}

// TestREADMEDecision holds what the README shows of a check against the story that it is taken from.
func TestREADMEDecision(t *testing.T) {
	_, section, found := strings.Cut(read(t, "../../README.md"), "## Decision records\n")
	_, section, fenced := strings.Cut(section, "```\n\n")
	shown, _, closed := strings.Cut(section, "\n\n")
	if !found || !fenced || !closed || !strings.HasPrefix(shown, "    docs/decisions/") {
		t.Fatal("the README has no check")
	}
	if said := strings.ReplaceAll(shown[4:], "\n    ", "\n"); !strings.Contains(read(t, "testdata/stories/decision.txtar"), said+"\n") {
		t.Errorf("no story says\n%s", said)
	}
}

// ran is what a command line prints, and its status.
func ran(t *testing.T, line string) string {
	program, rest, _ := strings.Cut(line, " ")
	if program == "git" {
		command := exec.Command("git", arguments(rest)...)
		command.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null",
			"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@b.example", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@b.example")
		out, err := command.CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", line, err, out)
		}
		return string(out)
	}
	out, problems, status := shell(t, rest, "")
	if out += problems; status != 0 {
		out += fmt.Sprintf("exit %d\n", status)
	}
	return out
}

// changed is a text with lines replaced: each "- old" by the "+ new" that follow it.
func changed(t *testing.T, text, edits string) string {
	var old, new string
	replace := func() {
		if old != "" && !strings.Contains(text, old) {
			t.Fatalf("nothing reads %q in\n%s", old, text)
		}
		text = strings.Replace(text, old, new, 1)
		old, new = "", ""
	}
	for line := range strings.Lines(edits) {
		switch {
		case strings.HasPrefix(line, "- "):
			if new != "" {
				replace()
			}
			old += line[2:]
		case strings.HasPrefix(line, "+ "):
			new += line[2:]
		}
	}
	replace()
	return text
}

// abridged is a text with the lines left out for which a pattern has an ellipsis; the text itself where it does not fit.
func abridged(text, pattern string) string {
	const ellipsis = "…\n"
	rest, fits := text, true
	for i, piece := range strings.Split(pattern, ellipsis) {
		at := strings.Index(rest, piece)
		if at < 0 || i == 0 && at > 0 {
			fits = false
			break
		}
		rest = rest[at+len(piece):]
	}
	if fits && (rest == "" || strings.HasSuffix(pattern, ellipsis)) {
		return pattern
	}
	return text
}

func read(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func write(t *testing.T, name string, content []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, content, 0o644); err != nil {
		t.Fatal(err)
	}
}
