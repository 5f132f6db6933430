package cli

import (
	"bytes"
	"io"
)

// workflowText writes text in a step of a GitHub workflow, where the runner reads both outputs of every program for commands: a line that
// begins with ::, after blanks if need be, and ##[ anywhere. What layer2 shows of files, names and arguments must not be one. The escapes
// are those of JSON, so that JSON stays the same.
type workflowText struct {
	to     io.Writer
	inLine bool // something that is not blank was written on this line
	hashes int  // that were written last
}

// inWorkflow names the variable that the runner sets.
const inWorkflow = "GITHUB_ACTIONS"

// Write implements io.Writer. A command may come in pieces.
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
		case c > ' ' && c < 0x7f: // the runner takes blanks of all scripts away before it looks
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
