// Package words writes text from outside (files, file names, arguments, other programs) so that it stays text: no character of it
// moves a cursor, ends a line, turns the direction of writing or hides from the reader. It is the one place that says what prints.
//
// Three ways to deal with a character that does not print:
//
//   - refuse it: Hidden finds the first one, where a file is read that has no use for any.
//   - write it out: Escape and EscapeLines, for words that are kept and shown again, such as what a person said.
//   - quote the text: Quote and Cut, for a word in a message.
package words
