package mcpserver

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/vanhoutenbos/layer2/evals/golden"
	"golang.org/x/tools/txtar"
)

// A server that asks in the middle of a call sends requests of its own, so that these transcripts are of stdio alone.
func TestForms(t *testing.T) {
	files, err := filepath.Glob("testdata/forms/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no transcripts", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			session := open(t, fixture(t, io.Discard))
			for i := range archive.Files {
				replay(t, session, &archive.Files[i])
			}
			session.hangUp(t)
			golden.Compare(t, file, txtar.Format(archive))
		})
	}
}

// hello opens a session of a client that can put forms.
func hello(t *testing.T) *session {
	t.Helper()
	session := open(t, fixture(t, io.Discard))
	session.say(t, strings.Replace(initialize, `"capabilities":{}`, `"capabilities":{"elicitation":{}}`, 1))
	session.replies(1)
	session.say(t, initialized)
	return session
}

// next is the next line, as far as these tests look at it.
func next(t *testing.T, s *session) (m struct {
	ID     int
	Method string
	Result json.RawMessage
}) {
	t.Helper()
	select {
	case line, ok := <-s.lines:
		if !ok {
			t.Fatal("the server has disconnected")
		}
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatal(line, err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("nothing comes")
	}
	return m
}

func TestWhoHangsUpIsStillAnswered(t *testing.T) {
	session := hello(t)
	session.say(t, call("2", "ask"))
	if m := next(t, session); m.Method != "elicitation/create" {
		t.Fatalf("not asked: %+v", m)
	}
	session.in.Close()
	if m := next(t, session); m.ID != 2 || !strings.Contains(string(m.Result), "First. cancel") {
		t.Errorf("reply %+v %s", m, m.Result)
	}
	session.hangUp(t)
}

// A client that lets forms lie must not keep others from being answered, and is not asked on.
func TestFormsThatLieDoNotHoldUpOtherCalls(t *testing.T) {
	session := hello(t)
	for i := range maximumAsked {
		session.say(t, call(fmt.Sprint(10+i), "ask"))
		if m := next(t, session); m.Method != "elicitation/create" {
			t.Fatalf("not asked: %+v", m)
		}
	}
	session.say(t, call("20", "ask"))
	if m := next(t, session); m.ID != 20 || !strings.Contains(string(m.Result), "First. cancel") {
		t.Errorf("one too many: %+v %s", m, m.Result)
	}
	for i := range 200 {
		session.say(t, call(fmt.Sprint(100+i), "tell"))
	}
	for range 200 {
		if m := next(t, session); m.ID < 100 || m.Result == nil {
			t.Errorf("reply %+v", m)
		}
	}
	session.say(t, `{"jsonrpc":"2.0","id":1,"result":{"action":"decline"}}`)
	if m := next(t, session); m.ID != 10 {
		t.Errorf("reply %+v", m)
	}
	session.say(t, call("30", "ask"))
	if m := next(t, session); m.Method != "elicitation/create" {
		t.Errorf("not asked again: %+v", m)
	}
	session.in.Close()
	for range maximumAsked {
		next(t, session)
	}
	session.hangUp(t)
}

func TestAReplyThatSaysTwoThingsIsNone(t *testing.T) {
	for _, reply := range []string{
		`{"jsonrpc":"2.0","id":1,"result":{"action":"decline","Action":"accept"}}`,
		`{"jsonrpc":"2.0","id":1,"result":{"action":"accept","content":{"z":1,"z":2}}}`,
	} {
		session := hello(t)
		session.say(t, call("2", "ask"))
		if m := next(t, session); m.Method != "elicitation/create" {
			t.Fatalf("not asked: %+v", m)
		}
		session.say(t, reply)
		if m := next(t, session); m.ID != 2 || !strings.Contains(string(m.Result), "First. cancel") {
			t.Errorf("%s: %+v %s", reply, m, m.Result)
		}
		session.hangUp(t)
	}
}

// Two servers of one process have nothing in common: what one client can do does not affect the other.
func TestEveryClientIsAskedAtItsOwnServer(t *testing.T) {
	can := hello(t)
	cannot := open(t, fixture(t, io.Discard))
	cannot.say(t, initialize)
	cannot.replies(1)
	cannot.say(t, call("2", "ask"))
	if m := next(t, cannot); !strings.Contains(string(m.Result), "nobody to ask") {
		t.Errorf("asked: %+v %s", m, m.Result)
	}
	can.say(t, call("2", "ask"))
	if m := next(t, can); m.Method != "elicitation/create" {
		t.Errorf("not asked: %+v", m)
	}
	can.in.Close()
	next(t, can)
	can.hangUp(t)
	cannot.hangUp(t)
}
