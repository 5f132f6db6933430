package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/rs/zerolog"
	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/knowledge"
	"github.com/vanhoutenbos/layer2/tools"
)

// maximumFacts is the size of a facts file beyond which it is a mistake, in bytes.
const maximumFacts = 1 << 20

// logger writes to stderr: as lines for a person on a terminal, as JSON for anything else.
func (i *invocation) logger() (zerolog.Logger, error) {
	level, err := zerolog.ParseLevel(i.logLevel)
	if err != nil || i.logLevel == "" {
		return zerolog.Nop(), &usageError{fmt.Sprintf("--log-level: %q is no level", i.logLevel), i.flags.Name() + " --log-level warn"}
	}
	out := i.Err
	if terminal(i.Err) {
		out = zerolog.ConsoleWriter{Out: i.Err}
	}
	return zerolog.New(out).Level(level).With().Timestamp().Logger(), nil
}

// terminal says whether a stream is one that a person sits at.
func terminal(stream any) bool {
	file, ok := stream.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&fs.ModeCharDevice != 0
}

// framework loads the knowledge, with the user's directory over it if one is named.
func (i *invocation) framework() (*framework.Framework, error) {
	if i.knowledge == "" {
		return framework.Load(knowledge.Files, nil)
	}
	info, err := os.Stat(i.knowledge)
	if err == nil && !info.IsDir() {
		err = fmt.Errorf("%s is no directory", i.knowledge)
	}
	if err != nil {
		return nil, fmt.Errorf("--knowledge: %w", err)
	}
	f, err := framework.Load(knowledge.Files, os.DirFS(i.knowledge))
	if err != nil {
		return nil, fmt.Errorf("the knowledge in %s does not load:\n%w", i.knowledge, err)
	}
	return f, nil
}

// workspace reads a file of facts, - for stdin, as the defaults of every call; none if no file is named.
func (i *invocation) workspace(f *framework.Framework, file string) (tools.Workspace, error) {
	if file == "" {
		return tools.Workspace{}, nil
	}
	content, err := i.read(file, maximumFacts)
	if err != nil {
		return tools.Workspace{}, err
	}
	if file == "-" {
		file = "standard input"
	}
	facts, err := factsJSON(content)
	if err != nil {
		return tools.Workspace{}, fmt.Errorf("%s: %w", file, err)
	}
	workspace, err := tools.NewWorkspace(f, facts)
	if err != nil {
		return tools.Workspace{}, fmt.Errorf("%s: %w", file, err)
	}
	return workspace, nil
}

// read reads a file, - for stdin, up to a size.
func (i *invocation) read(file string, most int64) ([]byte, error) {
	in := i.In
	if file != "-" {
		opened, err := os.Open(file)
		if err != nil {
			return nil, err
		}
		defer func() { _ = opened.Close() }() // it was only read
		in = opened
	}
	content, err := io.ReadAll(io.LimitReader(in, most+1))
	if err == nil && int64(len(content)) > most {
		err = fmt.Errorf("%s is larger than %d bytes", file, most)
	}
	return content, err
}

// factsJSON turns a YAML file of facts into the JSON that a call would give, in the same order, so that both are checked by
// the same code. A key that stands twice survives, and is found there.
func factsJSON(content []byte) (json.RawMessage, error) {
	if len(bytes.TrimSpace(content)) == 0 {
		return nil, errors.New("nothing is in it; write facts: {services: 7}, for example")
	}
	var document yaml.Node
	if err := yaml.Load(content, &document); err != nil {
		return nil, err
	}
	if document.Kind != yaml.DocumentNode || len(document.Content) != 1 {
		return nil, errors.New("it holds no document, or more than one")
	}
	var out bytes.Buffer
	if err := writeJSON(&out, document.Content[0]); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func writeJSON(out *bytes.Buffer, node *yaml.Node) error {
	switch node.Kind {
	case yaml.MappingNode:
		return writeList(out, '{', '}', node.Content, true)
	case yaml.SequenceNode:
		return writeList(out, '[', ']', node.Content, false)
	case yaml.ScalarNode:
		var value any
		if err := node.Decode(&value); err != nil {
			return fmt.Errorf("line %d: %w", node.Line, err)
		}
		if node.ShortTag() == "!!str" || node.ShortTag() == "!!timestamp" {
			value = node.Value
		}
		text, err := json.Marshal(value)
		if err != nil {
			return fmt.Errorf("line %d: %q is no value of a fact", node.Line, node.Value)
		}
		out.Write(text)
		return nil
	}
	return fmt.Errorf("line %d: anchors and aliases have no place in a file of facts", node.Line)
}

// writeList writes the parts of a mapping (keys and values by turns) or of a sequence.
func writeList(out *bytes.Buffer, opening, closing byte, parts []*yaml.Node, mapping bool) error {
	out.WriteByte(opening)
	for i, part := range parts {
		key := mapping && i%2 == 0
		switch {
		case mapping && i%2 == 1:
			out.WriteByte(':')
		case i > 0:
			out.WriteByte(',')
		}
		if key {
			name, err := json.Marshal(part.Value)
			if err != nil || part.Kind != yaml.ScalarNode {
				return fmt.Errorf("line %d: a key is a plain word", part.Line)
			}
			out.Write(name)
			continue
		}
		if err := writeJSON(out, part); err != nil {
			return err
		}
	}
	out.WriteByte(closing)
	return nil
}
