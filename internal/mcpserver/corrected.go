package mcpserver

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/rs/zerolog"

	"github.com/vanhoutenbos/layer2/internal/words"
)

// Corrections of the library's errors that the gate and the HTTP endpoint share.

// listen subscribes to changes. Nothing changes here, and the library answers it in the wrong order or not at all.
const listen = "subscriptions/listen"

func noListening() failure {
	return failure{Code: codeMethodNotFound, Message: listen + " is not supported: what this server shows does not change while it runs"}
}

// invalidParams begins a handler's error that is the caller's mistake. The library has no other way to mark one.
const invalidParams = "invalid params: "

// panicked begins the library's error on stdio for a handler that panicked; the panic's own text follows.
const panicked = "internal panic: "

// corrected returns the error to send for a failed request: the library's, with the right code and without its internals.
func corrected(m message, line []byte, logger zerolog.Logger) failure {
	var reply struct {
		Error failure `json:"error"`
	}
	if err := json.Unmarshal(line, &reply); err != nil {
		return failure{Code: codeInternal, Message: "internal error"}
	}
	f := reply.Error
	said, invalid := strings.CutPrefix(f.Message, invalidParams)
	cause, fault := strings.CutPrefix(f.Message, panicked)
	switch {
	case said == notFound:
		if f.Code = mcp.RESOURCE_NOT_FOUND; invalid {
			f.Code = codeInvalidParams
		}
		f.Message, f.Data = notFound, aboutURI(m)
	case invalid:
		f.Code, f.Message = codeInvalidParams, said
	case fault:
		f.Message = internalError(logger, words.Cut(m.method, maximumEcho), cause).Error()
	case strings.HasPrefix(f.Message, "handler not found for resource URI"):
		f.Message, f.Data = notFound, aboutURI(m)
	case f.Message == "Method "+m.method+" not found":
		f.Message = fmt.Sprintf("unknown method %s", words.Quote(m.method, maximumEcho))
	case strings.HasSuffix(f.Message, ": tool not found"):
		f.Message = fmt.Sprintf("unknown tool %s: tools/list names them all", words.Quote(m.text("name"), maximumEcho))
	case m.method == "prompts/get" && strings.HasSuffix(f.Message, ": prompt not found"):
		f.Message = unknownPrompt(m.text("name"))
	case m.method == "prompts/get" && strings.HasPrefix(f.Message, "unparsable "):
		f.Code, f.Message = codeInvalidParams, "the arguments of a prompt are strings; facts are JSON in a string"
	case strings.HasPrefix(f.Message, "unparsable "):
		f.Message = "a value in params is of the wrong type or out of range"
	case strings.HasPrefix(f.Message, "illegal base64 data"):
		f.Message = "unknown cursor"
	case f.Code == mcp.UNSUPPORTED_PROTOCOL_VERSION:
		var data mcp.UnsupportedProtocolVersionData
		if json.Unmarshal(f.Data, &data) == nil {
			f = unsupportedVersion(data.Requested, data.Supported)
		}
	default: // the library's words, with what it echoes
		f.Message = words.Cut(f.Message, maximumError)
	}
	return f
}

// aboutURI returns the error data that names the requested resource.
func aboutURI(m message) json.RawMessage {
	return fmt.Appendf(nil, `{"uri":%s}`, encode(words.Cut(m.text("uri"), maximumEcho)))
}

// unsupportedVersion lists the supported versions and echoes the requested one, cut to a safe length.
func unsupportedVersion(requested string, supported []string) failure {
	requested = words.Cut(requested, maximumEcho)
	return failure{
		Code:    mcp.UNSUPPORTED_PROTOCOL_VERSION,
		Message: mcp.UnsupportedProtocolVersionError{Version: requested, Supported: supported}.Error(),
		Data:    encode(mcp.UnsupportedProtocolVersionData{Supported: supported, Requested: requested}),
	}
}
