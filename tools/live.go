package tools

import (
	"context"
	"errors"
	"sync"

	"github.com/vanhoutenbos/layer2/internal/strict"
)

// snapshot is a workspace as it was at the first look.
type snapshot struct {
	once      sync.Once
	workspace Workspace
	err       error
}

type snapshotKey struct{}

// OneWorkspace returns a context in which all calls see the same workspace, even if its file changes in between.
func OneWorkspace(ctx context.Context) context.Context {
	return context.WithValue(ctx, snapshotKey{}, &snapshot{})
}

// now returns the workspace as it is. If its file is wrong, the error is *Mistakes that name the places: no call is answered from what the
// file said before.
func (w Workspace) now(ctx context.Context) (Workspace, error) {
	if w.Live == nil {
		return w, nil
	}
	look, shared := ctx.Value(snapshotKey{}).(*snapshot)
	if !shared {
		look = &snapshot{}
	}
	look.once.Do(func() { look.workspace, look.err = w.Live() })
	if look.err != nil {
		return Workspace{}, wrongFile(look.err)
	}
	current := look.workspace
	current.Decisions = w.Decisions
	return current, nil
}

func wrongFile(err error) error {
	var mistakes Mistakes
	var list strict.Mistakes
	if !errors.As(err, &list) {
		mistakes.add("the facts file", "%s", sentence(err))
	}
	for _, mistake := range list {
		mistakes.add("the facts file", "%s", sentence(errors.New(mistake.String())))
	}
	return &mistakes
}
