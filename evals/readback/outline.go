package readback

import (
	"fmt"
	"strings"
)

// item is a line of a text with the lines that belong to it.
type item struct {
	text  string
	depth int
	items []*item
}

// outline undoes what the writer lays out: it joins the lines that were broken, and hangs each below the one it belongs to.
// It is strict about spaces: a text that the writer would not write is an error. A fenced block becomes one item.
func outline(text string) ([]*item, error) {
	root := &item{depth: -1}
	path := []*item{root}
	lines := strings.Split(text, "\n")
	if lines[len(lines)-1] != "" || strings.HasSuffix(text, "\n\n") {
		return nil, fmt.Errorf("want one newline at the end")
	}
	for i := 0; i < len(lines)-1; i++ {
		line := lines[i]
		if line == "```mermaid" {
			end := i + 1
			for end < len(lines) && lines[end] != "```" {
				end++
			}
			block := &item{text: strings.Join(lines[i:min(end, len(lines)-1)], "\n")}
			root.items, path, i = append(root.items, block), []*item{root, block}, end
			continue
		}
		words := strings.TrimLeft(line, " ")
		spaces := len(line) - len(words)
		last := path[len(path)-1]
		switch {
		case line == "":
			path = path[:1]
			continue
		case strings.TrimRight(line, " ") != line || spaces%2 != 0:
			return nil, fmt.Errorf("line %d: stray spaces", i+1)
		case last != root && spaces/2 == last.depth+2:
			last.text += " " + words
			continue
		case spaces/2 > last.depth+1:
			return nil, fmt.Errorf("line %d: belongs to no line above", i+1)
		}
		next := &item{text: words, depth: spaces / 2}
		path = path[:next.depth+1]
		parent := path[next.depth]
		parent.items, path = append(parent.items, next), append(path, next)
	}
	return root.items, nil
}
