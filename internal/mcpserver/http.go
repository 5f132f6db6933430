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

// Handler is the protocol over HTTP, for clients of both eras: each POST is one message, answered as one JSON object. It keeps
// nothing between requests, so there are no sessions and nothing to delete. It looks at no Origin, no Host and no size: that is
// for whoever puts it on a network, as are methods other than POST.
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

// endpoint is to the library's HTTP server what the gate is on stdio. Every request passes in under a number of the endpoint's
// own, so that large ids are not bent and nobody's request has the number of another's; the reply leaves under the client's id.
type endpoint struct {
	library http.Handler
	last    atomic.Int64
	logger  zerolog.Logger
}

// response is a status and a JSON-RPC message in parts, which may be empty.
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
		r = initializing(r, m)
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
		f := failure{Code: codeInvalidRequest, Message: "a reply to nothing: this server asks nothing of its own accord"}
		return refuse(http.StatusBadRequest, m.id, f)
	case m.id == nil && m.method == "notifications/cancelled":
		// Whose request is meant cannot be known without sessions. On HTTP, hanging up is what cancels.
		return response{status: http.StatusAccepted}
	case m.id == nil:
		return e.pass(r, m, m.notification(), modern)
	case m.method == listen:
		return refuse(status(codeMethodNotFound, modern), m.id, noListening())
	}
	return e.pass(r, m, m.request(e.last.Add(1)), modern)
}

// initializing is a request to initialize, which negotiates the version in its body: a header can at most repeat what stands there.
func initializing(r *http.Request, m message) *http.Request {
	r = r.WithContext(r.Context()) // a copy
	r.Header = r.Header.Clone()
	if r.Header.Del(mcp.HeaderProtocolVersion); m.version() != "" {
		r.Header.Set(mcp.HeaderProtocolVersion, m.version())
	}
	return r
}

// pass lets the library answer, and puts its answer right.
func (e *endpoint) pass(r *http.Request, m message, line []byte, modern bool) (answer response) {
	defer func() {
		if cause := recover(); cause != nil {
			err := internalError(e.logger, words.Cut(m.method, maximumEcho), fmt.Sprint(cause))
			answer = refuse(status(codeInternal, modern), m.id, failure{Code: codeInternal, Message: err.Error()})
		}
	}()
	said := recording{header: http.Header{}, status: http.StatusOK}
	e.library.ServeHTTP(&said, passed(r, line))
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
	case said.status >= http.StatusBadRequest: // in plain words
		return refuse(said.status, m.id, failure{Code: codeInvalidRequest, Message: strings.TrimSpace(said.body.String())})
	}
	return response{status: said.status}
}

// passed is the request as the library gets it: the message as it was understood here, and no header that has no meaning.
func passed(r *http.Request, line []byte) *http.Request {
	r = r.WithContext(r.Context()) // a copy
	if r.Header.Get(mcp.HeaderLastEventID) != "" {
		// The library refuses it; the protocol says to overlook it.
		r.Header = r.Header.Clone()
		r.Header.Del(mcp.HeaderLastEventID)
	}
	r.Body = io.NopCloser(bytes.NewReader(line))
	r.ContentLength = int64(len(line))
	return r
}

// status is how a failure shows in HTTP: since 2026-07-28 so that those between can see it, before that not at all.
func status(code int, modern bool) int {
	switch {
	case !modern || code == codeInternal:
		return http.StatusOK
	case code == codeMethodNotFound:
		return http.StatusNotFound
	}
	return http.StatusBadRequest
}

// refuse is the reply that says what went wrong.
func refuse(status int, id []byte, f failure) response {
	return response{status, [][]byte{errorLine(id, f)}}
}

// write sends the response. A proxy is told to pass it on at once.
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

// checkHeaders refuses what the library does not, or not in the protocol's words: a header of the protocol that is given twice, so
// that it depends on who reads it what it says, characters that it must not have, and a version that is not served. The library
// takes anything that sorts behind 2026-07-28 for a version to come, "draft" as well as "v2".
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

// unsupportedBody says why a body cannot be read as the message, judged by the headers that say what it is; empty if it can.
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

// recording is the library's answer. It cannot be flushed, which tells the library to answer in one piece.
type recording struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (r *recording) Header() http.Header { return r.header }

func (r *recording) WriteHeader(status int) { r.status = status }

func (r *recording) Write(p []byte) (int, error) { return r.body.Write(p) }
