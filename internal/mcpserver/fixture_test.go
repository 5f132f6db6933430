package mcpserver

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"testing"

	"github.com/rs/zerolog"

	"github.com/vanhoutenbos/layer2/internal/page"
	"github.com/vanhoutenbos/layer2/internal/prompt"
	"github.com/vanhoutenbos/layer2/tools"
)

// fixture is a small server with one tool for each way in which a tool can end. Its log goes to w.
func fixture(t testing.TB, w io.Writer) *Server {
	t.Helper()
	tool := func(name string, call func(context.Context, json.RawMessage) (any, error)) tools.Tool {
		return tools.Tool{
			Name: name, Title: "The " + name, Description: "Fixture: " + name + ".",
			Input:  json.RawMessage(`{"type":"object","properties":{"z":{"type":"integer"},"a":{"type":"string"}},"additionalProperties":false}`),
			Output: json.RawMessage(`{"type":"object","properties":{"given":{"type":"string"}},"required":["given"],"additionalProperties":false}`),
			Call:   call,
		}
	}
	server, err := Build(Surface{
		tools: []tools.Tool{
			tool("tell", func(_ context.Context, arguments json.RawMessage) (any, error) {
				return answer{string(arguments)}, nil
			}),
			tool("break", func(context.Context, json.RawMessage) (any, error) { panic("a secret path: /home/somebody") }),
			tool("fault", func(context.Context, json.RawMessage) (any, error) { return nil, io.ErrUnexpectedEOF }),
			tool("await", func(ctx context.Context, _ json.RawMessage) (any, error) {
				<-ctx.Done()
				return nil, ctx.Err()
			}),
			tool("ask", interview),
		},
		text: func(a any) string { return fmt.Sprintf("given: %s", a.(answer).Given) },
		Resources: []page.Resource{
			resource("layer2://zebra", "zebra", "text/markdown", "# Zebra\n\na < b && c\n"),
			resource("layer2://capabilities/service-mesh", "service-mesh", "text/markdown", "# Service mesh\n"),
			resource("layer2://capabilities/service-mesh.json", "service-mesh.json", "application/json", `{"id":"service-mesh"}`),
			resource("layer2://capabilities/multi-region", "multi-region", "text/markdown", "# Multi-region\n"),
		},
		statements: []page.Resource{
			resource("layer2://statements/SM-T1", "SM-T1", "text/markdown", "More than five services.\n"),
			resource("layer2://statements/SM-T1.json", "SM-T1.json", "application/json", `{"id":"SM-T1"}`),
			resource("layer2://statements/T1", "T1", "text/markdown", "Another.\n"),
		},
		Prompts: prompts(),
		version: "1.2.3",
		logger:  zerolog.New(w),
	})
	if err != nil {
		t.Fatal(err)
	}
	return server
}

// interview puts two forms, one after the other, and tells what the person did with them.
func interview(ctx context.Context, _ json.RawMessage) (any, error) {
	asker := tools.AskerOf(ctx)
	if asker == nil {
		return answer{"nobody to ask"}, nil
	}
	said := ""
	for _, form := range []tools.Form{
		{Message: "First.", Fields: []tools.Field{
			{Name: "z", Title: "How many?", Description: "All of them.", Type: tools.IntegerField, Maximum: 9},
			{Name: "a", Title: "How long?", Description: "In hours, < a day & > 0.", Type: tools.NumberField, Maximum: 24},
		}},
		{Message: "Second.", Fields: []tools.Field{
			{Name: "one", Title: "Which?", Description: "One.", Type: tools.ChoiceField, Choices: animals(), Default: "emu"},
			{Name: "many", Title: "Which ones?", Description: "All.", Type: tools.ChoicesField, Choices: animals()},
		}},
	} {
		reply, err := asker.Ask(ctx, form)
		if err != nil {
			return nil, err
		}
		said += fmt.Sprintf("%s %s %s ", form.Message, reply.Action, reply.Content)
		if reply.Action != tools.Accept {
			break
		}
	}
	return answer{said}, nil
}

func animals() []tools.Choice {
	return []tools.Choice{{Value: "emu", Title: "Emu"}, {Value: "sea_cow", Title: "Sea cow"}}
}

// prompts are one for each way in which a prompt can end. By their names they would stand the other way round.
func prompts() promptList {
	return promptList{
		{
			Name: "tell-again", Title: "Tell again", Description: "Fixture: what was given, and a page.",
			Arguments: []prompt.Argument{
				{Name: "animal", Title: "Animal", Description: "One.", Required: true, Values: offering("zebra", "ape", "zebu")},
				{Name: "others", Title: "Others", Description: "Many.", Many: true, Values: offering("zebra", "ape", "zebu")},
				{Name: "text", Title: "Text", Description: "Any."},
			},
			Write: func(_ context.Context, given map[string]string) ([]prompt.Message, error) {
				if given["animal"] == "unicorn" {
					return nil, prompt.Mistake(`animal: "unicorn" is none`)
				}
				page := resource("layer2://zebra", "zebra", "text/markdown", "# Zebra\n\na < b && c\n")
				return []prompt.Message{{Text: fmt.Sprint(given)}, {Page: &page}}, nil
			},
		},
		{
			Name: "break", Title: "Break", Description: "Fixture: panics.",
			Write: func(context.Context, map[string]string) ([]prompt.Message, error) {
				panic("a secret path: /home/somebody")
			},
		},
		{
			Name: "a-fault", Title: "A fault", Description: "Fixture: fails.",
			Write: func(context.Context, map[string]string) ([]prompt.Message, error) { return nil, io.ErrUnexpectedEOF },
		},
	}
}

func offering(all ...string) func(map[string]string) []string {
	return func(map[string]string) []string { return all }
}

type answer struct {
	Given string `json:"given"`
}

func resource(uri, name, mime, text string) page.Resource {
	return page.Resource{
		URI: uri, Name: name, Title: "Title of " + name, Description: "Describes " + name + ".", MIMEType: mime, Priority: 0.5,
		Text: func() string { return text },
	}
}
