// Package markdown writes Markdown in which no text from the knowledge or from outside can act as markup.
package markdown

import "strings"

// Page builds a page. A paragraph stays on one line, so that no line break can turn a word into markup. Text from the knowledge or from
// outside must go through [Escape] or [Code] first.
type Page struct{ text strings.Builder }

func (p *Page) Heading(level int, text string) {
	if p.text.Len() > 0 {
		p.text.WriteByte('\n')
	}
	if before := strings.TrimRight(text, "#"); before != text && (before == "" || strings.HasSuffix(before, " ")) {
		text = text[:len(text)-1] + `\#` // part of the text, not a closing sequence
	}
	p.text.WriteString(strings.Repeat("#", level) + " " + text + "\n\n")
}

// Paragraph writes the joined parts and a blank line, or nothing if they are empty.
func (p *Page) Paragraph(parts ...string) {
	if text := strings.Join(parts, ""); text != "" {
		p.text.WriteString(text + "\n\n")
	}
}

// Point writes a list entry at a nesting depth.
func (p *Page) Point(depth int, parts ...string) {
	p.text.WriteString(strings.Repeat("  ", depth) + "- " + strings.Join(parts, "") + "\n")
}

// More continues the entry above on a line of its own; an empty text is skipped.
func (p *Page) More(depth int, text string) {
	if text != "" {
		p.text.WriteString(strings.Repeat("  ", depth+1) + text + "\n")
	}
}

// Columns starts a table.
func (p *Page) Columns(names ...string) {
	p.Row(names...)
	p.text.WriteString(strings.Repeat("|---", len(names)) + "|\n")
}

// Row writes a table row. Pipes in cells are escaped, which works inside code spans of a table too.
func (p *Page) Row(cells ...string) {
	for _, cell := range cells {
		p.text.WriteString("| " + strings.ReplaceAll(cell, "|", `\|`) + " ")
	}
	p.text.WriteString("|\n")
}

// Raw writes a text as it is.
func (p *Page) Raw(text string) { p.text.WriteString(text) }

// String returns the page with one newline at its end and no two blank lines in a row.
func (p *Page) String() string {
	text := p.text.String()
	for strings.Contains(text, "\n\n\n") {
		text = strings.ReplaceAll(text, "\n\n\n", "\n\n")
	}
	return strings.TrimRight(text, "\n") + "\n"
}

// Code returns a code span for conditions, names and values. Its fence is longer than any run of backticks in the text.
func Code(text string) string {
	fence := "`"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	if fence != "`" || strings.HasPrefix(text, " ") && strings.HasSuffix(text, " ") {
		text = " " + text + " " // Markdown strips one at each end
	}
	return fence + text + fence
}

// Codes returns code spans separated by commas.
func Codes(items []string) string {
	spans := make([]string, len(items))
	for i, item := range items {
		spans[i] = Code(item)
	}
	return strings.Join(spans, ", ")
}

// Bold is for what readers scan a page for: ids.
func Bold(id string) string { return "**" + id + "**" }
