package tools

import (
	"errors"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/record"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

// Workspace is defaults for every call: the facts of a file, and what says them. The zero Workspace holds none.
type Workspace struct {
	// Facts are in fact order. A number may be known within a range only, which no call can say.
	Facts fact.Situation
	// Runs is what is known of each capability, by id; one that is missing is unknown.
	Runs map[string]decide.Truth
	// Sources says of each fact what says it, empty for those without; nil if the file names none.
	Sources []string
	// Decisions are the decision records; nil if none are kept.
	Decisions *record.LiveFolder
	// Live reads the workspace, without Decisions, as it is at the moment of a call; nil if it stays as it is.
	Live func() (Workspace, error)
}

// now is the workspace as it is. If its file is wrong, the error is *Mistakes that name the places: no call is answered from what the
// file said before.
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
