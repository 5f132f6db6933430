package text

import (
	"strings"

	"github.com/vanhoutenbos/layer2/tools"
)

// citations writes the answer of cite.
func (w *writer) citations(c *tools.Citations) {
	w.knowledge(c.Knowledge)
	w.ignored(c.Ignored)
	w.gap()
	w.line(0, "Found")
	for _, f := range c.Found {
		note := f.Kind
		if f.Capability != "" {
			note += ", " + f.Capability
		}
		w.line(1, f.ID, " (", note, "): ", f.Says)
		if f.When != "" {
			w.line(2, "When: ", f.When)
		}
		if f.Disabled != "" {
			w.line(2, "Disabled: ", f.Disabled)
		}
		w.list(2, "Readings: ", f.Readings)
	}
	if len(c.Unknown) == 0 {
		return
	}
	w.line(0, "Unknown")
	for _, u := range c.Unknown {
		nearest := "nothing near it"
		if len(u.Nearest) > 0 {
			nearest = "nearest " + strings.Join(u.Nearest, ", ")
		}
		w.line(1, quoted(u.ID), ": ", nearest)
	}
}
