package framework_test

import (
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/factsfile"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/text"
	"github.com/vanhoutenbos/layer2/internal/verify"
	"github.com/vanhoutenbos/layer2/knowledge"
	"github.com/vanhoutenbos/layer2/tools"
)

const readmePath = "../../knowledge/README.md"

// recipes are the lines that the README must show as the program's output, by heading; what they say was derived from the ladder by hand.
var recipes = []struct {
	heading string
	prints  []string
}{
	{"Change a threshold", []string{
		"Service mesh (service-mesh): CONSIDER: needed and pressing, but no problem is measured yet (unmeasured)",
		"Service mesh (service-mesh): WAIT: needed, but the platform is too small for it yet (scale)",
	}},
	{"Disable a statement", []string{
		"  Provisionally SKIP: no trigger applies (need)",
		"Service mesh (service-mesh): WAIT: needed, but the platform is too small for it yet (scale)",
	}},
	{"Add a fact, and an option that asks for it", []string{
		"  SM-O5 Shared mesh: fits",
	}},
	{"Add a capability", []string{
		"Developer portal         undetermined  Open between skip and adopt. Ask onboarding_days.",
		"Developer portal (developer-portal): ADOPT: needed, ready, and a measured problem presses (timing)",
	}},
	{"What is refused", []string{
		"layer2: the knowledge in own does not load:",
		`developer-portal.yaml:18:11: "service" is not a fact; did you mean "services"?`,
	}},
	{"See what a change does before you ship it", []string{
		"  adopt (timing) -> wait (scale) in 384 states, 3/640 (0.469 %)",
	}},
}

// TestTheRecipesOfTheREADMEWork does what knowledge/README.md says, from top to bottom: writes its files, makes its changes,
// runs its commands, and compares what they print with what it shows.
func TestTheRecipesOfTheREADMEWork(t *testing.T) {
	r := reader{files: fstest.MapFS{}, saw: map[string][]string{}}
	for _, b := range blocks(t) {
		r.do(t, b)
	}
	for _, recipe := range recipes {
		if got := r.saw[recipe.heading]; !containsInOrder(got, recipe.prints) {
			t.Errorf("%q shows\n%s\nwant in it\n%s", recipe.heading, strings.Join(got, "\n"), strings.Join(recipe.prints, "\n"))
		}
	}
}

// block is a fenced block of the README. The line in front says what to do with it: an excerpt to find, a file to write, a change
// to make.
type block struct {
	line                            int
	heading, language, action, path string
	lines                           []string
}

var actionLine = regexp.MustCompile("(Excerpt of|File|Change in) `([^`]+)`:$")

func blocks(t *testing.T) []block {
	t.Helper()
	var all []block
	var heading, before string
	lines := strings.Split(string(readme(t)), "\n")
	for i := 0; i < len(lines); i++ {
		line := lines[i]
		language, fence := strings.CutPrefix(line, "```")
		switch {
		case fence:
			b := block{line: i + 1, heading: heading, language: language}
			if found := actionLine.FindStringSubmatch(before); found != nil {
				b.action, b.path = found[1], found[2]
			}
			for i++; lines[i] != "```"; i++ {
				b.lines = append(b.lines, lines[i])
			}
			all, before = append(all, b), ""
		case strings.HasPrefix(line, "#"):
			heading = strings.TrimLeft(line, "# ")
		case line != "":
			before = line
		}
	}
	return all
}

