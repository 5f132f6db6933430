package page

import (
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/markdown"
	"github.com/vanhoutenbos/layer2/internal/strict"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// sheet builds a page of the knowledge.
type sheet struct{ markdown.Page }

// source ends a page with the knowledge that it shows.
func (m *sheet) source(f *framework.Framework) {
	m.Raw("\n---\n\nKnowledge " + markdown.Escape(f.Version) + " (" + f.Fingerprint + ")\n")
}

// capabilityLink returns a link to a capability's card.
func capabilityLink(f *framework.Framework, id string) string {
	if c, ok := f.Capability(id); ok {
		return "[" + markdown.Escape(c.Title.Value) + "](layer2://capabilities/" + id + ")"
	}
	return markdown.Code(id)
}

func texts(list []strict.Text) []string {
	return words.Each(list, strict.Text.String)
}

// plains returns the texts escaped for Markdown.
func plains(list []strict.Text) []string {
	return words.Each(list, func(t strict.Text) string { return markdown.Escape(t.Value) })
}
