package cli

import (
	"io"

	"github.com/vanhoutenbos/layer2/internal/words"
)

// jsonLines writes lines of JSON, and escapes what does not print: a log may quote anybody.
type jsonLines struct{ to io.Writer }

func (w jsonLines) Write(line []byte) (int, error) {
	if _, err := io.WriteString(w.to, words.EscapeJSON(string(line))); err != nil {
		return 0, err
	}
	return len(line), nil
}

// textLines writes lines of text, and escapes what does not print.
type textLines struct{ to io.Writer }

func (w textLines) Write(text []byte) (int, error) {
	if _, err := io.WriteString(w.to, words.EscapeLines(string(text))); err != nil {
		return 0, err
	}
	return len(text), nil
}
