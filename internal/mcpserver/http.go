package mcpserver

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
	"github.com/rs/zerolog"

	"github.com/vanhoutenbos/layer2/internal/object"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// Handler returns the protocol over HTTP, for clients before and since 2026-07-28. Each POST is one message, answered with one
// JSON object. It is stateless: there are no sessions. Origin, Host, body size and methods other than POST are the caller's to
// check.
func (s *Server) Handler() http.Handler {
	return &endpoint{
		library: server.NewStreamableHTTPServer(s.Library,
			server.WithStateLess(true),
			server.WithDisableStreaming(true),
			server.WithDisableLocalhostProtection(true),
			server.WithStreamableHTTPLogger(slog.New(zerolog.NewSlogHandler(s.logger))),
		),
		logger: s.logger,
	}
}

// endpoint does for the library's HTTP server what the gate does on stdio. Each request gets a unique number, so large ids are not
// rounded and two clients' ids cannot collide; the reply gets the client's id back.
type endpoint struct {
	library http.Handler
	last    atomic.Int64
	logger  zerolog.Logger
}

// response is a status and a JSON-RPC message in parts. Without parts the body is empty.
type response struct {
	status int
	parts  [][]byte
}

func (e *endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		refuse(http.StatusBadRequest, nil, failure{Code: codeParse, Message: "the body could not be read"}).write(w)
		return
	}
	e.answer(r, bytes.TrimSpace(object.WithoutMark(body))).write(w)
}

// answer replies to what the library should not see and passes on the rest.
func (e *endpoint) answer(r *http.Request, text []byte) response {
	m, failed := parse(text)
	if m.method == string(mcp.MethodInitialize) {
		r = withBodyVersion(r, m)
	}
	if failed == nil {
		failed = checkHeaders(r.Header)
	}
	modern := mcp.IsModernProtocol(r.Header.Get(mcp.HeaderProtocolVersion))
	unsupported := unsupportedBody(r.Header)
	switch {
	case unsupported != "":
		return refuse(http.StatusUnsupportedMediaType, m.id, failure{Code: codeInvalidRequest, Message: unsupported})
	case failed != nil:
		return refuse(http.StatusBadRequest, m.id, *failed)
	case m.method == "":
		f := failure{Code: codeInvalidRequest, Message: "unexpected reply: over HTTP this server sends no requests"}
		return refuse(http.StatusBadRequest, m.id, f)
	case m.id == nil && m.method == "notifications/cancelled":
		// Without sessions the request cannot be identified. On HTTP, a client cancels by closing the connection.
		return response{status: http.StatusAccepted}
	case m.id == nil:
		return e.pass(r, m, m.notification(), modern)
	case m.method == listen:
		return refuse(status(codeMethodNotFound, modern), m.id, noListening())
	}
	return e.pass(r, m, m.request(e.last.Add(1)), modern)
}

// withBodyVersion copies an initialize request and makes its version header agree with the body, which is what negotiates.
func withBodyVersion(r *http.Request, m message) *http.Request {
	r = r.WithContext(r.Context()) // a copy
	r.Header = r.Header.Clone()
	if r.Header.Del(mcp.HeaderProtocolVersion); m.version() != "" {
		r.Header.Set(mcp.HeaderProtocolVersion, m.version())
	}
	return r
}

// pass lets the library answer, and corrects its answer.
func (e *endpoint) pass(r *http.Request, m message, line []byte, modern bool) (answer response) {
	defer func() {
		if cause := recover(); cause != nil {
			err := internalError(e.logger, words.Cut(m.method, maximumEcho), fmt.Sprint(cause))
			answer = refuse(status(codeInternal, modern), m.id, failure{Code: codeInternal, Message: err.Error()})
		}
	}()
	said := recording{header: http.Header{}, status: http.StatusOK}
	e.library.ServeHTTP(&said, forLibrary(r, line))
	found, ok := parseReply(said.body.Bytes())
	switch {
	case ok && found.failed:
		f := corrected(m, said.body.Bytes(), e.logger)
		if modern {
			said.status = status(f.Code, modern)
		}
		return refuse(said.status, m.id, f)
	case ok:
		reply := said.body.Bytes()
		id := bytes.Clone(m.id) // so that a long message is not kept until its answer is read
		return response{said.status, [][]byte{reply[:found.start], id, reply[found.end:]}}
	case said.status >= http.StatusBadRequest: // as plain text
		return refuse(said.status, m.id, failure{Code: codeInvalidRequest, Message: strings.TrimSpace(said.body.String())})
	}
	return response{status: said.status}
}

