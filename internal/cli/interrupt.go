package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/vanhoutenbos/layer2/internal/words"
)

// How long a command may take to clean up after a signal, and how much longer if it is changing files.
const (
	grace        = 300 * time.Millisecond
	graceWriting = 500 * time.Millisecond
)

// Interrupted is the cause of a context that a signal ended.
type Interrupted struct{ Signal syscall.Signal }

func (e Interrupted) Error() string { return "interrupted: " + e.Signal.String() }

// Is makes it match [context.Canceled].
func (e Interrupted) Is(target error) bool { return target == context.Canceled }

// UntilSignal returns a context that ends at the first SIGINT or SIGTERM. A second one kills the process.
func UntilSignal(parent context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(parent)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM)
	go func() {
		defer signal.Stop(signals)
		select {
		case received := <-signals:
			if number, ok := received.(syscall.Signal); ok {
				cancel(Interrupted{number})
			}
		case <-ctx.Done():
		}
	}()
	return ctx, func() { cancel(nil) }
}

// interrupted returns the exit status of a command that ctx ended: 128 plus the signal, as in shells.
func interrupted(ctx context.Context) int {
	var by Interrupted
	if !errors.As(context.Cause(ctx), &by) {
		by.Signal = syscall.SIGINT
	}
	return 128 + int(by.Signal)
}

// run runs a command. After a signal it waits no longer than the grace period, unless the command is a server that is draining.
// Whatever the command is still waiting for, a pipe or a long computation, ends with the process; files are written whole or not
// at all.
func (s *session) run(ctx context.Context, command func(context.Context) error) int {
	done := make(chan error, 1)
	go func() { done <- command(ctx) }()
	select {
	case err := <-done:
		return s.finish(ctx, err)
	case <-ctx.Done():
	}
	select {
	case err := <-done:
		return s.finish(ctx, err)
	case <-time.After(grace):
	}
	if s.writing.Load() {
		select {
		case err := <-done:
			return s.finish(ctx, err)
		case <-time.After(graceWriting):
		}
	}
	if s.draining.Load() {
		return s.finish(ctx, <-done)
	}
	s.out.shut()
	return interrupted(ctx)
}

// finish reports an error on stderr and returns the exit status.
func (s *session) finish(ctx context.Context, err error) int {
	unwritten := s.out.problem()
	if ctx.Err() != nil && !s.draining.Load() {
		return interrupted(ctx)
	}
	if unwritten != nil {
		fmt.Fprintf(s.Err, "layer2: cannot write the output: %v\n", unwritten)
		return unusable
	}
	var status statusError
	switch {
	case err == nil:
		return succeeded
	case errors.As(err, &status):
		return int(status)
	}
	fmt.Fprintf(s.Err, "layer2: %s\n", words.EscapeLines(err.Error()))
	return unusable
}
