package cli

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync"

	"github.com/mattn/go-isatty"
	"github.com/rs/zerolog"

	"github.com/vanhoutenbos/layer2/internal/disk"
	"github.com/vanhoutenbos/layer2/internal/factsfile"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/strict"
	"github.com/vanhoutenbos/layer2/internal/words"
	"github.com/vanhoutenbos/layer2/knowledge"
	"github.com/vanhoutenbos/layer2/tools"
)

// maximumFacts is the size of a file that a person writes beyond which it is a mistake, in bytes.
const maximumFacts = factsfile.MaximumBytes

// logger writes to stderr: as lines for a person on a terminal, as JSON for anything else.
func (i *invocation) logger() (zerolog.Logger, error) {
	level, err := zerolog.ParseLevel(i.logLevel)
	if err != nil || i.logLevel == "" {
		return zerolog.Nop(), &usageError{fmt.Sprintf("--log-level: %s is not a level", words.Quote(i.logLevel, longestWord)), i.flags.Name() + " --log-level warn"}
	}
	var out io.Writer = jsonLines{i.Err}
	if terminal(i.Err) {
		out = zerolog.ConsoleWriter{Out: i.Err, FormatFieldValue: func(value any) string { return words.Escape(fmt.Sprintf("%s", value)) }}
	}
	return zerolog.New(out).Level(level).With().Timestamp().Logger(), nil
}

// terminal reports whether a stream is one that a person sits at.
func terminal(stream any) bool {
	file, ok := stream.(*os.File)
	return ok && (isatty.IsTerminal(file.Fd()) || isatty.IsCygwinTerminal(file.Fd()))
}

// framework loads the knowledge, with the user's folder over it if one is named.
func (i *invocation) framework() (*framework.Framework, error) {
	own, err := ownKnowledge(i.knowledge)
	if err != nil {
		return nil, fmt.Errorf("--knowledge: %w", err)
	}
	defer own.close()
	if own.folder == nil {
		return shippedKnowledge()
	}
	f, err := framework.Load(knowledge.Files, own.files())
	if err != nil && i.knowledge != "" {
		err = fmt.Errorf("the knowledge in %s does not load:\n%w", i.knowledge, err)
	}
	return f, err
}

// shippedKnowledge is what the program carries. It is read only, so that whoever needs it again gets the same.
var shippedKnowledge = sync.OnceValues(func() (*framework.Framework, error) { return framework.Load(knowledge.Files, nil) })

// own is a folder of somebody's own knowledge, or none.
type own struct{ folder *disk.Folder }

// ownKnowledge opens a folder, unless it has no name. Nothing outside of it is read, whatever links lie in it.
func ownKnowledge(name string) (own, error) {
	if name == "" {
		return own{}, nil
	}
	folder, err := disk.OpenFolder(name)
	if err != nil {
		return own{}, fmt.Errorf("%s: %w", name, err)
	}
	return own{folder}, nil
}

// files are the folder's, or nil.
func (o own) files() fs.FS {
	if o.folder == nil {
		return nil
	}
	return o.folder
}

func (o own) close() {
	if o.folder != nil {
		_ = o.folder.Close() // it was only read
	}
}

// workspace reads a facts file, - for stdin, as the defaults of every call; none if no file is named.
func (i *invocation) workspace(f *framework.Framework, file string) (tools.Workspace, error) {
	if file == "" {
		return tools.Workspace{}, nil
	}
	content, err := i.read(file, maximumFacts)
	if err != nil {
		return tools.Workspace{}, err
	}
	if file == "-" {
		file = standardInput
	}
	w, err := factsfile.Read(f, file, content)
	return w, mistaken(file, err)
}

// standardInput is what - is called in messages.
const standardInput = "standard input"

// mistaken is the mistakes of a facts file under a heading that counts them, each on a line of its own.
func mistaken(file string, err error) error {
	var mistakes strict.Mistakes
	switch {
	case !errors.As(err, &mistakes):
		return err
	case len(mistakes) == 1:
		return fmt.Errorf("1 mistake in %s:\n%w", file, err)
	}
	return fmt.Errorf("%d mistakes in %s:\n%w", len(mistakes), file, err)
}

// read reads a file, - for stdin, up to a size. One that the person named may be a pipe, as <(command) is in a shell. The one that is
// found by default may not: nobody knows what lies there.
func (i *invocation) read(file string, most int64) ([]byte, error) {
	from, read := file, disk.ReadInput
	switch {
	case file == "-":
		from, read = standardInput, func(_ string, most int64) ([]byte, error) { return disk.ReadAll(i.In, most) }
	case file == i.facts && !i.asked("facts"):
		read = disk.ReadFile
	}
	content, err := read(file, most)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", from, err)
	}
	return content, nil
}

// asked reports whether a flag was given.
func (i *invocation) asked(name string) bool {
	given := false
	i.flags.Visit(func(f *flag.Flag) { given = given || f.Name == name })
	return given
}
