package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/tools"
)

// maximumLine is the size of a team's line beyond which it is a mistake, in bytes.
const maximumLine = 1 << 20

// assessFleet streams one line of verdicts for each line of teams. A bad line is reported with its number, and the rest goes on; the
// exit status is then 1.
func (i *invocation) assessFleet(ctx context.Context, f *framework.Framework) error {
	in := i.In
	if i.fleet != "-" {
		file, err := os.Open(i.fleet)
		if err != nil {
			return err
		}
		defer func() { _ = file.Close() }() // it was only read
		in = file
	}
	reader, out := bufio.NewReaderSize(in, 64<<10), bufio.NewWriter(i.Out)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	bad := 0
	for number := 1; ctx.Err() == nil; number++ {
		line, err := readLine(reader)
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil && len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if err := i.assessLine(f, encoder, line, err); err != nil {
			bad++
			fmt.Fprintf(i.Err, "line %d: %v\n", number, err)
		}
	}
	if err := errors.Join(out.Flush(), ctx.Err()); err != nil {
		return err
	}
	if bad > 0 {
		return statusError(refused)
	}
	return nil
}

func (i *invocation) assessLine(f *framework.Framework, encoder *json.Encoder, line []byte, unread error) error {
	if unread != nil {
		return unread
	}
	if !json.Valid(line) {
		return errors.New("it is no JSON")
	}
	team, err := tools.AssessTeam(f, line)
	if err != nil {
		return err
	}
	return encoder.Encode(team)
}

// readLine reads a line of a bounded size. A longer one is read to its end and is an error; io.EOF comes when nothing is left.
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
			return nil, fmt.Errorf("it is longer than %d bytes", maximumLine)
		case errors.Is(err, io.EOF) && len(line) > 0:
			return line, nil
		}
		return line, err
	}
}
