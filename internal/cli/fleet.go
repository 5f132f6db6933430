package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/vanhoutenbos/layer2/internal/disk"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/object"
	"github.com/vanhoutenbos/layer2/internal/words"
	"github.com/vanhoutenbos/layer2/tools"
)

// maximumLine is the most bytes that the line of one team may have.
const maximumLine = 1 << 20

// flushSize is how many bytes of answers are buffered while more input is waiting.
const flushSize = 32 << 10

// assessFleet writes one line of verdicts for each line of input. A bad line is reported with its number and makes the exit status
// 1; the rest is still assessed.
func (i *invocation) assessFleet(ctx context.Context, f *framework.Framework) error {
	in := i.In
	if i.fleet != "-" {
		file, err := disk.OpenInput(i.fleet)
		if err != nil {
			return fmt.Errorf("%s: %w", words.Escape(i.fleet), err)
		}
		defer func() { _ = file.Close() }() // it was only read
		in = file
	}
	var answers bytes.Buffer // whole lines, so that a stopped program leaves no partial one
	reader, encoder := bufio.NewReaderSize(in, 64<<10), json.NewEncoder(jsonLines{&answers})
	encoder.SetEscapeHTML(false)
	bad := 0
	var failed error
	for number, ended := 1, false; !ended; number++ {
		line, err := readLine(reader)
		if number == 1 {
			line = object.WithoutMark(line)
		}
		if errors.Is(err, io.EOF) {
			err = nil
			ended = true
		}
		switch {
		case ctx.Err() != nil:
			failed = ctx.Err()
		case err != nil && !errors.Is(err, errLongLine):
			failed = fmt.Errorf("--fleet: line %d: %w", number, disk.Reason(err))
		case err != nil, len(bytes.TrimSpace(line)) > 0:
			if err := i.assessLine(f, encoder, line, err); err != nil {
				bad++
				fmt.Fprintf(i.Err, "line %d: %v\n", number, err)
			}
		}
		ended = ended || failed != nil
		if ended || reader.Buffered() == 0 || answers.Len() >= flushSize {
			if _, err := answers.WriteTo(i.Out); err != nil {
				return err
			}
		}
	}
	if failed == nil && bad > 0 {
		return statusError(refused)
	}
	return failed
}

func (i *invocation) assessLine(f *framework.Framework, encoder *json.Encoder, line []byte, unread error) error {
	if unread != nil {
		return unread
	}
	if !json.Valid(line) {
		return errors.New("not JSON")
	}
	team, err := tools.AssessTeam(f, line)
	if err != nil {
		return err
	}
	return encoder.Encode(team)
}

var errLongLine = fmt.Errorf("longer than %d bytes", maximumLine)

// readLine reads one line. A line beyond maximumLine is skipped, with errLongLine. The error is io.EOF once nothing is left.
func readLine(reader *bufio.Reader) ([]byte, error) {
	var line []byte
	tooLong := false
	for {
		part, err := reader.ReadSlice('\n')
		if tooLong = tooLong || len(line)+len(part) > maximumLine; !tooLong {
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case tooLong && (err == nil || errors.Is(err, io.EOF)):
			return nil, errLongLine
		case errors.Is(err, io.EOF) && len(line) > 0:
			return line, nil
		}
		return line, err
	}
}
