package mcpserver

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/vanhoutenbos/layer2/evals/golden"
	"golang.org/x/tools/txtar"
)

// Of the traps of the library that concern HTTP, these are closed here, and those of a network in internal/httpserver:
//
//	subscriptions/listen is acknowledged or not            testdata/http/modern.txtar, legacy.txtar
//	errors of templates, prompts, completions are -32603   testdata/http/modern.txtar; TestTranscriptsReadTheSameOverHTTP
//	input validation text is of the library's workings     TestTranscriptsReadTheSameOverHTTP (malformed)
//	sessions pile up; GET and DELETE                       TestInitializeKeepsNothing; methods are httpserver's
//	progress on a stream gets lost                         TestAnswersAreInOnePiece: there are no streams
//	no X-Accel-Buffering                                   every exchange of testdata/http
//	the text of a panic goes out                           TestAPanicGivesAnIDOnly
//	ids go through floating point; batches                 TestTranscriptsReadTheSameOverHTTP (ids, malformed)
//	errors echo whatever they were given                   TestErrorsGiveBackLittle
//	a cancellation meets whoever has the same id           TestNobodyCancelsAnothersRequest
//	Last-Event-ID is refused, headers may be given twice      testdata/http/headers.txtar

// post is the answer to one message.
func post(t testing.TB, handler http.Handler, header http.Header, body string) *httptest.ResponseRecorder {
	t.Helper()
	return postWith(t.Context(), handler, header, body)
}

func postWith(ctx context.Context, handler http.Handler, header http.Header, body string) *httptest.ResponseRecorder {
	request := httptest.NewRequestWithContext(ctx, http.MethodPost, "/mcp", strings.NewReader(body))
	request.Header = header.Clone()
	if request.Header.Get("Content-Type") == "" {
		request.Header.Set("Content-Type", "application/json")
	}
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, request)
	return recorder
}

// headersOf are what a client sends beside a message: none before 2025-06-18, more since 2026-07-28.
func headersOf(line, legacy string) http.Header {
	var m struct {
		Method mcp.MCPMethod
		Params json.RawMessage
	}
	var params struct {
		Meta map[string]any `json:"_meta"`
	}
	_ = json.Unmarshal([]byte(line), &m) // what is not a message has no headers
	_ = json.Unmarshal(m.Params, &params)
	header := http.Header{}
	version, modern := params.Meta["io.modelcontextprotocol/protocolVersion"].(string)
	if !modern {
		version = legacy
	}
	if version != "" {
		header.Set(mcp.HeaderProtocolVersion, version)
	}
	for name, value := range mcp.StandardHeaders(version, m.Method, m.Params) {
		header.Set(name, value)
	}
	return header
}

func TestTranscriptsReadTheSameOverHTTP(t *testing.T) {
	files, err := filepath.Glob("testdata/transcripts/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no transcripts", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			handler := fixture(t, io.Discard).Handler()
			version := regexp.MustCompile(`2025-\d\d-\d\d`).FindString(file)
			for _, exchange := range archive.Files {
				compareOverHTTP(t, handler, version, exchange)
			}
		})
	}
}

// compareOverHTTP says the client's lines of an exchange, one a request, and compares the replies byte for byte. What has no
// reply on stdio has none here, unless it is not a message at all.
func compareOverHTTP(t *testing.T, handler http.Handler, version string, exchange txtar.File) {
	t.Helper()
	var want, got []string
	for line := range strings.Lines(string(exchange.Data)) {
		line = strings.TrimSuffix(line, "\n")
		if reply, ok := strings.CutPrefix(line, "< "); ok {
			want = append(want, reply)
			continue
		}
		said := strings.TrimPrefix(strings.TrimPrefix(line, ">"), " ")
		answer := post(t, handler, headersOf(said, version), said)
		if reply := strings.TrimSuffix(answer.Body.String(), "\n"); reply != "" {
			got = append(got, accidentID.ReplaceAllString(reply, "internal error XXXXXXXX"))
		}
	}
	always := []string{"blank lines", "a reply to nothing", "a notification that says two things"}
	if len(want) == 0 && len(got) > 0 && slices.Contains(always, exchange.Name) {
		return // a request of HTTP always has an answer
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %s\nwant %s", exchange.Name, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestHTTPExchanges plays testdata/http/*.txtar. Each file of an archive is a request (headers, an empty line, the message), a
// line of three hyphens, and its answer (status, headers, an empty line, the message). UPDATE=1 rewrites the answers.
func TestHTTPExchanges(t *testing.T) {
	files, err := filepath.Glob("testdata/http/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no exchanges", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			handler := fixture(t, io.Discard).Handler()
			for i, exchange := range archive.Files {
				request, _, _ := strings.Cut(string(exchange.Data), "---\n")
				archive.Files[i].Data = []byte(request + "---\n" + exchanged(t, handler, request))
			}
			golden.Compare(t, file, txtar.Format(archive))
		})
	}
}