// forLibrary returns the request as the library gets it: with the parsed message as its body, and without Last-Event-ID.
func forLibrary(r *http.Request, line []byte) *http.Request {
	r = r.WithContext(r.Context()) // a copy
	if r.Header.Get(mcp.HeaderLastEventID) != "" {
		// The library refuses it; the protocol says to ignore it.
		r.Header = r.Header.Clone()
		r.Header.Del(mcp.HeaderLastEventID)
	}
	r.Body = io.NopCloser(bytes.NewReader(line))
	r.ContentLength = int64(len(line))
	return r
}

// status returns the HTTP status for an error code. Before 2026-07-28, and for internal errors, it is 200.
func status(code int, modern bool) int {
	switch {
	case !modern || code == codeInternal:
		return http.StatusOK
	case code == codeMethodNotFound:
		return http.StatusNotFound
	}
	return http.StatusBadRequest
}

// refuse returns an error response.
func refuse(status int, id []byte, f failure) response {
	return response{status, [][]byte{errorLine(id, f)}}
}

// write sends the response, unbuffered by proxies.
func (r response) write(w http.ResponseWriter) {
	w.Header().Set("X-Accel-Buffering", "no")
	length := 0
	for _, part := range r.parts {
		length += len(part)
	}
	if length > 0 {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(length))
	}
	w.WriteHeader(r.status)
	for _, part := range r.parts {
		_, _ = w.Write(part) // a client that has disconnected gets nothing
	}
}

// checkHeaders refuses what the library lets through: a protocol header given twice, which two readers could read differently;
// characters that need encoding; and unsupported versions. The library accepts any version that sorts after 2026-07-28, such as
// "draft" or "v2".
func checkHeaders(header http.Header) *failure {
	for _, name := range []string{mcp.HeaderProtocolVersion, mcp.HeaderMethod, mcp.HeaderName} {
		values := header.Values(name)
		switch {
		case len(values) > 1:
			return &failure{Code: mcp.HEADER_MISMATCH, Message: "header mismatch: " + name + " is given twice"}
		case len(values) == 1 && strings.ContainsFunc(values[0], unprintable):
			return &failure{Code: mcp.HEADER_MISMATCH, Message: "header mismatch: " + name + " has characters that must be sent as =?base64?…?="}
		}
	}
	if version := header.Get(mcp.HeaderProtocolVersion); version != "" && !mcp.IsValidProtocolVersion(version) {
		return new(unsupportedVersion(version, mcp.ValidProtocolVersions))
	}
	return nil
}

func unprintable(r rune) bool { return r != '\t' && (r < ' ' || r > '~') }

// unsupportedBody says why the headers rule out reading the body as a message; empty if they do not.
func unsupportedBody(header http.Header) string {
	for _, coding := range header.Values("Content-Encoding") {
		if !strings.EqualFold(coding, "identity") {
			return "Content-Encoding is not supported: send the message as it is, uncompressed"
		}
	}
	types := header.Values("Content-Type")
	if len(types) > 1 {
		return "Content-Type is given twice: it must be application/json, once"
	}
	kind, _, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil || kind != "application/json" {
		return "Content-Type must be application/json"
	}
	return ""
}

// recording captures the library's answer. It is not a Flusher, so the library does not stream.
type recording struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (r *recording) Header() http.Header { return r.header }

func (r *recording) WriteHeader(status int) { r.status = status }

func (r *recording) Write(p []byte) (int, error) { return r.body.Write(p) }
