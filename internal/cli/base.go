package cli

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os/exec"
	"path"
	"path/filepath"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/record"
	"github.com/vanhoutenbos/layer2/internal/workspace"
	"github.com/vanhoutenbos/layer2/knowledge"
)

// before checks the records as they were at the base: with the facts of then, and the own knowledge of then. What cannot be told
// of then excuses nothing now, and is said.
func (i *invocation) before(ctx context.Context) (record.Report, error) {
	at := revision{ctx: ctx, name: i.decisions.base}
	records, err := at.directory(i.decisions.directory)
	if err != nil {
		return record.Report{}, err
	}
	report, err := i.checkThen(at, records)
	if err != nil {
		fmt.Fprintf(i.Err, "note: nothing counts as broken before, because at %s %v\n", at.name, err)
	}
	return report, nil
}

func (i *invocation) checkThen(at revision, records *past) (record.Report, error) {
	f, err := i.frameworkThen(at)
	if err != nil {
		return record.Report{}, err
	}
	folder, err := at.directory(filepath.Dir(i.facts))
	if err != nil {
		return record.Report{}, err
	}
	content, err := folder.Read(filepath.Base(i.facts))
	if err != nil {
		return record.Report{}, fmt.Errorf("%s: %w", i.facts, err)
	}
	known, err := workspace.Read(f, i.facts, content)
	if err != nil {
		return record.Report{}, mistaken(i.facts, err)
	}
	return record.Check(f, records, known.Facts)
}

// frameworkThen loads the shipped knowledge with the user's directory of then over it.
func (i *invocation) frameworkThen(at revision) (*framework.Framework, error) {
	if i.knowledge == "" {
		return framework.Load(knowledge.Files, nil)
	}
	folder, err := at.directory(i.knowledge)
	if err != nil {
		return nil, err
	}
	if len(folder.entries) == 0 { // then there was no own knowledge yet
		return framework.Load(knowledge.Files, nil)
	}
	files, err := folder.files()
	if err != nil {
		return nil, err
	}
	f, err := framework.Load(knowledge.Files, files)
	if err != nil {
		return nil, fmt.Errorf("the knowledge in %s does not load:\n%w", i.knowledge, err)
	}
	return f, nil
}

// revision is a state of a repository. It is read with git cat-file: nothing is checked out.
type revision struct {
	ctx    context.Context
	name   string
	commit string
}

// past is a folder at a revision. One that was not there is empty.
type past struct {
	revision
	folder  string // a folder of today, in which git runs
	entries []entry
}

// entry is a file or folder in a tree of git.
type entry struct{ mode, name, object string }

// The modes of git that are of interest here; links and other repositories are not followed.
const (
	treeMode       = "40000"
	fileMode       = "100644"
	executableMode = "100755"
)

// directory reads what a folder held.
func (r revision) directory(folder string) (*past, error) {
	if strings.HasPrefix(r.name, "-") {
		return nil, fmt.Errorf("%q is no revision", r.name)
	}
	commit, err := r.git(folder, "", "rev-parse", "--verify", "--quiet", r.name+"^{commit}")
	var unknown *exec.ExitError
	switch {
	case errors.As(err, &unknown):
		return nil, fmt.Errorf("git knows no revision %q here; in a workflow, fetch it first (actions/checkout with fetch-depth: 0)", r.name)
	case err != nil:
		return nil, err
	}
	r.commit = strings.TrimSpace(string(commit))
	p := &past{revision: r, folder: folder}
	p.entries, err = p.tree(r.commit + ":./")
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return p, err
}

// git runs git in a folder.
func (r revision) git(folder, in string, arguments ...string) ([]byte, error) {
	command := exec.CommandContext(r.ctx, "git", append([]string{"-C", folder}, arguments...)...)
	command.Stdin = strings.NewReader(in)
	var problems bytes.Buffer
	command.Stderr = &problems
	out, err := command.Output()
	if text := strings.TrimSpace(problems.String()); err != nil && text != "" {
		return nil, errors.New(text)
	}
	return out, err
}

// object reads an object of git with its kind; fs.ErrNotExist if there is none.
func (p *past) object(name string) (kind string, content []byte, err error) {
	if strings.ContainsAny(name, "\n\r") {
		return "", nil, fs.ErrNotExist
	}
	out, err := p.git(p.folder, name+"\n", "cat-file", "--batch")
	if err != nil {
		return "", nil, err
	}
	head, content, _ := bytes.Cut(out, []byte("\n"))
	fields := strings.Fields(string(head))
	if len(fields) != 3 || fields[2] == "missing" {
		return "", nil, fs.ErrNotExist
	}
	return fields[1], bytes.TrimSuffix(content, []byte("\n")), nil
}

// tree reads the entries of a tree: mode, name and the bytes of an object's id, as long as that of the commit.
func (p *past) tree(name string) ([]entry, error) {
	kind, content, err := p.object(name)
	if err != nil {
		return nil, err
	}
	var entries []entry
	for id := len(p.commit) / 2; kind == "tree" && len(content) > 0; {
		head, rest, found := bytes.Cut(content, []byte{0})
		mode, name, _ := strings.Cut(string(head), " ")
		if !found || len(rest) < id {
			return nil, errors.New("git shows a tree that cannot be read")
		}
		entries = append(entries, entry{mode, name, fmt.Sprintf("%x", rest[:id])})
		content = rest[id:]
	}
	return entries, nil
}

// Files are the Markdown files that were in the folder.
func (p *past) Files() ([]string, error) {
	var names []string
	for _, e := range p.entries {
		if path.Ext(e.name) == ".md" && !strings.HasPrefix(e.name, ".") && e.mode != treeMode {
			names = append(names, e.name)
		}
	}
	return names, nil
}

// Read reads a file of the folder.
func (p *past) Read(name string) ([]byte, error) {
	for _, e := range p.entries {
		if e.name == name && (e.mode == fileMode || e.mode == executableMode) {
			_, content, err := p.object(e.object)
			return content, err
		}
	}
	return nil, fs.ErrNotExist
}

// files is the folder with all in it, as a file system: a zip in memory.
func (p *past) files() (fs.FS, error) {
	var packed bytes.Buffer
	to := zip.NewWriter(&packed)
	if err := p.pack(to, "", p.entries); err != nil {
		return nil, err
	}
	if err := to.Close(); err != nil {
		return nil, err
	}
	return zip.NewReader(bytes.NewReader(packed.Bytes()), int64(packed.Len()))
}

func (p *past) pack(to *zip.Writer, folder string, entries []entry) error {
	for _, e := range entries {
		name := path.Join(folder, e.name)
		if e.mode == treeMode {
			below, err := p.tree(e.object)
			if err == nil {
				err = p.pack(to, name, below)
			}
			if err != nil {
				return err
			}
			continue
		}
		if path.Ext(name) != ".yaml" {
			continue
		}
		_, content, err := p.object(e.object)
		if err != nil {
			return err
		}
		file, err := to.Create(name)
		if err == nil {
			_, err = file.Write(content)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
