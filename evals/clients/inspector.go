package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
)

// inspect tries the Inspector's command line, which runs once for each thing it does. It neither completes nor fills in forms.
func (t trial) inspect(ctx context.Context, transport, era string) row {
	r := row{
		Client: "Inspector CLI " + version(t.packages, "@modelcontextprotocol/inspector"), Transport: transport, Era: era,
		Cells: map[string]string{"complete": cannot, "elicit": cannot},
	}
	do := func(column string, status int, contains string, arguments ...string) {
		if r.Cells[column] == "" || r.Cells[column] == good {
			r.Cells[column] = t.inspector(ctx, transport, era, status, contains, arguments...)
		}
	}
	tool := []string{"--method", "tools/call", "--tool-name", "evaluate_trigger", "--tool-args-json"}
	do("connect", 0, `"name":"layer2"`, "--method", "initialize")
	do("list", 0, `"evaluate_trigger"`, "--method", "tools/list", "--strict")
	do("call", 0, `"verdict":"skip"`, append(tool, `{"capabilities":["service-mesh"],"facts":{"services":2}}`)...)
	do("error", 5, `services`, append(tool, `{"capabilities":["service-mesh"],"facts":{"servces":2}}`)...)
	do("read", 0, `SM-T1`, "--method", "resources/read", "--uri", "layer2://capabilities/service-mesh")
	do("prompt", 0, `service-mesh`, "--method", "prompts/get", "--prompt-name", "compare-options", "--prompt-args", "capability=service-mesh")
	if t.smoke {
		return r
	}
	do("list", 0, `"layer2://matrix"`, "--method", "resources/list")
	do("list", 0, `"layer2://capabilities/{id}"`, "--method", "resources/templates/list")
	do("list", 0, `"challenge-decision"`, "--method", "prompts/list")
	load := []string{`{"capabilities":["service-mesh"],"facts":{"services":2}}`, "--load", "--load-requests", "500", "--load-concurrency", "20"}
	do("call", 0, `"errors":0`, append(tool, load...)...)
	return r
}

// inspector runs it once and is good if it ends with the status and prints the text.
func (t trial) inspector(ctx context.Context, transport, era string, status int, contains string, arguments ...string) string {
	command := []string{t.node, filepath.Join(t.packages, "node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js"), "--cli"}
	if transport == "http" {
		command = append(command, t.address, "--transport", "http")
	} else {
		command = append(command, t.product, "serve")
	}
	command = append(append(command, "--protocol-era", era, "--format", "json", "--quiet"), arguments...)
	out, problems, err := output(ctx, nil, command...)
	if got := statusOf(err); got != status {
		return fmt.Sprintf("%s: exit status %d, not %d: %s%s", strings.Join(arguments, " "), got, status, out, problems)
	}
	if !strings.Contains(string(out)+string(problems), contains) {
		return fmt.Sprintf("%s: no %s in %.500s", strings.Join(arguments, " "), contains, out)
	}
	return good
}
