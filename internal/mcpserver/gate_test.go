package mcpserver

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

const (
	initialize = `{"jsonrpc":"2.0","id":"first","method":"initialize","params":{"protocolVersion":"2025-11-25",` +
		`"capabilities":{},"clientInfo":{"name":"test","version":"0"}}}`
	initialized = `{"jsonrpc":"2.0","method":"notifications/initialized"}`
)

func ping(id string) string { return fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"method":"ping"}`, id) }

func call(id, tool string) string {
	return fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"method":"tools/call","params":{"name":%q,"arguments":{}}}`, id, tool)
}

func cancelled(id string) string {
	return fmt.Sprintf(`{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":%s}}`, id)
}

// serveAll says it all at once, hangs up, and is what came back, line by line.
func serveAll(t testing.TB, server *Server, input string) []string {
	t.Helper()
	var out bytes.Buffer
	if err := server.Serve(t.Context(), strings.NewReader(input), &out); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(out.String()) {
		if !strings.HasSuffix(line, "\n") || !json.Valid([]byte(line)) {
			t.Fatalf("not a whole message: %q", line)
		}
		lines = append(lines, strings.TrimSuffix(line, "\n"))
	}
	return lines
}

// idsOf are the ids of the replies, sorted.
func idsOf(t testing.TB, lines []string) []string {
	t.Helper()
	var ids []string
	for _, line := range lines {
		var reply struct{ ID json.RawMessage }
		if err := json.Unmarshal([]byte(line), &reply); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, string(reply.ID))
	}
	slices.Sort(ids)
	return ids
}

func TestNothingIsLostWhenTheInputEnds(t *testing.T) {
	server := fixture(t, io.Discard)
	said := []string{initialize, initialized, ""}
	want := []string{`"first"`}
	for i := range 20 {
		id := fmt.Sprint(100 + i)
		want = append(want, id)
		said = append(said, []string{ping(id), call(id, "tell"), call(id, "break")}[i%3])
	}
	slices.Sort(want)
	input := strings.Join(said, "\r\n") // and no newline behind the last
	for run := range 300 {
		got := serveAll(t, server, input)
		if ids := idsOf(t, got); !slices.Equal(ids, want) {
			t.Fatalf("run %d: replies to %v, want %v", run, ids, want)
		}
		if !strings.Contains(got[0], `"id":"first"`) {
			t.Fatalf("run %d: initialize was not answered first but %s", run, got[0])
		}
	}
}

func TestARequestThatWasCancelledIsNotAnswered(t *testing.T) {
	for asked, cancels := range map[string]string{`1`: `1`, `1.0`: `1`, `2`: `2e0`, `"a"`: `"\u0061"`, `9007199254740993`: `9007199254740993`} {
		t.Run(asked, func(t *testing.T) {
			session := open(t, fixture(t, io.Discard))
			session.say(t, call(asked, "await"))
			session.say(t, cancelled(cancels))
			session.say(t, ping("77"))
			if got := idsOf(t, session.replies(1)); !slices.Equal(got, []string{"77"}) {
				t.Errorf("replies to %v, want 77 alone", got)
			}
			session.hangUp(t) // at once: the cancelled call does not hold up the end
		})
	}
}

func TestACancellationOfAnotherRequestChangesNothing(t *testing.T) {
	got := serveAll(t, fixture(t, io.Discard), strings.Join([]string{
		initialize, cancelled(`"first"`), cancelled(`"1"`), cancelled(`9007199254740992`), call("1", "tell"), call("9007199254740993", "tell"),
	}, "\n"))
	if ids := idsOf(t, got); !slices.Equal(ids, []string{`"first"`, "1", "9007199254740993"}) {
		t.Errorf("replies to %v", ids)
	}
}

func TestAByteOrderMarkBeforeTheFirstMessageIsSkipped(t *testing.T) {
	const mark = "\ufeff"
	for input, want := range map[string][]string{
		mark + ping("1") + "\n" + ping("2"): {"1", "2"},
		mark + "\r\n" + ping("1"):           {"1"},
		mark:                                nil,
		mark + mark + ping("1") + "\n" + ping("2"): {"2", "null"},
		ping("1") + "\n" + mark + ping("2"):        {"1", "null"},
		"\n" + mark + ping("1"):                    {"null"},
	} {
		if ids := idsOf(t, serveAll(t, fixture(t, io.Discard), input)); !slices.Equal(ids, want) {
			t.Errorf("%q: replies to %v, want %v", input, ids, want)
		}
	}
}

func TestManyRequestsAtOnceAreEachAnsweredOnce(t *testing.T) {
	session := open(t, fixture(t, io.Discard))
	const requests = 1_500
	go func() {
		for i := range requests {
			id := fmt.Sprint(i)
			session.say(t, []string{ping(id), call(id, "tell"), cancelled(fmt.Sprint(i)), call(id, "break")}[i%4])
		}
	}()
	want := 0
	for i := range requests {
		if i%4 != 2 {
			want++
		}
	}
	ids := idsOf(t, session.replies(want))
	if once := slices.Compact(slices.Clone(ids)); len(once) != want {
		t.Errorf("%d requests were answered, want %d", len(once), want)
	}
	session.hangUp(t)
}

