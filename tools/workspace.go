package tools

import (
	"errors"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/record"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

// Workspace is the defaults for every call: the facts in a file, and their sources. The zero Workspace has none.
type Workspace struct {
	// Facts are in fact order. A number may be known only within a range, which a call cannot express.
	Facts fact.Situation
	// Runs says whether each capability runs, by id; a missing one is unknown.
	Runs map[string]decide.Truth
	// Sources has the source of each fact, empty for those without one; nil if the file names none.
	Sources []string
	// Decisions are the decision records; nil if none are kept.
	Decisions *record.LiveFolder
	// Live reads the current workspace, without Decisions; nil if the workspace never changes.
	Live func() (Workspace, error)
}

// now returns the current workspace. If its file is wrong, the error is a *Mistakes with the places: no call is answered from outdated
// content.
func (w Workspace) now() (Workspace, error) {
	if w.Live == nil {
		return w, nil
	}
	current, err := w.Live()
	if err != nil {
		return Workspace{}, wrongFile(err)
	}
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
