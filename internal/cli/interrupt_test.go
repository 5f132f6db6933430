package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall"
	"testing"
)

// TestACommandThatDoesNotEnd is left behind at a signal, unless it is a server that drains.
func TestACommandThatDoesNotEnd(t *testing.T) {
	for _, test := range []struct {
		name    string
		cause   error
		command func(s *session, ctx context.Context) error
		want    int
		says    string
	}{
		{"goes on for ever", Interrupted{syscall.SIGINT}, func(*session, context.Context) error { select {} }, 130, ""},
		{"says why it stopped", Interrupted{syscall.SIGTERM}, func(_ *session, ctx context.Context) error {
			<-ctx.Done()
			return fmt.Errorf("reading: %w", ctx.Err())
		}, 143, ""},
		{"takes the end for that of its input", Interrupted{syscall.SIGINT}, func(_ *session, ctx context.Context) error {
			<-ctx.Done()
			return nil
		}, 130, ""},
		{"drains", Interrupted{syscall.SIGTERM}, func(s *session, ctx context.Context) error {
			s.draining.Store(true)
			<-ctx.Done()
			fmt.Fprint(s.Out, "the last answer")
			return nil
		}, 0, ""},
		{"drains and fails", Interrupted{syscall.SIGTERM}, func(s *session, ctx context.Context) error {
			s.draining.Store(true)
			<-ctx.Done()
			return errors.New("a call did not end")
		}, 2, "layer2: a call did not end\n"},
		{"ends by another cause", errors.New("some"), func(*session, context.Context) error { select {} }, 130, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithCancelCause(t.Context())
			var out, problems strings.Builder
			s := &session{Streams: Streams{Err: &problems}, out: &output{to: &out}}
			s.Out = s.out
			status := s.run(ctx, func(ctx context.Context) error {
				cancel(test.cause)
				return test.command(s, ctx)
			})
			if status != test.want || problems.String() != test.says {
				t.Errorf("exit %d, want %d, says %q", status, test.want, problems.String())
			}
			if test.name == "drains" && out.String() != "the last answer" {
				t.Errorf("the answer is lost: %q", out.String())
			}
		})
	}
}

// TestACommandThatIsLeftBehindWritesNothing writes after the program has given its status.
func TestACommandThatIsLeftBehindWritesNothing(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(Interrupted{syscall.SIGINT})
	var out strings.Builder
	s := &session{out: &output{to: &out}}
	over, wrote := make(chan struct{}), make(chan error)
	if status := s.run(ctx, func(context.Context) error {
		<-over
		_, err := fmt.Fprint(s.out, "late")
		wrote <- err
		return err
	}); status != 130 {
		t.Errorf("exit %d", status)
	}
	close(over)
	if err := <-wrote; err == nil || out.String() != "" {
		t.Errorf("%v, %q", err, out.String())
	}
}
