package cli_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

var annotated = regexp.MustCompile(`(?m)^::\w+ file=([^,]*),`)

// TestAnnotationsNameTheFileFromTheRoot starts the check in different folders of one repository. GitHub shows an annotation beside a
// line only if the file is named from the root.
func TestAnnotationsNameTheFileFromTheRoot(t *testing.T) {
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "workspace")
	outside := t.TempDir()
	t.Chdir(root)
	git(t, "init -q")
	write(t, "team/layer2.yaml", []byte("facts:\n  layer1_stable: true\n  services: 2\n"))
	t.Chdir(filepath.Join(root, "team"))
	if out, problems, status := shell(t, "record service-mesh", ""); status != 0 {
		t.Fatal(out, problems)
	}
	if err := os.Symlink(root, link); err != nil {
		t.Fatal(err)
	}
	const file = "team/docs/decisions/0001-service-mesh-skip.md"
	for _, test := range []struct{ name, from, workspace, arguments, want string }{
		{"in the folder of a team", "team", "", "", file},
		{"at the root", ".", "", "--dir team/docs/decisions --facts team/layer2.yaml", file},
		{"in the workspace", "team", root, "", file},
		{"with dots and slashes", "team/docs", "", "--dir ../docs/./decisions/ --facts ../layer2.yaml", file},
		{"by an absolute path", "team", "", "--dir " + filepath.Join(root, "team/docs/decisions"), file},
		{"in a workspace that is a link", "team", link, "", file},
		{"by a path through a link", ".", root, "--dir " + filepath.Join(link, "team/docs/decisions") + " --facts team/layer2.yaml", file},
		{"in a repository below the workspace", "team", filepath.Dir(root), "", filepath.Base(root) + "/" + file},
		{"in another workspace", "team", outside, "", file},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Chdir(filepath.Join(root, test.from))
			t.Setenv("GITHUB_WORKSPACE", test.workspace)
			t.Setenv("GITHUB_STEP_SUMMARY", "")
			out, problems, _ := shell(t, "check --format github "+test.arguments, "")
			if found := annotated.FindStringSubmatch(out); found == nil || found[1] != test.want {
				t.Errorf("%q, want %s\n%s%s", found, test.want, out, problems)
			}
		})
	}
	t.Run("in no repository", func(t *testing.T) {
		t.Chdir(outside)
		t.Setenv("GITHUB_WORKSPACE", "")
		if err := os.CopyFS(".", os.DirFS(filepath.Join(root, "team"))); err != nil {
			t.Fatal(err)
		}
		out, _, _ := shell(t, "check --format github --dir ./docs//decisions", "")
		if found := annotated.FindStringSubmatch(out); found == nil || found[1] != "docs/decisions/0001-service-mesh-skip.md" {
			t.Errorf("%q\n%s", found, out)
		}
	})
}