func readme(t *testing.T) []byte {
	t.Helper()
	data, err := os.ReadFile(readmePath)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// reader is somebody who follows the README: the files that they have by now, and what they saw the program print, by heading.
type reader struct {
	files fstest.MapFS
	saw   map[string][]string
}

func (r *reader) do(t *testing.T, b block) {
	t.Helper()
	text := strings.Join(b.lines, "\n") + "\n"
	switch b.language + ", " + b.action {
	case "yaml, Excerpt of":
		if !strings.Contains(shippedText(t, b.path), text) {
			t.Errorf("line %d: this does not stand in the shipped %s", b.line, b.path)
		}
	case "yaml, File":
		r.write(b.path, text)
	case "diff, Change in":
		r.change(t, b)
	case "console, ":
		r.run(t, b)
	case "sh, ": // commands that show where things go; the console blocks are held against the program
	default:
		t.Fatalf("line %d: what is to be done with this %s block, %q?", b.line, b.language, b.action)
	}
}

func (r *reader) write(path, text string) { r.files[path] = &fstest.MapFile{Data: []byte(text)} }

// change makes a change in the reader's copy of a file, which is the shipped one if they have none yet.
func (r *reader) change(t *testing.T, b block) {
	t.Helper()
	text := ""
	if file := r.files[b.path]; file != nil {
		text = string(file.Data)
	} else {
		text = shippedText(t, strings.TrimPrefix(b.path, "own/"))
	}
	for hunk := range strings.SplitSeq(strings.Join(b.lines, "\n"), "\n@@\n") {
		var old, new strings.Builder
		for line := range strings.SplitSeq(hunk, "\n") {
			if line[0] != '+' {
				old.WriteString(line[1:] + "\n")
			}
			if line[0] != '-' {
				new.WriteString(line[1:] + "\n")
			}
		}
		if n := strings.Count(text, old.String()); n != 1 {
			t.Fatalf("line %d: this stands %d times in %s, not once:\n%s", b.line, n, b.path, old.String())
		}
		text = strings.Replace(text, old.String(), new.String(), 1)
	}
	r.write(b.path, text)
}

func shippedText(t *testing.T, path string) string {
	t.Helper()
	data, err := fs.ReadFile(knowledge.Files, path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// run runs each command of a console block, and looks for what is shown below it.
func (r *reader) run(t *testing.T, b block) {
	t.Helper()
	for i := 0; i < len(b.lines); {
		command, ok := strings.CutPrefix(b.lines[i], "$ ")
		if !ok {
			t.Fatalf("line %d: no command", b.line+i+1)
		}
		end := i + 1
		for end < len(b.lines) && !strings.HasPrefix(b.lines[end], "$ ") {
			end++
		}
		shown := b.lines[i+1 : end]
		printed, whole := r.prints(t, command)
		if whole && !slices.Equal(printed, shown) || !whole && (len(shown) == 0 || !shows(printed, shown)) {
			t.Errorf("line %d: %s prints\n%s\nand not\n%s", b.line+i+1, command, strings.Join(printed, "\n"), strings.Join(shown, "\n"))
		}
		r.saw[b.heading] = append(r.saw[b.heading], shown...)
		i = end
	}
}

var (
	callLine   = regexp.MustCompile(`^layer2 call (\w+) '(\{.*\})'( --facts platform\.yaml)?( --knowledge own)?$`)
	assessLine = regexp.MustCompile(`^layer2 assess platform\.yaml( --knowledge own)?$`)
	verifyLine = regexp.MustCompile(`^layer2 verify (\w+)( --against shipped)?( --baseline known\.yaml)?$`)
	copyLine   = regexp.MustCompile(`^mkdir (\w+) && cp ((?:knowledge/\S+ )+)(\w+)/$`)
	sedLine    = regexp.MustCompile(`^sed -i 's/([^/]+)/([^/]+)/' (\w+)/\*\.yaml$`)
)

// prints is what a command prints, line by line; whole says that the README shows all of it.
func (r *reader) prints(t *testing.T, command string) (printed []string, whole bool) {
	t.Helper()
	said := ""
	if m := callLine.FindStringSubmatch(command); m != nil {
		f := r.load(t, m[4] != "")
		said = text.Answer(answer(t, f, r.workspace(t, f, m[3] != ""), m[1], m[2]))
	} else if m := assessLine.FindStringSubmatch(command); m != nil {
		f := r.load(t, m[1] != "")
		said = text.Table(r.workspace(t, f, true).Situation(f).Evaluate(f.Capabilities, tools.Whole), 110)
	} else if m := verifyLine.FindStringSubmatch(command); m != nil {
		said = r.verifies(t, m[1], m[2] != "", m[3] != "")
	} else if m := copyLine.FindStringSubmatch(command); m != nil && m[1] == m[3] {
		for _, path := range strings.Fields(m[2]) {
			name := strings.TrimPrefix(path, "knowledge/")
			r.write(m[1]+"/"+name, shippedText(t, name))
		}
		return nil, true
	} else if m := sedLine.FindStringSubmatch(command); m != nil {
		r.replace(t, m[3], m[1], m[2])
		return nil, true
	} else if command == "layer2 serve --knowledge own" {
		_, err := framework.Load(knowledge.Files, r.directory(t, "own"))
		if err == nil {
			t.Fatalf("%s: it loads", command)
		}
		return strings.Split("layer2: the knowledge in own does not load:\n"+err.Error(), "\n"), true
	} else {
		t.Fatalf("%s is not a command that this test knows", command)
	}
	return strings.Split(said, "\n"), false
}

// verifies is what layer2 verify prints about a directory.
func (r *reader) verifies(t *testing.T, directory string, against, baseline bool) string {
	t.Helper()
	if against {
		difference, err := verify.Against(knowledge.Files, nil, r.directory(t, directory))
		if err != nil {
			t.Fatal(err)
		}
		return text.Difference(difference)
	}
	var entries []verify.Entry
	var err error
	if baseline {
		if entries, err = verify.ReadBaseline("baseline.yaml", r.files["known.yaml"].Data); err != nil {
			t.Fatal(err)
		}
	}
	report, err := verify.Run(knowledge.Files, r.directory(t, directory), entries)
	if err != nil {
		t.Fatal(err)
	}
	return text.Report(report)
}

// replace replaces a text in all files of a directory, each of which must contain it.
func (r *reader) replace(t *testing.T, directory, old, new string) {
	t.Helper()
	for path, file := range r.files {
		if !strings.HasPrefix(path, directory+"/") {
			continue
		}
		text := string(file.Data)
		if !strings.Contains(text, old) {
			t.Errorf("%q does not stand in %s", old, path)
		}
		r.write(path, strings.ReplaceAll(text, old, new))
	}
}

func (r *reader) directory(t *testing.T, name string) fs.FS {
	t.Helper()
	directory, err := fs.Sub(r.files, name)
	if err != nil {
		t.Fatal(err)
	}
	return directory
}

func (r *reader) load(t *testing.T, own bool) *framework.Framework {
	t.Helper()
	if !own {
		return shipped.Framework(t)
	}
	f, err := framework.Load(knowledge.Files, r.directory(t, "own"))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// workspace is the facts of the reader's platform.yaml, or none.
func (r *reader) workspace(t *testing.T, f *framework.Framework, given bool) tools.Workspace {
	t.Helper()
	if !given {
		return tools.Workspace{}
	}
	read, err := factsfile.Read(f, "platform.yaml", r.files["platform.yaml"].Data)
	if err != nil {
		t.Fatal(err)
	}
	return read
}

func answer(t *testing.T, f *framework.Framework, workspace tools.Workspace, name, arguments string) any {
	t.Helper()
	for _, tool := range tools.All(f, workspace) {
		if tool.Name == name {
			answer, err := tool.Call(context.Background(), json.RawMessage(arguments))
			if err != nil {
				t.Fatalf("%s %s: %v", name, arguments, err)
			}
			return answer
		}
	}
	t.Fatalf("%s is not a tool", name)
	return nil
}

// shows reports whether the shown lines are among the printed ones, in order; a … marks where lines may be left out.
func shows(printed, shown []string) bool {
	left, cut := printed, true
	for _, line := range shown {
		if line == "…" {
			cut = true
			continue
		}
		i := slices.Index(left, line)
		if i < 0 || i > 0 && !cut {
			return false
		}
		left, cut = left[i+1:], false
	}
	return true
}

func containsInOrder(lines, wanted []string) bool {
	for _, line := range wanted {
		i := slices.Index(lines, line)
		if i < 0 {
			return false
		}
		lines = lines[i+1:]
	}
	return true
}

func TestTheREADMEIsRightAboutWhatADirectoryDoes(t *testing.T) {
	facts := []byte("facts:\n  - {id: teams, type: integer, question: How many teams?, meaning: Those with a name.}\n")
	rules := strings.Replace(shippedText(t, "rules.yaml"), "version: ", "version: 9.", 1)

	_, err := framework.Load(knowledge.Files, fstest.MapFS{"facts.yaml": {Data: facts}})
	if err == nil || !strings.Contains(err.Error(), `"compliance" is not a fact`) {
		t.Errorf("own/facts.yaml takes the shipped facts away; the error is %v", err)
	}
	own, err := framework.Load(knowledge.Files, fstest.MapFS{"our-facts.yaml": {Data: facts}})
	if err != nil {
		t.Fatal(err)
	}
	if shipped := shipped.Framework(t); own.Version != shipped.Version || own.Fingerprint == shipped.Fingerprint {
		t.Errorf("own knowledge is %s (%s), the shipped %s (%s)", own.Version, own.Fingerprint, shipped.Version, shipped.Fingerprint)
	}
	own, err = framework.Load(knowledge.Files, fstest.MapFS{"rules.yaml": {Data: []byte(rules)}})
	if err != nil {
		t.Fatal(err)
	}
	if want := "9." + shipped.Framework(t).Version; own.Version != want {
		t.Errorf("a copy of rules.yaml has version %s, want %s", own.Version, want)
	}
}