// exchanged is the answer to a request, as it is written in the archives.
func exchanged(t *testing.T, handler http.Handler, request string) string {
	t.Helper()
	reader := bufio.NewReader(strings.NewReader(request))
	header, err := textproto.NewReader(reader).ReadMIMEHeader()
	if err != nil {
		t.Fatalf("%v in %q", err, request)
	}
	body, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	answer := post(t, handler, http.Header(header), strings.TrimSuffix(string(body), "\n"))
	var text strings.Builder
	fmt.Fprintf(&text, "%d %s\n", answer.Code, http.StatusText(answer.Code))
	for _, name := range slices.Sorted(maps.Keys(answer.Header())) {
		if name != "Content-Length" {
			fmt.Fprintf(&text, "%s: %s\n", name, answer.Header().Get(name))
		}
	}
	text.WriteString("\n")
	text.Write(answer.Body.Bytes())
	return accidentID.ReplaceAllString(text.String(), "internal error XXXXXXXX")
}

const modernPing = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"tell","_meta":{` +
	`"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}`

func TestAPanicGivesAnIDOnly(t *testing.T) {
	const read = `{"jsonrpc":"2.0","id":7,"method":"resources/read","params":{"uri":"layer2://panic"}}`
	for _, way := range []string{"stdio", "HTTP"} {
		t.Run(way, func(t *testing.T) {
			var log bytes.Buffer
			server := fixture(t, &log)
			server.Library.AddResource(mcp.NewResource("layer2://panic", "panic"),
				func(context.Context, mcp.ReadResourceRequest) ([]mcp.ResourceContents, error) { panic("a secret path") })
			var reply string
			if way == "stdio" {
				reply = serveAll(t, server, read)[0]
			} else {
				answer := post(t, server.Handler(), http.Header{}, read)
				if answer.Code != http.StatusOK {
					t.Errorf("status %d", answer.Code)
				}
				reply = strings.TrimSpace(answer.Body.String())
			}
			const want = `{"jsonrpc":"2.0","id":7,"error":{"code":-32603,"message":"internal error XXXXXXXX in resources/read: ` +
				`this is a fault of the server, its log has the details under this id"}}`
			if got := accidentID.ReplaceAllString(reply, "internal error XXXXXXXX"); got != want {
				t.Errorf("reply %s", reply)
			}
			id := strings.TrimPrefix(accidentID.FindString(reply), "internal error ")
			if !strings.Contains(log.String(), `"id":"`+id+`","cause":"a secret path"`) {
				t.Errorf("log %s", log.String())
			}
		})
	}
}

func TestAnswersAreInOnePiece(t *testing.T) {
	for _, era := range []string{call("1", "tell"), modernPing} {
		header := headersOf(era, "2025-11-25")
		header.Set("Accept", "text/event-stream, application/json")
		answer := post(t, fixture(t, io.Discard).Handler(), header, era)
		if answer.Code != http.StatusOK || answer.Header().Get("Content-Type") != "application/json" ||
			answer.Header().Get("Content-Length") != fmt.Sprint(answer.Body.Len()) || answer.Flushed {
			t.Errorf("status %d, headers %v, flushed %v", answer.Code, answer.Header(), answer.Flushed)
		}
	}
}

func TestInitializeKeepsNothing(t *testing.T) {
	server := fixture(t, io.Discard)
	handler := server.Handler()
	answer := post(t, handler, http.Header{}, initialize)
	if session := answer.Header().Get(mcp.HeaderSessionID); answer.Code != http.StatusOK || session != "" {
		t.Errorf("status %d, session %q", answer.Code, session)
	}
	// And who says that he has a session is answered all the same.
	answer = post(t, handler, http.Header{mcp.HeaderSessionID: {"of another server"}}, call("2", "tell"))
	if answer.Code != http.StatusOK || answer.Header().Get(mcp.HeaderSessionID) != "" {
		t.Errorf("status %d, headers %v", answer.Code, answer.Header())
	}
}

func TestErrorsGiveBackLittle(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	versioned := strings.ReplaceAll(modernPing, "2026-07-28", "2026-07-29"+long)
	for name, test := range map[string]struct {
		header http.Header
		body   string
	}{
		"a method":              {http.Header{}, `{"jsonrpc":"2.0","id":1,"method":"` + long + `"}`},
		"a tool":                {http.Header{}, call("1", long)},
		"a resource":            {http.Header{}, `{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"` + long + `"}}`},
		"a version":             {headersOf(versioned, ""), versioned},
		"a version before":      {http.Header{mcp.HeaderProtocolVersion: {"1" + long}}, ping("1")},
		"a name in the headers": {with(headersOf(modernPing, ""), mcp.HeaderName, long), modernPing},
	} {
		t.Run(name, func(t *testing.T) {
			answer := post(t, fixture(t, io.Discard).Handler(), test.header, test.body)
			var reply struct{ Error *failure }
			if err := json.Unmarshal(answer.Body.Bytes(), &reply); err != nil || reply.Error == nil || answer.Body.Len() > 5_000 {
				t.Errorf("%d bytes, %.200s", answer.Body.Len(), answer.Body.String())
			}
		})
	}
}

func with(header http.Header, name, value string) http.Header {
	header.Set(name, value)
	return header
}

// Two clients use the same ids, as clients do that count from 1. Whatever one of them cancels, the other's call goes on.
func TestNobodyCancelsAnothersRequest(t *testing.T) {
	handler := fixture(t, io.Discard).Handler().(*endpoint)
	server := httptest.NewServer(handler)
	defer server.Close()
	modern := strings.Replace(modernPing, `"name":"tell"`, `"name":"await"`, 1)
	for name, waiting := range map[string]string{"legacy": call("1", "await"), "modern": modern} {
		t.Run(name, func(t *testing.T) {
			ctx, hangUp := context.WithCancel(t.Context())
			before, ended := handler.last.Load(), make(chan struct{})
			go func() {
				defer close(ended)
				_, _ = say(ctx, server.URL, headersOf(waiting, ""), strings.NewReader(waiting))
			}()
			for handler.last.Load() == before {
				time.Sleep(time.Millisecond) // until the call has its number within
			}
			for _, session := range []string{"", "s"} {
				for _, cancel := range []string{
					cancelled("1"), cancelled("1.0"), cancelled(`"1"`), strings.Replace(cancelled("1"), "ns/can", `ns\/can`, 1),
					strings.Replace(cancelled("1"), `"method"`, `"id":1,"method"`, 1),
					`{"jsonrpc":"2.0","method":"notifications/cooked","Method":"notifications/cancelled","params":{"requestId":1}}`,
				} {
					for number := range int(handler.last.Load()) + 1 { // by whatever number the call has within
						message := strings.Replace(cancel, `Id":1`, fmt.Sprintf(`Id":%d`, number), 1)
						header := headersOf(message, "")
						if session != "" {
							header.Set(mcp.HeaderSessionID, session)
						}
						if _, err := say(t.Context(), server.URL, header, strings.NewReader(message)); err != nil {
							t.Fatal(err)
						}
					}
				}
			}
			if answer, err := say(t.Context(), server.URL, http.Header{}, strings.NewReader(cancelled("1"))); err != nil || answer != "202 Accepted" {
				t.Errorf("%s %v", answer, err)
			}
			select {
			case <-ended:
				t.Fatal("the call was cancelled by another client")
			default:
			}
			hangUp() // but hanging up ends it
			<-ended
		})
	}
}

// say posts a message over the network, and is the status of the answer.
func say(ctx context.Context, url string, header http.Header, body io.Reader) (string, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, body)
	if err != nil {
		return "", err
	}
	request.Header = header.Clone()
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	return response.Status, response.Body.Close()
}

func TestABodyThatBreaksOffIsRefused(t *testing.T) {
	request := httptest.NewRequest(http.MethodPost, "/mcp", io.MultiReader(strings.NewReader(`{"jsonrpc":`), brokenReader{}))
	recorder := httptest.NewRecorder()
	fixture(t, io.Discard).Handler().ServeHTTP(recorder, request)
	const want = `{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"the body could not be read"}}` + "\n"
	if recorder.Code != http.StatusBadRequest || recorder.Body.String() != want {
		t.Errorf("%d %s", recorder.Code, recorder.Body)
	}
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
