// Package markdown writes Markdown in which only what is meant as a mark is one, whatever the texts that go into it say.
package markdown

import "strings"

// Page is a page in the making. A paragraph stays on one line, so that no break can turn a word into a mark. Texts from the knowledge or
// from outside go through Escape or Code first.
type Page struct{ text strings.Builder }

// Heading begins a part.
func (p *Page) Heading(level int, text string) {
	if p.text.Len() > 0 {
		p.text.WriteByte('\n')
	}
	if before := strings.TrimRight(text, "#"); before != text && (before == "" || strings.HasSuffix(before, " ")) {
		text = text[:len(text)-1] + `\#` // signs of the text, not the end of the heading
	}
	p.text.WriteString(strings.Repeat("#", level) + " " + text + "\n\n")
}

// Paragraph writes a paragraph with a blank line behind it, unless it is empty.
func (p *Page) Paragraph(parts ...string) {
	if text := strings.Join(parts, ""); text != "" {
		p.text.WriteString(text + "\n\n")
	}
}

// Point writes an entry of a list, at a depth.
func (p *Page) Point(depth int, parts ...string) {
	p.text.WriteString(strings.Repeat("  ", depth) + "- " + strings.Join(parts, "") + "\n")
}

// More goes on with the entry above, on a line of its own; it is skipped if it is empty.
func (p *Page) More(depth int, text string) {
	if text != "" {
		p.text.WriteString(strings.Repeat("  ", depth+1) + text + "\n")
	}
}

// Columns opens a table.
func (p *Page) Columns(names ...string) {
	p.Row(names...)
	p.text.WriteString(strings.Repeat("|---", len(names)) + "|\n")
}

// Row writes a row of a table. A pipe in a cell is escaped, which holds in a code span of a table too.
func (p *Page) Row(cells ...string) {
	for _, cell := range cells {
		p.text.WriteString("| " + strings.ReplaceAll(cell, "|", `\|`) + " ")
	}
	p.text.WriteString("|\n")
}

// Raw writes a text as it is.
func (p *Page) Raw(text string) { p.text.WriteString(text) }

// String is what was written, with one newline at its end and no two blank lines in a row.
func (p *Page) String() string {
	text := p.text.String()
	for strings.Contains(text, "\n\n\n") {
		text = strings.ReplaceAll(text, "\n\n\n", "\n\n")
	}
	return strings.TrimRight(text, "\n") + "\n"
}

// Code is a code span: conditions, names and values as they are typed. Its fence is one that does not stand in it.
func Code(text string) string {
	fence := "`"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	if fence != "`" || strings.HasPrefix(text, " ") && strings.HasSuffix(text, " ") {
		text = " " + text + " " // of which the reader takes away one at each end
	}
	return fence + text + fence
}

// Codes is a list of code spans.
func Codes(items []string) string {
	spans := make([]string, len(items))
	for i, item := range items {
		spans[i] = Code(item)
	}
	return strings.Join(spans, ", ")
}

// Bold is what is looked for on a page: ids.
func Bold(id string) string { return "**" + id + "**" }
