package mcpserver

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/vanhoutenbos/layer2"

// house is the packages of this module from the outside in: each may import those of later rows only. Who adds a room adds
// it here, where it belongs.
var house = [][]string{
	{"cmd/layer2", "evals"},
	{"internal/cli"},
	{"internal/mcpclient"},
	{"internal/mcpserver", "internal/httpserver"},
	{"internal/prompt"},
	{"internal/text", "internal/page", "internal/factsfile"},
	{"tools"},
	{"internal/verify", "internal/record"},
	{"internal/framework"},
	{"internal/decide", "internal/git", "internal/object", "internal/strict", "knowledge"},
	{"internal/fact"},
	{"internal/disk", "internal/markdown", "internal/words"},
}

func TestImportsRunOneWay(t *testing.T) {
	for _, file := range sources(t) {
		if file.test {
			continue
		}
		from := row(file.pkg)
		if from < 0 {
			t.Errorf("%s: package %s has no place in the house", file.name, file.pkg)
			continue
		}
		for _, imported := range file.imports {
			to, ours := strings.CutPrefix(imported, module+"/")
			if ours && row(to) <= from && (!eval(file.pkg) || !eval(to)) {
				t.Errorf("%s imports %s, which is not further in", file.name, to)
			}
		}
	}
}

func TestTheSDKStaysInItsRooms(t *testing.T) {
	rooms := []string{"internal/mcpserver", "internal/mcpclient"}
	for _, file := range sources(t) {
		for _, imported := range file.imports {
			if strings.HasPrefix(imported, "github.com/mark3labs/mcp-go") && !slices.Contains(rooms, file.pkg) && !eval(file.pkg) {
				t.Errorf("%s imports %s", file.name, imported)
			}
		}
	}
}

func TestTheEngineNeedsTheStandardLibraryOnly(t *testing.T) {
	engine := []string{"internal/decide", "internal/fact", "internal/words"}
	for _, file := range sources(t) {
		for _, imported := range file.imports {
			if first, _, _ := strings.Cut(strings.TrimPrefix(imported, module), "/"); slices.Contains(engine, file.pkg) && !file.test && strings.Contains(first, ".") {
				t.Errorf("%s imports %s", file.name, imported)
			}
		}
	}
}

// starts finds the calls that start a program.
var starts = regexp.MustCompile(`\b(exec\.Command(Context)?|os\.StartProcess|syscall\.(ForkExec|StartProcess|Exec))\(`)

// TestOneFunctionStartsPrograms keeps the one place that has to be read to know which programs run, and with what.
func TestOneFunctionStartsPrograms(t *testing.T) {
	var found []string
	for _, file := range sources(t) {
		if file.test || eval(file.pkg) {
			continue
		}
		if slices.Contains(file.imports, "os/exec") && file.pkg != "internal/git" {
			t.Errorf("%s imports os/exec", file.name)
		}
		text, err := os.ReadFile(path.Join("../..", file.name))
		if err != nil {
			t.Fatal(err)
		}
		for range starts.FindAllIndex(text, -1) {
			found = append(found, file.name)
		}
	}
	if want := []string{"internal/git/command.go"}; !slices.Equal(found, want) {
		t.Errorf("programs are started in %v, not in %v alone", found, want)
	}
}

// eval reports whether a package is one of the evals, which all stand outside and may use one another.
func eval(pkg string) bool { return pkg == "evals" || strings.HasPrefix(pkg, "evals/") }

func row(pkg string) int {
	if eval(pkg) {
		pkg = "evals"
	}
	return slices.IndexFunc(house, func(row []string) bool { return slices.Contains(row, pkg) })
}

// source is a Go file of this module and what it imports.
type source struct {
	name, pkg string
	test      bool
	imports   []string
}

// sources are all Go files of this module, which other modules within the repository are not.
func sources(t *testing.T) []source {
	t.Helper()
	root := os.DirFS("../..")
	var files []source
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != ".":
			_, other := fs.Stat(root, path.Join(name, "go.mod"))
			if other == nil || entry.Name() == "testdata" || strings.HasPrefix(entry.Name(), ".") {
				return fs.SkipDir
			}
			return nil
		case path.Ext(name) != ".go":
			return nil
		}
		text, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ImportsOnly)
		if err != nil {
			return err
		}
		file := source{name: name, pkg: path.Dir(name), test: strings.HasSuffix(name, "_test.go")}
		for _, spec := range parsed.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			file.imports = append(file.imports, imported)
		}
		files = append(files, file)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatal("no Go files")
	}
	return files
}
