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

// maximumFacts is the most bytes that a file written by hand may have.
const maximumFacts = factsfile.MaximumBytes

// logger logs to stderr, as text on a terminal and as JSON elsewhere.
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

func terminal(stream any) bool {
	file, ok := stream.(*os.File)
	return ok && (isatty.IsTerminal(file.Fd()) || isatty.IsCygwinTerminal(file.Fd()))
}

// framework loads the shipped knowledge, with the --knowledge folder over it if there is one.
func (i *invocation) framework() (*framework.Framework, error) {
	own, err := openOverlay(i.knowledge)
	if err != nil {
		return nil, fmt.Errorf("--knowledge: %w", err)
	}
	defer own.close()
	if own.folder == nil {
		return shippedKnowledge()
	}
	f, err := framework.Load(knowledge.Files, own.files())
	if err != nil && i.knowledge != "" {
		err = fmt.Errorf("the knowledge in %s does not load:\n%w", words.Escape(i.knowledge), err)
	}
	return f, err
}

// shippedKnowledge loads the knowledge in the program, once. It is read-only, so it can be shared.
var shippedKnowledge = sync.OnceValues(func() (*framework.Framework, error) { return framework.Load(knowledge.Files, nil) })

// overlay is a folder of the user's knowledge. Its folder is nil if there is none.
type overlay struct{ folder *disk.Folder }

// openOverlay opens the folder, unless the name is empty. No link in it can lead to a file outside of it.
func openOverlay(name string) (overlay, error) {
	if name == "" {
		return overlay{}, nil
	}
	folder, err := disk.OpenFolder(name)
	if err != nil {
		return overlay{}, fmt.Errorf("%s: %w", words.Escape(name), err)
	}
	return overlay{folder}, nil
}

func (o overlay) files() fs.FS {
	if o.folder == nil {
		return nil
	}
	return o.folder
}

func (o overlay) close() {
	if o.folder != nil {
		_ = o.folder.Close() // it was only read
	}
}

// workspace reads a facts file, - for stdin. Without a name it is empty.
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
	return w, countMistakes(file, err)
}

// standardInput is how messages call the file named -.
const standardInput = "standard input"

// countMistakes puts a line that counts the mistakes of a facts file above them. Other errors are returned as they are.
func countMistakes(file string, err error) error {
	var mistakes strict.Mistakes
	switch {
	case !errors.As(err, &mistakes):
		return err
	case len(mistakes) == 1:
		return fmt.Errorf("1 mistake in %s:\n%w", words.Escape(file), err)
	}
	return fmt.Errorf("%d mistakes in %s:\n%w", len(mistakes), words.Escape(file), err)
}

// read reads a file, - for stdin, up to a size in bytes. A file named by a flag may be a pipe, such as <(command) in a shell. The
// default one may not, because nobody chose it.
func (i *invocation) read(file string, most int64) ([]byte, error) {
	from, read := file, disk.ReadInput
	switch {
	case file == "-":
		from, read = standardInput, func(_ string, most int64) ([]byte, error) { return disk.ReadAll(i.In, most) }
	case file == i.facts && !i.given("facts"):
		read = disk.ReadFile
	}
	content, err := read(file, most)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", words.Escape(from), err)
	}
	return content, nil
}

// given reports whether a flag was given.
func (i *invocation) given(name string) bool {
	given := false
	i.flags.Visit(func(f *flag.Flag) { given = given || f.Name == name })
	return given
}
