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

// Where the decision records are, if the server is given any.
const (
	recordRoot     = "layer2://records/"
	recordTemplate = recordRoot + "{" + recordNumber + "}"
	recordNumber   = "n"
)

// notFound is what a client is told of a resource that is not there.
const notFound = "resource not found"

// recordsOf is the template of the decision records. They come and go while the server runs, so that theirs is a template that the
// library knows.
func recordsOf() mcp.ResourceTemplate {
	return mcp.NewResourceTemplate(recordTemplate, "record",
		mcp.WithTemplateTitle("Decision on file"),
		mcp.WithTemplateDescription("What was decided on a capability, on which facts, why, and what would undo it, by the number of its file; by its name where that has none of its own."),
		mcp.WithTemplateMIMEType("text/markdown"),
		mcp.WithTemplateAnnotations([]mcp.Role{mcp.RoleUser, mcp.RoleAssistant}, 0.9, ""),
	)
}

// readRecord answers resources/read for a decision record.
func readRecord(archive *record.LiveFolder) server.ResourceTemplateHandlerFunc {
	return func(ctx context.Context, request mcp.ReadResourceRequest) ([]mcp.ResourceContents, error) {
		uri := request.Params.URI
		reference, err := url.PathUnescape(strings.TrimPrefix(uri, recordRoot))
		if err != nil {
			return nil, missing(ctx)
		}
		text, err := archive.Text(reference)
		switch {
		case errors.As(err, new(record.NoFileError)), errors.Is(err, fs.ErrNotExist):
			return nil, missing(ctx)
		case err != nil:
			return nil, errors.New(invalidParams + words.Cut(err.Error(), maximumError))
		}
		return []mcp.ResourceContents{mcp.TextResourceContents{URI: uri, MIMEType: "text/markdown", Text: printed(text)}}, nil
	}
}

// printed is a record as a client gets it: it may be anybody's text, and what of it does not print is written out.
func printed(text string) string {
	text = strings.TrimPrefix(text, "\ufeff")
	if !strings.Contains(text, "\n") {
		text = strings.ReplaceAll(text, "\r", "\n") // the line ends of an old Macintosh
	}
	return words.EscapeLines(text)
}

// missing says that a resource is not there as the client's protocol has it; corrected.go gives it its code.
func missing(ctx context.Context) error {
	if mcp.IsModernProtocol(server.RequestProtocolVersion(ctx)) {
		return errors.New(invalidParams + notFound)
	}
	return errors.New(notFound)
}

// recordReferences are what can stand in the address of a decision record.
func recordReferences(archive *record.LiveFolder) ([]string, error) {
	references, err := archive.References()
	for i, reference := range references {
		references[i] = url.PathEscape(reference)
	}
	return references, err
}
