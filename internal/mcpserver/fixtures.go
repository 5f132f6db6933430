package mcpserver

import (
	"github.com/mark3labs/mcp-go/server"

	"github.com/vanhoutenbos/layer2/internal/page"
	"github.com/vanhoutenbos/layer2/internal/prompt"
)

// Fixtures is what a test suite wants to find on the server beside what is layer2's. No program that is shipped has any.
type Fixtures struct {
	Prompts   []prompt.Prompt
	Resources []page.Resource
	// Add puts on the library's server what layer2 has no type for: images, sound, requests to the client.
	Add func(*server.MCPServer)
}

// NewWithFixtures builds the server that New builds, with more to see on it.
func NewWithFixtures(c Config, f Fixtures) (*Server, error) {
	s := c.surface()
	s.prompts = append(s.prompts, f.Prompts...)
	s.resources = append(s.resources, f.Resources...)
	built, err := build(s)
	if err == nil {
		f.Add(built.protocol)
	}
	return built, err
}
