package mcpserver

import (
	"context"
	"errors"
	"io/fs"
	"net/url"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"github.com/vanhoutenbos/layer2/internal/record"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// The address of a decision record.
const (
	recordRoot     = "layer2://records/"
	recordTemplate = recordRoot + "{" + recordNumber + "}"
	recordNumber   = "n"
)

const notFound = "resource not found"

// recordsTemplate returns the template for decision records. It is registered with the library, because records come and go while
// the server runs.
func recordsTemplate() mcp.ResourceTemplate {
	return mcp.NewResourceTemplate(recordTemplate, "record",
		mcp.WithTemplateTitle("Decision record"),
		mcp.WithTemplateDescription("What was decided on a capability, on which facts, why, and what would undo it. By its number, or by its file name if the number is missing or not unique."),
		mcp.WithTemplateMIMEType("text/markdown"),
		mcp.WithTemplateAnnotations([]mcp.Role{mcp.RoleUser, mcp.RoleAssistant}, 0.9, ""),
	)
}

// readRecord answers resources/read for a decision record.
func readRecord(folder *record.LiveFolder) server.ResourceTemplateHandlerFunc {
	return func(ctx context.Context, request mcp.ReadResourceRequest) ([]mcp.ResourceContents, error) {
		uri := request.Params.URI
		reference, err := url.PathUnescape(strings.TrimPrefix(uri, recordRoot))
		if err != nil {
			return nil, notFoundError(ctx)
		}
		text, err := folder.Text(reference)
		switch {
		case errors.As(err, new(record.NoFileError)), errors.Is(err, fs.ErrNotExist):
			return nil, notFoundError(ctx)
		case err != nil:
			return nil, errors.New(invalidParams + words.Cut(err.Error(), maximumError))
		}
		return []mcp.ResourceContents{mcp.TextResourceContents{URI: uri, MIMEType: "text/markdown", Text: printable(text)}}, nil
	}
}

// printable returns a record with everything that does not print escaped. Anybody may have written it.
func printable(text string) string {
	text = strings.TrimPrefix(text, "\ufeff")
	if !strings.Contains(text, "\n") {
		text = strings.ReplaceAll(text, "\r", "\n") // line ends of the classic Mac OS
	}
	return words.EscapeLines(text)
}

// notFoundError returns the not-found error in the form of the client's protocol version; [corrected] sets its code.
func notFoundError(ctx context.Context) error {
	if mcp.IsModernProtocol(server.RequestProtocolVersion(ctx)) {
		return errors.New(invalidParams + notFound)
	}
	return errors.New(notFound)
}

// recordReferences returns the values that can stand for the variable in the address of a record.
func recordReferences(folder *record.LiveFolder) ([]string, error) {
	references, err := folder.References()
	for i, reference := range references {
		references[i] = url.PathEscape(reference)
	}
	return references, err
}
