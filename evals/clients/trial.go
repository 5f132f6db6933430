package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"time"
)

// trial is what the clients are tried with.
type trial struct {
	packages, hosts, product, gosdk, scripts string
	node, address                            string
	smoke                                    bool
}

// longest is how long one client may take for all that it does.
const longest = 2 * time.Minute

// rows are all clients, one after the other.
func (t trial) rows(ctx context.Context) []row {
	var rows []row
	transports := []string{"stdio", "http"}
	for _, transport := range transports {
		for _, client := range []string{"1", "2-legacy", "2-auto", "2-pinned"} {
			if t.smoke && client == "2-pinned" {
				continue
			}
			rows = append(rows, t.probe(ctx, "TypeScript SDK "+client, transport,
				t.node, filepath.Join(t.scripts, "typescript.mjs"), t.packages, client, transport, t.target(transport)))
		}
		for _, version := range []string{"2025-06-18", "2025-11-25", "2026-07-28"} {
			if t.smoke && version == "2025-06-18" {
				continue
			}
			rows = append(rows, t.probe(ctx, "Go SDK", transport, t.gosdk, transport, version, t.target(transport)))
		}
	}
	for _, transport := range transports {
		for _, era := range []string{"legacy", "modern"} {
			if t.smoke && (transport == "http") == (era == "modern") {
				continue
			}
			rows = append(rows, t.inspect(ctx, transport, era))
		}
	}
	if t.hosts != "" {
		for _, transport := range transports {
			rows = append(rows, t.claude(ctx, transport), t.gemini(ctx, transport))
		}
	}
	return rows
}

// target is where the server is: the program, or the address.
func (t trial) target(transport string) string {
	if transport == "http" {
		return t.address
	}
	return t.product
}

// probe runs a program that tries a client and prints its row.
func (t trial) probe(ctx context.Context, client, transport string, command ...string) row {
	text, problems, err := output(ctx, nil, command...)
	r := row{Client: client, Transport: transport}
	if err == nil {
		err = json.Unmarshal(text, &r)
	}
	if err != nil {
		r.Cells = map[string]string{"connect": fmt.Sprintf("the probe failed: %v\n%s%s", err, text, problems)}
	}
	return r.fill("not reached")
}

// output runs a command within the time that a client has.
func output(ctx context.Context, environment []string, command ...string) (out, problems []byte, err error) {
	ctx, stop := context.WithTimeout(ctx, longest)
	defer stop()
	run := exec.CommandContext(ctx, command[0], command[1:]...)
	run.Env = environment
	var stdout, stderr bytes.Buffer
	run.Stdout, run.Stderr = &stdout, &stderr
	run.WaitDelay = time.Second // what the client started may hold its output open
	err = run.Run()
	return stdout.Bytes(), stderr.Bytes(), err
}
