package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/rs/zerolog"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/workspace"
	"github.com/vanhoutenbos/layer2/knowledge"
	"github.com/vanhoutenbos/layer2/tools"
)

// maximumFacts is the size of a file that a person writes beyond which it is a mistake, in bytes.
const maximumFacts = workspace.MaximumBytes

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
	w, err := workspace.Read(f, file, content)
	return w, mistaken(file, err)
}

// mistaken is the mistakes of a file of facts under a heading that counts them, each on a line of its own.
func mistaken(file string, err error) error {
	var mistakes framework.Mistakes
	switch {
	case !errors.As(err, &mistakes):
		return err
	case len(mistakes) == 1:
		return fmt.Errorf("1 mistake in %s:\n%w", file, err)
	}
	return fmt.Errorf("%d mistakes in %s:\n%w", len(mistakes), file, err)
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
