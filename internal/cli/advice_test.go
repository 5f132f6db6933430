package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/internal/cli"
)

// layer2 runs the program with arguments that no shell has split.
func layer2(t *testing.T, arguments ...string) (out, problems string, status int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	status = cli.Run(context.Background(), arguments, cli.Streams{In: strings.NewReader(""), Out: &stdout, Err: &stderr})
	return stdout.String(), stderr.String(), status
}

// TestWhatACheckAdvisesCanBePasted runs every command that a check prints, in a folder as it is then.
func TestWhatACheckAdvisesCanBePasted(t *testing.T) {
	bin := program(t)
	const facts = "facts:\n  layer1_stable: true\n  services: 2\n  mtls_compliance: false\n"
	for _, test := range []struct{ name, file, dir, facts, changed, state string }{
		{"broken", "0001-service-mesh-skip.md", "docs/decisions", "layer2.yaml", strings.Replace(facts, "services: 2", "services: 4\n  service_metrics_needed: true\n  service_metrics_sufficient: false", 1), "broken"},
		{"broken, and undetermined today", "0001-service-mesh-skip.md", "docs/decisions", "layer2.yaml",
			strings.Replace(facts, "services: 2", "services: 7\n  service_metrics_needed: true\n  service_metrics_sufficient: false\n  network_policies_sufficient: false\n  mtls_needed: true", 1), "broken"},
		{"doubtful", "0001-service-mesh-skip.md", "docs/decisions", "layer2.yaml", strings.Replace(facts, "services: 2", "services: 7", 1), "doubtful"},
		{"without a number", "mesh.md", "docs/decisions", "layer2.yaml", strings.Replace(facts, "services: 2", "services: 4\n  service_metrics_needed: true\n  service_metrics_sufficient: false", 1), "broken"},
		{"names that a shell would split", "-it's a mesh.md", "our decisions", "the facts.yaml",
			strings.Replace(facts, "services: 2", "services: 4\n  service_metrics_needed: true\n  service_metrics_sufficient: false", 1), "broken"},
	} {
		t.Run(test.name, func(t *testing.T) {
			prepare := func(t *testing.T) []string {
				t.Chdir(t.TempDir())
				write(t, test.facts, []byte(facts))
				if out, problems, status := layer2(t, "record", "service-mesh", "--date", "2026-11-23", "--dir", test.dir, "--facts", test.facts); status != 0 {
					t.Fatal(out, problems)
				}
				if err := os.Rename(filepath.Join(test.dir, "0001-service-mesh-skip.md"), filepath.Join(test.dir, test.file)); err != nil {
					t.Fatal(err)
				}
				write(t, test.facts, []byte(test.changed))
				out, problems, _ := layer2(t, "check", "--format", "json", "--dir", test.dir, "--facts", test.facts)
				var report struct {
					Records []struct {
						State string
						Then  []string
					}
				}
				if err := json.Unmarshal([]byte(out), &report); err != nil || len(report.Records) != 1 || report.Records[0].State != test.state {
					t.Fatal(out, problems, err)
				}
				return report.Records[0].Then
			}
			then := prepare(t)
			if len(then) != 2 {
				t.Fatalf("advice: %q", then)
			}
			for i := range then {
				command := prepare(t)[i]
				if fact, is := strings.CutPrefix(command, "layer2 facts set "); is {
					command = "layer2 facts set " + strings.Replace(fact, "…", "3", 1) // what was found out
				}
				pasted := exec.Command("sh", "-c", command)
				pasted.Env = append(os.Environ(), "PATH="+bin+":"+os.Getenv("PATH"))
				if out, err := pasted.CombinedOutput(); err != nil {
					t.Errorf("%s: %v\n%s", command, err, out)
				}
				after, _, status := layer2(t, "check", "--dir", test.dir, "--facts", test.facts)
				if test.state == "broken" && status != 0 {
					t.Errorf("after %s: exit %d\n%s", command, status, after)
				}
			}
		})
	}
}
