package client_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"
)

func TestPromptsInEveryEra(t *testing.T) {
	server := newServer(t)
	for _, protocol := range protocols {
		t.Run(protocol, func(t *testing.T) {
			client := connect(t, server, protocol)
			listed, err := client.ListPrompts(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, p := range listed {
				names = append(names, p.Name)
			}
			want := []string{"assess-platform", "compare-options", "plan-layer3", "challenge-decision", "draft-decision-record"}
			if !slices.Equal(names, want) {
				t.Errorf("prompts %v", names)
			}
			messages, err := client.GetPrompt(t.Context(), "challenge-decision", map[string]string{
				"capability": "service-mesh", "decision": "adopt", "facts": `{"services": 2}`,
			})
			if err != nil || len(messages) != 3 {
				t.Fatal(messages, err)
			}
			card, embedded := messages[1].Content.(mcp.EmbeddedResource)
			page, _ := card.Resource.(mcp.TextResourceContents)
			read, _, err := client.ReadResource(t.Context(), "layer2://capabilities/service-mesh")
			if !embedded || err != nil || page.Text != read {
				t.Errorf("the card in the prompt is not the card that is read: %v %v", messages[1].Content, err)
			}
			said, _ := messages[2].Content.(mcp.TextContent)
			if !strings.Contains(said.Text, "SM-N1, floor") {
				t.Errorf("case %s", said.Text)
			}
			completed, err := client.CompletePrompt(t.Context(), "challenge-decision", "decision", "", map[string]string{"capability": "multi-region"})
			if err != nil || !slices.Equal(completed.Values, []string{"skip", "wait", "prepare"}) {
				t.Errorf("completed %v %v", completed, err)
			}
			if _, err := client.GetPrompt(t.Context(), "challenge-decision", nil); err == nil || !strings.Contains(err.Error(), "capability is missing") {
				t.Errorf("error %v", err)
			}
		})
	}
}
