// Package hostile sends the real server what no well-meaning client does, in bytes, and holds what comes back.
package hostile

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/vanhoutenbos/layer2/evals/golden"
	"github.com/vanhoutenbos/layer2/evals/sweep"
	"golang.org/x/tools/txtar"
)

// TestHostileInput plays testdata/*.txtar: a file in an archive is a call, named by what is wrong with it. Its first line is what
// the client says, the rest what the server answered in short. An archive is named after the tool that it calls, and its calls
// are the arguments alone; in protocol.txtar they are whole messages. {{repeat 9 x}} stands for nine x, {{count 9 "x%d"}} for nine
// with commas between and a number in each, {{nest 9}} for nine objects within one another, {{bytes ff 00}} for these bytes. UPDATE=1 rewrites the answers.
//
// Every answer has to be valid against the protocol, and its structured part against what the tool declares; it has to be one
// line, and after it the server has to answer as ever. Of the calls of megabytes some are made, and all of them with -sweep 100.
func TestHostileInput(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("nothing to send: ", err)
	}
	var played []string
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		played = append(played, name)
		t.Run(name, func(t *testing.T) {
			t.Parallel() // most of the time goes into reading seven megabytes
			play(t, file, name)
		})
	}
	for _, tool := range open(t).outputs() {
		if !slices.Contains(played, tool) {
			t.Errorf("no hostile input for %s", tool)
		}
	}
}

func play(t *testing.T, file, tool string) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	session, large := open(t), 0
	for i, exchange := range archive.Files {
		input, want, _ := strings.Cut(string(exchange.Data), "\n")
		said := spelledOut(t, input)
		if len(said) > 1<<20 {
			if large++; !sweep.Takes(large-1) && !golden.Updating() {
				continue
			}
		}
		if tool != "protocol" {
			said = fmt.Sprintf(`{"jsonrpc":"2.0","id":"%d","method":"tools/call","params":{"name":%q,"arguments":%s}}`, i, tool, said)
		}
		reply := session.ask(said)
		got := session.inShort(tool, reply)
		for _, text := range append([]string{got}, reply.texts()...) {
			if caller := harmful(text); caller != "" {
				t.Errorf("%s: the answer carries %.300q", exchange.Name, caller)
			}
		}
		if id := string(reply.ID); tool != "protocol" && id != "null" && id != fmt.Sprintf("%q", fmt.Sprint(i)) {
			t.Errorf("%s: the answer is for %s", exchange.Name, id)
		}
		archive.Files[i].Data = []byte(input + "\n" + got)
		if got != want && !golden.Updating() {
			t.Errorf("%s: got\n%s\nwant\n%s", exchange.Name, got, want)
		}
		session.alive(exchange.Name)
	}
	if golden.Updating() {
		golden.Write(t, file, txtar.Format(archive))
	}
}

// harmful finds what no answer may carry: a character that moves a cursor or turns the reading direction, or more than 80
// characters of a caller's (the tables write long words with the letter w only).
func harmful(answer string) string {
	for line := range strings.Lines(answer) {
		line = strings.TrimSuffix(line, "\n")
		if i := strings.IndexFunc(line, unprintable); i >= 0 {
			return line[i:]
		}
		if long := strings.Index(line, strings.Repeat("w", 81)); long >= 0 {
			return line[long:]
		}
	}
	if !utf8.ValidString(answer) {
		return answer
	}
	return ""
}

// unprintable reports whether a character does not show, or is one with which what shows can carry what does not.
func unprintable(r rune) bool {
	return !unicode.IsPrint(r) || unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// inShort is an answer as the tables show it: what was wrong, or that there was an answer and what of the caller's is in it.
func (s *session) inShort(tool string, r reply) string {
	switch {
	case r.Error != nil && r.Error.Data != nil:
		return fmt.Sprintf("error %d: %s %s\n", r.Error.Code, r.Error.Message, r.Error.Data)
	case r.Error != nil:
		return fmt.Sprintf("error %d: %s\n", r.Error.Code, r.Error.Message)
	case tool == "protocol":
		return "answered\n"
	case r.Result.IsError:
		return r.Result.Content[0].Text + "\n"
	}
	return "answered\n" + s.callersPart(tool, r)
}

// callersPart is the verdicts of an answer and all in it that the caller wrote.
func (s *session) callersPart(tool string, r reply) string {
	var answer struct {
		Verdicts []struct{ Capability, Verdict string }
		Sources  json.RawMessage
		Unknown  json.RawMessage
	}
	if err := json.Unmarshal(r.Result.StructuredContent, &answer); err != nil {
		s.t.Errorf("%s: %v", tool, err)
	}
	var b strings.Builder
	for _, v := range answer.Verdicts {
		fmt.Fprintf(&b, "%s: %s\n", v.Capability, v.Verdict)
	}
	if answer.Sources != nil {
		fmt.Fprintf(&b, "sources: %s\n", inASCII(answer.Sources))
	}
	if answer.Unknown != nil {
		fmt.Fprintf(&b, "unknown: %s\n", inASCII(answer.Unknown))
	}
	return b.String()
}

// inASCII is JSON with everything beyond ASCII escaped: within JSON it is data.
func inASCII(raw json.RawMessage) string {
	var b strings.Builder
	for _, r := range string(raw) {
		if r < utf8.RuneSelf {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "\\u%04x", r)
		}
	}
	return b.String()
}
