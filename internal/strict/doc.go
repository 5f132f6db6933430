// Package strict is the only place that reads and changes YAML: the knowledge, a facts file, the front matter of a record. A file means
// what it shows: one document, in characters that an editor and the parser read alike, without aliases, anchors, tags or merge keys,
// every key once.
//
// A [Reader] with a [Format] parses a file into a [Document], which decodes itself into structs whose tags name the keys. A mistake does
// not stop the reading: each is noted with its file, line and column, so that the reader's [Mistakes] are complete. A [Source] changes
// single entries of a text and leaves the rest as it is, comments included.
package strict
