package mcpserver

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"
	"golang.org/x/tools/txtar"

	"github.com/vanhoutenbos/layer2/evals/golden"
	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/record"
)

// A transcript is an archive of exchanges: lines from the client begin with "> ", lines from the server with "< ". The client
// says all of one exchange, then reads its replies; replies of one exchange may come in any order. At the end it hangs up.
func TestTranscripts(t *testing.T) {
	transcripts(t, "testdata/transcripts/*.txtar", func() *Server { return fixture(t, io.Discard) })
}

// The decision records are those of testdata/records/decisions.
func TestRecordTranscripts(t *testing.T) {
	f := shipped.Framework(t)
	archive, err := record.OpenLive(f, "testdata/records/decisions")
	if err != nil {
		t.Fatal(err)
	}
	transcripts(t, "testdata/records/*.txtar", func() *Server {
		server, err := Build(Surface{records: archive, version: "1.2.3", logger: zerolog.Nop()})
		if err != nil {
			t.Fatal(err)
		}
		return server
	})
}

func transcripts(t *testing.T, pattern string, server func() *Server) {
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatal("no transcripts", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			session := open(t, server())
			for i := range archive.Files {
				replay(t, session, &archive.Files[i])
			}
			session.hangUp(t)
			golden.Compare(t, file, txtar.Format(archive))
		})
	}
}

// replay says the client's lines and puts what the server replied in place of its lines.
func replay(t *testing.T, session *session, exchange *txtar.File) {
	t.Helper()
	var said, expected []string
	for line := range strings.Lines(string(exchange.Data)) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "<") {
			expected = append(expected, line)
		} else {
			said = append(said, line)
			session.say(t, strings.TrimPrefix(strings.TrimPrefix(line, ">"), " "))
		}
	}
	replies := session.replies(len(expected))
	for i, reply := range replies {
		replies[i] = "< " + accidentID.ReplaceAllString(reply, "internal error XXXXXXXX")
	}
	slices.Sort(replies)
	exchange.Data = []byte(strings.Join(append(said, replies...), "\n") + "\n")
}

// accidentID is different at every run.
var accidentID = regexp.MustCompile(`internal error [0-9a-f]{8}`)

// session is a client that writes bytes and reads lines.
type session struct {
	in    io.WriteCloser
	lines chan string
	ended chan error
}

// open serves a client over pipes.
func open(t testing.TB, server *Server) *session {
	t.Helper()
	return openWith(t, t.Context(), server)
}

func openWith(t testing.TB, ctx context.Context, server *Server) *session {
	t.Helper()
	toServer, in := io.Pipe()
	out, fromServer := io.Pipe()
	s := &session{in: in, lines: make(chan string, 1_000), ended: make(chan error, 1)}
	go func() {
		s.ended <- server.Serve(ctx, toServer, fromServer)
		fromServer.Close()
	}()
	go func() {
		defer close(s.lines)
		reader := bufio.NewReader(out)
		for {
			line, err := reader.ReadString('\n')
			if err != nil {
				return
			}
			s.lines <- strings.TrimSuffix(line, "\n")
		}
	}()
	t.Cleanup(func() { in.Close() })
	return s
}

func (s *session) say(t testing.TB, line string) {
	t.Helper()
	if _, err := io.WriteString(s.in, line+"\n"); err != nil {
		t.Fatal(err)
	}
}

// replies are the next so many lines, or fewer when they do not come. With UPDATE=1 the number is not known: what comes soon.
func (s *session) replies(expected int) []string {
	var got []string
	for len(got) < expected {
		select {
		case line, ok := <-s.lines:
			if !ok {
				return got
			}
			got = append(got, line)
		case <-time.After(10 * time.Second):
			return got
		}
	}
	if golden.Updating() {
		for {
			select {
			case line := <-s.lines:
				got = append(got, line)
			case <-time.After(200 * time.Millisecond):
				return got
			}
		}
	}
	return got
}

// hangUp ends the input and checks that the server ends too, well and without another word.
func (s *session) hangUp(t testing.TB) {
	t.Helper()
	s.in.Close()
	if err := <-s.ended; err != nil {
		t.Errorf("serve: %v", err)
	}
	for line := range s.lines {
		t.Errorf("said after the end: %s", line)
	}
}

func TestEveryReplyOfATranscriptIsOneMessage(t *testing.T) {
	files, err := filepath.Glob("testdata/transcripts/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, exchange := range archive.Files {
			for line := range bytes.Lines(exchange.Data) {
				said, reply := bytes.CutPrefix(line, []byte("< "))
				if !reply {
					continue
				}
				var message struct {
					JSONRPC       string
					ID            json.RawMessage
					Result, Error json.RawMessage
				}
				if err := json.Unmarshal(said, &message); err != nil || message.JSONRPC != "2.0" || message.ID == nil ||
					(message.Result == nil) == (message.Error == nil) {
					t.Errorf("%s, %s: not a reply: %s", file, exchange.Name, said)
				}
			}
		}
	}
}
