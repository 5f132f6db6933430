package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"github.com/vanhoutenbos/layer2/internal/page"
	"github.com/vanhoutenbos/layer2/internal/prompt"
)

// The fixtures that answer at once, in the suite's words. Prompts and resources of text are layer2's own types.

const (
	image = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==" // one pixel
	sound = "UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA="                                     // one sample
)

// schema2020 has the keywords of JSON Schema 2020-12 that the suite looks for; they must arrive as they are.
const schema2020 = `{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",` +
	`"$defs":{"address":{"$anchor":"addressDef","type":"object","properties":{"street":{"type":"string"},"city":{"type":"string"}}}},` +
	`"properties":{"name":{"type":"string"},"address":{"$ref":"#/$defs/address"},` +
	`"contactMethod":{"type":"string","enum":["phone","email"]},"phone":{"type":"string"},"email":{"type":"string"}},` +
	`"allOf":[{"anyOf":[{"required":["phone"]},{"required":["email"]}]}],` +
	`"if":{"properties":{"contactMethod":{"const":"phone"}},"required":["contactMethod"]},` +
	`"then":{"required":["phone"]},"else":{"required":["email"]},"additionalProperties":false}`

// headerSchema has an argument that travels in a header too.
const headerSchema = `{"type":"object","properties":{"region":{"type":"string","x-mcp-header":"Region"}},"required":["region"]}`

const noArguments = `{"type":"object","additionalProperties":false}`

func addContent(s *server.MCPServer) {
	text := mcp.NewTextContent
	embedded := func(uri, mime, text string) mcp.Content {
		return mcp.NewEmbeddedResource(mcp.TextResourceContents{URI: uri, MIMEType: mime, Text: text})
	}
	show(s, "test_simple_text", noArguments, text("This is a simple text response for testing."))
	show(s, "test_image_content", noArguments, mcp.NewImageContent(image, "image/png"))
	show(s, "test_audio_content", noArguments, mcp.NewAudioContent(sound, "audio/wav"))
	show(s, "test_embedded_resource", noArguments, embedded("test://embedded-resource", "text/plain", "This is an embedded resource content."))
	show(s, "test_multiple_content_types", noArguments, text("Multiple content types test:"), mcp.NewImageContent(image, "image/png"),
		embedded("test://mixed-content-resource", "application/json", `{"test":"data","value":123}`))
	show(s, "json_schema_2020_12_tool", schema2020, text("accepted"))
	show(s, "test_custom_header", headerSchema, text("accepted"))
	addTool(s, "test_error_handling", noArguments, func(context.Context, mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		return mcp.NewToolResultError("This tool intentionally returns an error for testing"), nil
	})
	s.AddResource(mcp.NewResource("test://static-binary", "static-binary", mcp.WithMIMEType("image/png")),
		func(context.Context, mcp.ReadResourceRequest) ([]mcp.ResourceContents, error) {
			return []mcp.ResourceContents{mcp.BlobResourceContents{URI: "test://static-binary", MIMEType: "image/png", Blob: image}}, nil
		})
	s.AddResourceTemplate(mcp.NewResourceTemplate("test://template/{id}/data", "template", mcp.WithTemplateMIMEType("application/json")), fill)
	s.AddPrompt(mcp.NewPrompt("test_prompt_with_image", mcp.WithPromptDescription("A prompt with an image")),
		func(context.Context, mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
			return &mcp.GetPromptResult{Messages: []mcp.PromptMessage{
				{Role: mcp.RoleUser, Content: mcp.NewImageContent(image, "image/png")},
				{Role: mcp.RoleUser, Content: text("Please analyze the image above.")},
			}}, nil
		})
}

// addTool adds a tool with a schema as it is.
func addTool(s *server.MCPServer, name, schema string, call server.ToolHandlerFunc) {
	s.AddTool(mcp.NewToolWithRawSchema(name, "Fixture of the conformance suite", []byte(schema)), call)
}

// show adds a tool that always answers the same.
func show(s *server.MCPServer, name, schema string, content ...mcp.Content) {
	addTool(s, name, schema, func(context.Context, mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		return &mcp.CallToolResult{Content: content}, nil
	})
}

// fill answers for the template.
func fill(_ context.Context, request mcp.ReadResourceRequest) ([]mcp.ResourceContents, error) {
	id := strings.TrimSuffix(strings.TrimPrefix(request.Params.URI, "test://template/"), "/data")
	text := fmt.Sprintf(`{"id":%q,"templateTest":true,"data":%q}`, id, "Data for ID: "+id)
	return []mcp.ResourceContents{mcp.TextResourceContents{URI: request.Params.URI, MIMEType: "application/json", Text: text}}, nil
}

func resources() []page.Resource {
	return []page.Resource{{
		URI: "test://static-text", Name: "static-text", Title: "Static text", Description: "A text that stays", MIMEType: "text/plain",
		Text: func() string { return "This is the content of the static text resource." },
	}}
}

func prompts() []prompt.Prompt {
	argument := func(name string) prompt.Argument {
		return prompt.Argument{Name: name, Title: name, Description: "An argument", Required: true,
			Values: func(map[string]string) []string { return []string{"paris", "park", "party"} }}
	}
	return []prompt.Prompt{
		{
			Name: "test_simple_prompt", Title: "Simple", Description: "A prompt without arguments",
			Write: func(context.Context, map[string]string) ([]prompt.Message, error) {
				return []prompt.Message{{Text: "This is a simple prompt for testing."}}, nil
			},
		},
		{
			Name: "test_prompt_with_arguments", Title: "With arguments", Description: "A prompt with arguments",
			Arguments: []prompt.Argument{argument("arg1"), argument("arg2")},
			Write: func(_ context.Context, given map[string]string) ([]prompt.Message, error) {
				return []prompt.Message{{Text: fmt.Sprintf("Prompt with arguments: arg1='%s', arg2='%s'", given["arg1"], given["arg2"])}}, nil
			},
		},
		{
			Name: "test_prompt_with_embedded_resource", Title: "With a resource", Description: "A prompt with a resource in it",
			Arguments: []prompt.Argument{argument("resourceUri")},
			Write: func(_ context.Context, given map[string]string) ([]prompt.Message, error) {
				embedded := page.Resource{URI: given["resourceUri"], MIMEType: "text/plain",
					Text: func() string { return "Embedded resource content for testing." }}
				return []prompt.Message{{Page: &embedded}, {Text: "Please process the embedded resource above."}}, nil
			},
		},
	}
}
