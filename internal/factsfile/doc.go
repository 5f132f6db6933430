// Package factsfile handles the facts file from which every call can start, layer2.yaml: what is known of a platform, what runs on it,
// and the sources. [Read] is as strict as a tool is with its arguments and reports the place of every mistake; [Edit] changes single facts
// and leaves the rest of the text alone, comments included.
package factsfile
