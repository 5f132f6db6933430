package mcpserver

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"

	"github.com/vanhoutenbos/layer2/internal/object"
)

// maximumLine is the longest line that is read, in bytes, without its newline.
const maximumLine = 8 << 20

var errLineTooLong = errors.New("a message must not be longer than 8 MiB")

// line is a line of the input, or errLineTooLong, or the error that ended the input.
type line struct {
	text []byte
	err  error
}

// lines returns the lines of the input that are not blank, without a byte order mark on the first, and finally the error that
// ended it. If ctx ends first, the reading goroutine stays in its last read, which cannot be interrupted.
func lines(ctx context.Context, in io.Reader) <-chan line {
	channel := make(chan line)
	go func() {
		defer close(channel)
		reader := bufio.NewReader(in)
		for begun := false; ; begun = true {
			text, err := readLine(reader, maximumLine)
			if !begun {
				text = object.WithoutMark(text)
			}
			text = bytes.TrimSpace(text)
			if err == nil && len(text) == 0 {
				continue
			}
			select {
			case channel <- line{text, err}:
			case <-ctx.Done():
				return
			}
			if err != nil && !errors.Is(err, errLineTooLong) {
				return
			}
		}
	}()
	return channel
}

// readLine reads up to a newline or the end of the input. A line beyond the limit is read but not kept.
func readLine(reader *bufio.Reader, limit int) ([]byte, error) {
	var text []byte
	long := false
	for {
		part, err := reader.ReadSlice('\n')
		ended := err == nil
		if ended {
			part = part[:len(part)-1]
		}
		if long = long || len(text)+len(part) > limit; long {
			text = nil
		} else {
			text = append(text, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case long && (ended || errors.Is(err, io.EOF)):
			return nil, errLineTooLong
		case errors.Is(err, io.EOF) && len(text) > 0:
			return text, nil
		}
		return text, err
	}
}
