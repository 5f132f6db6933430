package git

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/words"
)

// Revision is one commit of a repository, opened for reading. It is not safe for concurrent use. Close it when done.
type Revision struct {
	repository *Repository
	ctx        context.Context // ends with the time limit
	cancel     context.CancelFunc
	batch      *batch
	root       string             // id of the top-level tree
	trees      map[string][]entry // trees read so far, by id
	steps      int                // path components resolved and entries listed so far
	bytes      int64              // object data read so far
	failure    error              // once set, every read returns it
}

// UnknownError is a name that does not resolve to one commit.
type UnknownError string

func (e UnknownError) Error() string {
	const longest = 80
	return "unknown git revision " + words.Quote(string(e), longest)
}

// At opens a revision by name: a branch, a tag, an id, or any other expression that git rev-parse resolves to one commit. In a
// submodule it has to be a full id, because whoever changes the outer repository chooses the repository here, and what its branches
// are. The error is an UnknownError if there is no such commit.
func (r *Repository) At(ctx context.Context, name string) (*Revision, error) {
	ctx, cancel := context.WithTimeout(ctx, r.limits.time)
	v := &Revision{repository: r, ctx: ctx, cancel: cancel, trees: map[string][]entry{}}
	if err := v.open(name); err != nil {
		v.Close()
		return nil, err
	}
	return v, nil
}

func (v *Revision) open(name string) error {
	r := v.repository
	if r.submodule && !objectID.MatchString(name) {
		return fmt.Errorf("%s is a submodule: give the revision as a full commit id, or run at the top of the outer repository", words.Escape(r.top))
	}
	if err := r.confirmTop(v.ctx); err != nil {
		return err
	}
	commit, err := r.commit(v.ctx, name)
	if err != nil {
		return err
	}
	if v.batch, err = startBatch(v.ctx, r); err != nil {
		return err
	}
	v.root, _, err = v.object(commit+"^{tree}", "tree")
	return err
}

// confirmTop checks that git agrees on where the work tree begins.
func (r *Repository) confirmTop(ctx context.Context) error {
	answer, err := r.output(ctx, "rev-parse", "--show-toplevel")
	if top := strings.TrimRight(answer, "\r\n"); err == nil && !sameFile(top, r.top) {
		err = fmt.Errorf("the work tree at %s is configured to begin at %s (core.worktree)", words.Escape(r.top), words.Quote(top, longestPath))
	}
	return err
}

// commit resolves a name to the id of a commit.
func (r *Repository) commit(ctx context.Context, name string) (string, error) {
	if strings.ContainsRune(name, 0) {
		return "", UnknownError(name)
	}
	answer, err := r.output(ctx, "rev-parse", "--verify", "--end-of-options", name+"^{commit}")
	id := strings.TrimRight(answer, "\r\n")
	if errors.Is(err, refusal("Needed a single revision")) || err == nil && !objectID.MatchString(id) {
		return "", UnknownError(name)
	}
	return id, err
}

// Err returns the error that ended all reading early, such as a limit that was reached; nil if there was none. After Close it is never nil.
func (v *Revision) Err() error { return v.failure }

// Close stops git. Files that were opened stay readable.
func (v *Revision) Close() {
	v.failure = errors.New("the revision is closed")
	v.cancel()
	if v.batch != nil {
		_ = v.batch.process.Wait() // it was killed
	}
}

// object reads an object of the given kind, within the limits. Only ids are sent to git, so a name in a tree is never taken for an
// expression.
func (v *Revision) object(expression, kind string) (id string, content []byte, err error) {
	if v.failure != nil {
		return "", nil, v.failure
	}
	h, err := v.batch.request(expression)
	limits := v.repository.limits
	tooLarge := h.size > limits.size
	switch {
	case err != nil, h.kind == "":
	case h.size > limits.bytes-v.bytes:
		err = fmt.Errorf("too much to read (limit: %d bytes)", limits.bytes)
	case tooLarge:
		err = v.batch.skip(h)
	default:
		content, err = v.batch.content(h)
	}
	v.bytes += h.size
	v.failure = err
	switch {
	case err != nil:
		return "", nil, err
	case h.kind == "":
		return "", nil, errMissing
	case tooLarge:
		return "", nil, fmt.Errorf("too large: %d bytes (limit: %d)", h.size, limits.size)
	case h.kind != kind:
		return "", nil, fmt.Errorf("git has a %s where a %s is expected", h.kind, kind)
	}
	return h.id, content, nil
}

// step counts path components or entries against the limits.
func (v *Revision) step(count int) error {
	v.steps += count
	switch {
	case v.failure != nil:
	case v.ctx.Err() != nil:
		v.failure = v.repository.explain(v.ctx, nil, "")
	case v.steps > v.repository.limits.steps:
		v.failure = fmt.Errorf("too many files and folders (limit: %d lookups)", v.repository.limits.steps)
	}
	return v.failure
}
