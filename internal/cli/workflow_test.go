package cli_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
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

// workflow is as much of a workflow of GitHub as the test has to know.
type workflow struct {
	Permissions map[string]string
	Jobs        map[string]struct {
		Steps []struct {
			Uses string
			With map[string]any
			Env  map[string]string
			Run  string
		}
	}
}

// TestTheExampleWorkflow runs the steps of docs/check-decisions.yml that need no runner: those that call layer2, as a runner would,
// with the environment that it would give.
func TestTheExampleWorkflow(t *testing.T) {
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
			if step.Run != "go install "+strings.TrimPrefix(module, "module ")+"/cmd/layer2@latest" {
				t.Errorf("%s", step.Run)
			}
		case step.Run != "":
			script, env = step.Run, step.Env
		}
	}
	if strings.Contains(script, "${{") || env["BASE"] != "${{ github.event.pull_request.base.sha }}" {
		t.Fatalf("%s, with %v", script, env) // an expression in a script is run as a part of it
	}
	bin := t.TempDir()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(program, filepath.Join(bin, "layer2")); err != nil {
		t.Fatal(err)
	}
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
	step := func(base string) (out, summary string, status int) {
		os.Remove("summary.md")
		command := exec.Command("bash", "-e", "-c", script)
		command.Env = append(os.Environ(), "PATH="+bin+":"+os.Getenv("PATH"), "BASE="+base, "GITHUB_STEP_SUMMARY=summary.md")
		said, _ := command.CombinedOutput()
		return string(said), read(t, "summary.md"), command.ProcessState.ExitCode()
	}
	const before = "::warning file=docs/decisions/0002-chaos-engineering-skip.md,line=11,title=chaos-engineering%3A broken at "
	if out, summary, status := step(base); status != 0 || !strings.Contains(out, before) || !strings.Contains(summary, "broken at "+base[:12]+" already") {
		t.Errorf("a change that breaks nothing: exit %d\n%s%s", status, out, summary)
	}
	write(t, "layer2.yaml", []byte("facts: {services: 3, mtls_compliance: true, layer1_stable: false, environment: production, incident_prevention_wanted: true, ha_setup: false}\n"))
	const broken = "::error file=docs/decisions/0001-service-mesh-skip.md,line=11,title=service-mesh%3A broken::"
	if out, _, status := step(base); status != 1 || !strings.Contains(out, before) || !strings.Contains(out, broken) {
		t.Errorf("a change that breaks one: exit %d\n%s", status, out)
	}
	if out, summary, status := step(""); status != 1 || strings.Contains(out, "::warning") || strings.Count(summary, "| broken |") != 2 {
		t.Errorf("on main: exit %d\n%s%s", status, out, summary)
	}
}
