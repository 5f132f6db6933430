package mcpserver

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/rs/zerolog"

	"github.com/vanhoutenbos/layer2/internal/words"
)

// What the gate and the HTTP endpoint both put right, on whatever way a request came.

// listen asks for news of changes. The library's answer to it, when there is nothing to tell, comes in the wrong order or not
// at all.
const listen = "subscriptions/listen"

func noListening() failure {
	return failure{Code: codeMethodNotFound, Message: listen + " is not supported: what this server shows does not change while it runs"}
}

// invalidParams begins the text of a handler's error that is the caller's mistake. The library has no other way to say so.
const invalidParams = "invalid params: "

// panicked begins what the library says, on standard input, of a handler that panicked; the rest is the panic's own text.
const panicked = "internal panic: "

// corrected puts right what the library says wrongly, or in words of its own workings, about a request that failed.
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
		f.Message, f.Data = notFound, about(m)
	case invalid:
		f.Code, f.Message = codeInvalidParams, said
	case fault:
		f.Message = internalError(logger, words.Cut(m.method, maximumEcho), cause).Error()
	case strings.HasPrefix(f.Message, "handler not found for resource URI"):
		f.Message, f.Data = notFound, about(m)
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

// about names the resource that was asked for.
func about(m message) json.RawMessage {
	return fmt.Appendf(nil, `{"uri":%s}`, encode(words.Cut(m.text("uri"), maximumEcho)))
}

// unsupportedVersion says which versions there are, and gives back no more than it must of the one that was asked for.
func unsupportedVersion(requested string, supported []string) failure {
	requested = words.Cut(requested, maximumEcho)
	return failure{
		Code:    mcp.UNSUPPORTED_PROTOCOL_VERSION,
		Message: mcp.UnsupportedProtocolVersionError{Version: requested, Supported: supported}.Error(),
		Data:    encode(mcp.UnsupportedProtocolVersionData{Supported: supported, Requested: requested}),
	}
}
