package page

import (
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/markdown"
	"github.com/vanhoutenbos/layer2/internal/strict"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// sheet is a page of the knowledge in the making.
type sheet struct{ markdown.Page }

// source closes a page: which knowledge it shows.
func (m *sheet) source(f *framework.Framework) {
	m.Raw("\n---\n\nKnowledge " + markdown.Escape(f.Version) + " (" + f.Fingerprint + ")\n")
}

// capabilityLink leads to a capability's card.
func capabilityLink(f *framework.Framework, id string) string {
	if c, ok := f.Capability(id); ok {
		return "[" + markdown.Escape(c.Title.Value) + "](layer2://capabilities/" + id + ")"
	}
	return markdown.Code(id)
}

// texts are the words of a list.
func texts(list []strict.Text) []string {
	return words.Each(list, strict.Text.String)
}

// plains are the words of a list, with no sign a mark.
func plains(list []strict.Text) []string {
	return words.Each(list, func(t strict.Text) string { return markdown.Escape(t.Value) })
}
