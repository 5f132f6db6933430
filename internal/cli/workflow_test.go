package cli_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/cli"
)

// TestMain lets the test be the program itself: a script that calls layer2 then finds it.
func TestMain(m *testing.M) {
	if filepath.Base(os.Args[0]) == "layer2" {
		os.Exit(cli.Run(context.Background(), os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
	}
	os.Exit(m.Run())
}

// program returns a folder that holds this program as layer2.
func program(t *testing.T) string {
	t.Helper()
	bin := t.TempDir()
	itself, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(itself, filepath.Join(bin, "layer2")); err != nil {
		t.Fatal(err)
	}
	return bin
}

// workflow is as much of a workflow of GitHub as the test has to know.
type workflow struct {
	Permissions map[string]string
	Jobs        map[string]struct {
		Steps []struct {
			Uses      string
			With      map[string]any
			Env       map[string]string
			Run       string
			Directory string `yaml:"working-directory"`
		}
	}
}

// example returns the script of the step in docs/check-decisions.yml that calls layer2.
func httpExample(t *testing.T) string {
	t.Helper()
	var w workflow
	if err := yaml.Unmarshal([]byte(read(t, "../../docs/check-decisions.yml")), &w); err != nil {
		t.Fatal(err)
	}
	if len(w.Permissions) != 1 || w.Permissions["contents"] != "read" {
		t.Errorf("it may %v", w.Permissions)
	}
	steps := w.Jobs["decisions"].Steps
	if first := steps[0]; !strings.HasPrefix(first.Uses, "actions/checkout@") || first.With["fetch-depth"] != 0 {
		t.Errorf("the past is not fetched: %v", first)
	}
	module, _, _ := strings.Cut(read(t, "../../go.mod"), "\n")
	script, env := "", map[string]string{}
	for _, step := range steps {
		switch {
		case strings.HasPrefix(step.Run, "go install "):
			if name, _, _ := strings.Cut(step.Run, "@"); name != "go install "+strings.TrimPrefix(module, "module ")+"/cmd/layer2" {
				t.Errorf("%s", step.Run)
			}
			if step.Directory != "${{ runner.temp }}" {
				t.Errorf("go install runs in %q, where go.mod may be the pull request's", step.Directory)
			}
		case step.Run != "":
			script, env = step.Run, step.Env
		}
	}
	if strings.Contains(script, "${{") || env["BASE"] != "${{ github.event.pull_request.base.sha }}" {
		t.Fatalf("%s, with %v", script, env) // an expression in a script is run as a part of it
	}
	return script
}

// TestTheExampleInstallsAKnownVersion asks the history of this repository about the version that the workflow installs: a full commit
// id or a release tag. It has to be part of HEAD, and to hold the check --base that runs no program of a pull request.
func TestTheExampleInstallsAKnownVersion(t *testing.T) {
	const safe = "185b88a96d6b12a89269f7cdf3e18ddf98b0e0be"
	installs := regexp.MustCompile(`(?m)go install \S+@(\S+)`).FindStringSubmatch(read(t, "../../docs/check-decisions.yml"))
	if installs == nil {
		t.Fatal("nothing is installed")
	}
	version := installs[1]
	if !regexp.MustCompile(`^([0-9a-f]{40}|v\d+\.\d+\.\d+)$`).MatchString(version) {
		t.Fatalf("%s is neither a full commit id nor a release tag", version)
	}
	history := func(arguments ...string) (string, error) {
		out, err := exec.Command("git", append([]string{"-C", "../.."}, arguments...)...).CombinedOutput()
		return strings.TrimSpace(string(out)), err
	}
	if _, err := os.Stat("../../.git"); errors.Is(err, fs.ErrNotExist) {
		t.Skip("this is a copy of the source without its history")
	}
	if shallow, err := history("rev-parse", "--is-shallow-repository"); err != nil {
		t.Fatalf("%v: %s", err, shallow)
	} else if shallow == "true" {
		t.Skip("this clone is shallow, and the commit may be older: git fetch --unshallow")
	}
	for _, pair := range [][2]string{{safe, version}, {version, "HEAD"}} {
		if out, err := history("merge-base", "--is-ancestor", pair[0], pair[1]); err != nil {
			t.Errorf("%s is not an ancestor of %s: %v %s", pair[0], pair[1], err, out)
		}
	}
}

// step runs a script in the environment of a GitHub runner.
func step(t *testing.T, script, base string) (out, summary string, status int) {
	t.Helper()
	os.Remove("summary.md")
	command := exec.Command("bash", "-e", "-c", script)
	command.Env = append(os.Environ(), "BASE="+base, "GITHUB_STEP_SUMMARY=summary.md")
	said, _ := command.CombinedOutput()
	written, _ := os.ReadFile("summary.md")
	return string(said), string(written), command.ProcessState.ExitCode()
}

func TestTheExampleWorkflow(t *testing.T) {
	script := httpExample(t)
	prependPath(t, program(t))
	t.Chdir(t.TempDir())
	write(t, "layer2.yaml", []byte("facts: {services: 2, environment: development}\n"))
	for _, line := range []string{
		"git init -q -b main", "layer2 record service-mesh --date 2026-11-23", "layer2 record chaos-engineering --date 2026-11-23",
	} {
		ran(t, line)
	}
	write(t, "layer2.yaml", []byte("facts: {services: 2, environment: production, incident_prevention_wanted: true, ha_setup: false}\n"))
	ran(t, "git add .")
	ran(t, "git commit -q -m base")
	base := strings.TrimSpace(ran(t, "git rev-parse HEAD"))
	const before = "::warning file=docs/decisions/0002-chaos-engineering-skip.md,line=11,title=chaos-engineering%3A already broken at "
	if out, summary, status := step(t, script, base); status != 0 || !strings.Contains(out, before) || !strings.Contains(summary, "already broken at "+base[:12]) {
		t.Errorf("a change that breaks nothing: exit %d\n%s%s", status, out, summary)
	}
	write(t, "layer2.yaml", []byte("facts: {services: 3, mtls_compliance: true, layer1_stable: false, environment: production, incident_prevention_wanted: true, ha_setup: false}\n"))
	const broken = "::error file=docs/decisions/0001-service-mesh-skip.md,line=11,title=service-mesh%3A broken::"
	if out, _, status := step(t, script, base); status != 1 || !strings.Contains(out, before) || !strings.Contains(out, broken) {
		t.Errorf("a change that breaks one: exit %d\n%s", status, out)
	}
	if out, summary, status := step(t, script, ""); status != 1 || strings.Contains(out, "::warning") || strings.Count(summary, "| broken |") != 2 {
		t.Errorf("on main: exit %d\n%s%s", status, out, summary)
	}
}

// TestTheExampleWorkflowOnAShallowClone first lacks the base, and then has that commit and no other.
func TestTheExampleWorkflowOnAShallowClone(t *testing.T) {
	script := httpExample(t)
	prependPath(t, program(t))
	u := newUpstream(t)
	clone := filepath.Join(t.TempDir(), "clone")
	git(t, "clone -q --depth 1 --branch pull file://"+u.folder+" "+clone)
	t.Chdir(clone)
	if out, _, status := step(t, script, u.main); status != 2 || !strings.Contains(out, "fetch it first (actions/checkout with fetch-depth: 0)") {
		t.Errorf("without the base: exit %d\n%s", status, out)
	}
	git(t, "fetch -q --depth 1 origin "+u.main)
	if out, _, status := step(t, script, u.main); status != 1 || !strings.Contains(out, "::error file=docs/decisions/0001-service-mesh-skip.md") {
		t.Errorf("with the base: exit %d\n%s", status, out)
	}
	if out, _, status := step(t, script, "HEAD"); status != 0 || !strings.Contains(out, "::warning file=docs/decisions/0001-service-mesh-skip.md") {
		t.Errorf("against itself: exit %d\n%s", status, out)
	}
}
