// Package strict is the one place that knows how this program reads and changes YAML: the knowledge, a facts file, the front matter of
// a record. A file means what it shows: one document, in characters that an editor and the parser read alike, without aliases, anchors,
// tags or merge keys, every key once.
//
// A Reader with a Format parses a file into a Document. The document decodes itself into structs whose tags name the keys. Every mistake
// is noted with its file, line and column, and reading goes on, so that the reader's Mistakes are all of them. A Source changes single
// entries of a text and leaves the rest as it is, comments too.
package strict
