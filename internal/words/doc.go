// Package words writes text from outside (files, file names, arguments, other programs) so that it stays text: no character in it
// moves a cursor, ends a line, changes the text direction or hides from the reader. It is the one place that decides what prints.
//
// There are three ways to handle a character that does not print:
//
//   - refuse it: [Hidden] finds the first one, for files that should have none.
//   - write it out: [Escape] and [EscapeLines], for text that is kept and shown again, such as a person's words.
//   - quote the text: [Quote] and [Cut], for a word in a message.
package words