func TestALineMayHaveEightMebibytes(t *testing.T) {
	long := call("1", "tell")
	long += strings.Repeat(" ", maximumLine-len(long)-1) + "\n" // spaces in the middle of nothing: still one line
	text := `{"jsonrpc":"2.0","id":2,"method":"ping","params":{"x":"`
	exact := text + strings.Repeat("x", maximumLine-len(text)-3) + `"}}`
	over := text + strings.Repeat("x", maximumLine-len(text)-2) + `"}}`
	if len(exact) != maximumLine || len(over) != maximumLine+1 {
		t.Fatal(len(exact), len(over))
	}
	got := serveAll(t, fixture(t, io.Discard), long+exact+"\n"+over+"\n"+ping("4")+"\n"+over)
	slices.Sort(got)
	tooLong := `{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"a message must not be longer than 8 MiB"}}`
	want := []string{
		`{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"given: {}"}],"structuredContent":{"given":"{}"}}}`,
		`{"jsonrpc":"2.0","id":2,"result":{}}`,
		`{"jsonrpc":"2.0","id":4,"result":{}}`,
		tooLong, tooLong,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %.2000s", strings.Join(got, "\n"))
	}
}

func TestAnErrorDoesNotEchoALongText(t *testing.T) {
	huge := strings.Repeat("é", 1<<16)
	for name, line := range map[string]string{
		"tool":     call("1", huge),
		"method":   strings.Replace(ping("1"), "ping", huge, 1),
		"resource": fmt.Sprintf(`{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":%q}}`, huge),
		"template": fmt.Sprintf(`{"jsonrpc":"2.0","id":1,"method":"completion/complete","params":`+
			`{"ref":{"type":"ref/resource","uri":%q},"argument":{"name":"id","value":""}}}`, huge),
		"reference": fmt.Sprintf(`{"jsonrpc":"2.0","id":1,"method":"completion/complete","params":`+
			`{"ref":{"type":%q},"argument":{"name":"id","value":""}}}`, huge),
	} {
		t.Run(name, func(t *testing.T) {
			got := serveAll(t, fixture(t, io.Discard), line)
			if len(got) != 1 || !strings.Contains(got[0], `"error"`) || len(got[0]) > 4*maximumError {
				t.Errorf("%d replies, the first: %.300q", len(got), got)
			}
		})
	}
}

func TestServingEndsWellWhenItIsToldTo(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	session := openWith(t, ctx, fixture(t, io.Discard))
	session.say(t, ping("1"))
	session.replies(1)
	stop()
	select {
	case err := <-session.ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(5 * time.Second):
		t.Error("still serving")
	}
}

func TestWhatDoesNotEndIsLeftAfterTheGrace(t *testing.T) {
	for _, end := range []string{"the input ends", "it is told to stop"} {
		t.Run(end, func(t *testing.T) {
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			server := fixture(t, io.Discard)
			toServer, in := io.Pipe()
			var out bytes.Buffer
			ended := make(chan error, 1)
			go func() { ended <- server.serve(ctx, newGate(ctx, toServer, &out, 50*time.Millisecond, server.logger)) }()
			if _, err := io.WriteString(in, call("1", "await")+"\n"+ping("2")+"\n"); err != nil {
				t.Fatal(err)
			}
			if end == "the input ends" {
				in.Close()
			} else {
				stop()
			}
			select {
			case err := <-ended:
				if err != nil {
					t.Error(err)
				}
			case <-time.After(5 * time.Second):
				t.Error("still serving")
			}
		})
	}
}

func TestAClientThatIsGoneEndsServing(t *testing.T) {
	toServer, in := io.Pipe()
	defer in.Close()
	gone := errors.New("nobody reads")
	ended := make(chan error, 1)
	go func() { ended <- fixture(t, io.Discard).Serve(t.Context(), toServer, broken{gone}) }()
	if _, err := io.WriteString(in, ping("1")+"\n"); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; !errors.Is(err, gone) {
		t.Errorf("serve: %v, want %v", err, gone)
	}
}

type broken struct{ err error }

func (b broken) Write([]byte) (int, error) { return 0, b.err }

func TestAnInputThatFailsIsAnError(t *testing.T) {
	failed := errors.New("the disk is on fire")
	input := io.MultiReader(strings.NewReader(ping("1")+"\n"), iotest.ErrReader(failed))
	var out bytes.Buffer
	if err := fixture(t, io.Discard).Serve(t.Context(), input, &out); !errors.Is(err, failed) {
		t.Errorf("serve: %v, want %v", err, failed)
	}
	if want := `{"jsonrpc":"2.0","id":1,"result":{}}` + "\n"; out.String() != want {
		t.Errorf("said %q, want %q", out.String(), want)
	}
}

func TestAnEmptyInputIsAGoodEnd(t *testing.T) {
	for _, input := range []string{"", "\n", " \r\n\t\n "} {
		if got := serveAll(t, fixture(t, io.Discard), input); len(got) != 0 {
			t.Errorf("%q was answered: %v", input, got)
		}
	}
}

func TestInputMayComeInAnyPieces(t *testing.T) {
	var out bytes.Buffer
	input := iotest.OneByteReader(strings.NewReader(initialize + "\n" + ping("1") + "\n\n" + call("2", "tell")))
	if err := fixture(t, io.Discard).Serve(t.Context(), input, &out); err != nil {
		t.Fatal(err)
	}
	if lines := strings.Count(out.String(), "\n"); lines != 3 {
		t.Errorf("%d replies, want 3: %s", lines, out.String())
	}
}
