package cli

import (
	"bytes"
	"io"
)

// workflowText writes text in a step of a GitHub workflow, whose runner takes lines of both outputs for commands: those that begin
// with ::, after white space if any, and those with ##[ anywhere. File contents, names and arguments must never form one. The
// escapes are those of JSON, so JSON keeps its meaning.
type workflowText struct {
	to     io.Writer
	inLine bool // the line has more than white space
	hashes int  // just written
}

// inWorkflow is the environment variable that the runner sets.
const inWorkflow = "GITHUB_ACTIONS"

// Write escapes commands, even if they arrive in pieces.
func (w *workflowText) Write(p []byte) (int, error) {
	var b bytes.Buffer
	for _, c := range p {
		switch {
		case c == ':' && !w.inLine:
			b.WriteString(`\u003a`)
		case c == '[' && w.hashes >= 2:
			b.WriteString(`\u005b`)
		default:
			b.WriteByte(c)
		}
		switch {
		case c == '\n', c == '\r':
			w.inLine = false
		case c > ' ' && c < 0x7f: // the runner trims Unicode white space before it looks
			w.inLine = true
		}
		if c == '#' {
			w.hashes++
		} else {
			w.hashes = 0
		}
	}
	if _, err := w.to.Write(b.Bytes()); err != nil {
		return 0, err
	}
	return len(p), nil
}
