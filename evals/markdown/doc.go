// Package markdown holds the pages of layer2 against a Markdown parser that shares no code with them: whatever the knowledge, a source
// or a reason says, it is text on the page, and nothing else. The parser is in this module alone, so that the program does not have it.
package markdown
