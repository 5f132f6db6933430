package page

import (
	"strings"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

// markdown is a page in the making. A paragraph stays on one line, so that no break can turn a word into a mark.
type markdown struct{ strings.Builder }

// heading begins a part.
func (m *markdown) heading(level int, text string) {
	if m.Len() > 0 {
		m.WriteByte('\n')
	}
	if before := strings.TrimRight(text, "#"); before != text && (before == "" || strings.HasSuffix(before, " ")) {
		text = text[:len(text)-1] + `\#` // signs of the text, not the end of the heading
	}
	m.WriteString(strings.Repeat("#", level) + " " + text + "\n\n")
}

// paragraph writes a paragraph with a blank line behind it, unless it is empty.
func (m *markdown) paragraph(parts ...string) {
	if text := strings.Join(parts, ""); text != "" {
		m.WriteString(text + "\n\n")
	}
}

// point writes an entry of a list, at a depth.
func (m *markdown) point(depth int, parts ...string) {
	m.WriteString(strings.Repeat("  ", depth) + "- " + strings.Join(parts, "") + "\n")
}

// more goes on with the entry above, on a line of its own; it is skipped if it is empty.
func (m *markdown) more(depth int, text string) {
	if text != "" {
		m.WriteString(strings.Repeat("  ", depth+1) + text + "\n")
	}
}

// row writes a row of a table. A pipe in a cell is escaped, which holds in a code span of a table too.
func (m *markdown) row(cells ...string) {
	for _, cell := range cells {
		m.WriteString("| " + strings.ReplaceAll(cell, "|", `\|`) + " ")
	}
	m.WriteString("|\n")
}

// columns opens a table.
func (m *markdown) columns(names ...string) {
	m.row(names...)
	m.WriteString(strings.Repeat("|---", len(names)) + "|\n")
}

// page is what was written, with one newline at its end and no two blank lines in a row.
func (m *markdown) page() string {
	text := m.String()
	for strings.Contains(text, "\n\n\n") {
		text = strings.ReplaceAll(text, "\n\n\n", "\n\n")
	}
	return strings.TrimRight(text, "\n") + "\n"
}

// source closes a page: which knowledge it shows.
func (m *markdown) source(f *framework.Framework) {
	m.WriteString("\n---\n\nKnowledge " + plain(f.Version) + " (" + f.Fingerprint + ")\n")
}

// code is a code span: conditions, names and values as they are typed. Its fence is one that does not stand in it.
func code(text string) string {
	fence := "`"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	if fence != "`" || strings.HasPrefix(text, " ") && strings.HasSuffix(text, " ") {
		text = " " + text + " " // of which the reader takes away one at each end
	}
	return fence + text + fence
}

// codes is a list of code spans.
func codes(items []string) string {
	spans := make([]string, len(items))
	for i, item := range items {
		spans[i] = code(item)
	}
	return strings.Join(spans, ", ")
}

// bold is what is looked for on a page: ids.
func bold(id string) string { return "**" + id + "**" }

// capabilityLink leads to a capability's card.
func capabilityLink(f *framework.Framework, id string) string {
	if c, ok := f.Capability(id); ok {
		return "[" + plain(c.Title.Value) + "](layer2://capabilities/" + id + ")"
	}
	return code(id)
}

// texts are the words of a list.
func texts(list []strict.Text) []string {
	return idsOf(list, strict.Text.String)
}

// plains are the words of a list, with no sign a mark.
func plains(list []strict.Text) []string {
	return idsOf(list, func(t strict.Text) string { return plain(t.Value) })
}
