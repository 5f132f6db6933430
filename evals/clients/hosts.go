package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// The programs for people are only asked whether they can connect: for more they need a model. They get a home of their own that
// is thrown away, and no network if the machine lets us take it away; over HTTP the server is then started within.

// claude adds the server to Claude Code, as in the README, and looks at its health.
func (t trial) claude(ctx context.Context, transport string) row {
	add := `claude mcp add layer2 -- layer2 serve`
	if transport == "http" {
		add = `claude mcp add --transport http layer2 "$ADDRESS"`
	}
	return t.host(ctx, "Claude Code", "@anthropic-ai/claude-code", transport, add+"\nclaude mcp list", "✔ Connected")
}

// gemini does the same with Gemini CLI, which wants to trust the folder first.
func (t trial) gemini(ctx context.Context, transport string) row {
	add := `gemini mcp add layer2 layer2 serve`
	if transport == "http" {
		add = `gemini mcp add --transport http layer2 "$ADDRESS"`
	}
	return t.host(ctx, "Gemini CLI", "@google/gemini-cli", transport, add+"\ngemini mcp list", "✓ layer2:")
}

// prelude starts the server within, so that it is reachable without a network.
const prelude = `set -eu
mkdir "$HOME/project"
cd "$HOME/project"
if [ "$TRANSPORT" = http ]; then
  ip link set lo up 2>/dev/null || true
  layer2 serve --http 127.0.0.1:8931 2>"$HOME/log" &
  trap 'kill $!' EXIT
  until grep -q '"url"' "$HOME/log"; do sleep 0.1; kill -0 $!; done
  ADDRESS=http://127.0.0.1:8931/mcp
fi
`

// host runs a script in which a client is told of the server; it is connected if the text is printed.
func (t trial) host(ctx context.Context, client, pkg, transport, script, connected string) row {
	r := row{Client: client + " " + version(t.hosts, pkg), Transport: transport, Era: "its own", Cells: map[string]string{}}
	home, err := os.MkdirTemp("", "home")
	if err != nil {
		r.Cells["connect"] = err.Error()
		return r.fill(cannot)
	}
	defer func() { _ = os.RemoveAll(home) }() // a scratch folder that stays behind does no harm
	command := []string{"bash", "-c", prelude + script}
	if exec.CommandContext(ctx, "unshare", "-rn", "true").Run() == nil {
		command = append([]string{"unshare", "-rn"}, command...)
	}
	bin := filepath.Join(t.hosts, "node_modules", ".bin")
	out, problems, err := output(ctx, []string{
		"HOME=" + home, "TMPDIR=" + home, "TRANSPORT=" + transport,
		"PATH=" + strings.Join([]string{filepath.Dir(t.product), bin, os.Getenv("PATH")}, string(filepath.ListSeparator)),
		"GEMINI_CLI_TRUST_WORKSPACE=true", "DISABLE_AUTOUPDATER=1", "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC=1",
	}, command...)
	r.Cells["connect"] = good
	if text := string(out) + string(problems); err != nil || !strings.Contains(text, connected) {
		r.Cells["connect"] = fmt.Sprintf("%v: %s", err, text)
	}
	return r.fill(cannot)
}

// statusOf is a program's exit status, -1 if it did not end by itself.
func statusOf(err error) int {
	var failed *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &failed):
		return failed.ExitCode()
	}
	return -1
}

// version is the version of a package that is installed.
func version(directory, pkg string) string {
	var described struct{ Version string }
	text, err := os.ReadFile(filepath.Join(directory, "node_modules", filepath.FromSlash(pkg), "package.json"))
	if err == nil {
		err = json.Unmarshal(text, &described)
	}
	if err != nil {
		return "of an unknown version"
	}
	return described.Version
}
