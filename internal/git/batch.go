package git

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
)

// batch is a running git cat-file --batch: it takes object ids and returns objects.
type batch struct {
	repository *Repository
	ctx        context.Context // ends the process
	process    *exec.Cmd
	requests   io.WriteCloser
	answers    *bufio.Reader
	stderr     head
}

// header is what git prints before the content of an object. An object that is missing has no kind.
type header struct {
	id, kind string
	size     int64
}

var errUnexpected = errors.New("unexpected output from git cat-file")

// objectID matches a full SHA-1 or SHA-256 id.
var objectID = regexp.MustCompile(`^(?:[0-9a-f]{40}|[0-9a-f]{64})$`)

func startBatch(ctx context.Context, r *Repository) (*batch, error) {
	b := &batch{repository: r, ctx: ctx, process: r.command(ctx, "cat-file", "--batch")}
	b.process.Stderr = &b.stderr
	requests, err := b.process.StdinPipe()
	if err != nil {
		return nil, err
	}
	answers, err := b.process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	b.requests, b.answers = requests, bufio.NewReader(answers)
	if err := b.process.Start(); err != nil {
		return nil, r.explain(ctx, err, "")
	}
	return b, nil
}

// request asks for an object. Unless it is missing, the caller must call content or skip next. After an error the batch is unusable.
func (b *batch) request(expression string) (header, error) {
	if _, err := io.WriteString(b.requests, expression+"\n"); err != nil {
		return header{}, b.failed(err)
	}
	line, err := b.answers.ReadSlice('\n')
	if err != nil {
		return header{}, b.failed(err)
	}
	fields := strings.Fields(string(line))
	if len(fields) == 2 && fields[1] == "missing" {
		return header{}, nil
	}
	if len(fields) != 3 || !objectID.MatchString(fields[0]) {
		return header{}, errUnexpected
	}
	size, err := strconv.ParseInt(fields[2], 10, 64)
	if err != nil || size < 0 {
		return header{}, errUnexpected
	}
	return header{fields[0], fields[1], size}, nil
}

// content reads the object that was requested, and the newline that follows it.
func (b *batch) content(h header) ([]byte, error) {
	content := make([]byte, h.size+1)
	if _, err := io.ReadFull(b.answers, content); err != nil {
		return nil, b.failed(err)
	}
	return content[:h.size], nil
}

func (b *batch) skip(h header) error {
	if _, err := io.CopyN(io.Discard, b.answers, h.size+1); err != nil {
		return b.failed(err)
	}
	return nil
}

// failed returns why the process stopped answering, given the error that showed it.
func (b *batch) failed(err error) error {
	if errors.Is(err, bufio.ErrBufferFull) {
		return errUnexpected
	}
	_ = b.requests.Close() // lets the process exit, if it has not
	if err = b.process.Wait(); err == nil {
		err = errors.New("git exited before it answered")
	}
	return b.repository.explain(b.ctx, err, b.stderr.String())
}
