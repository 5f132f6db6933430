// Package factsfile is the facts file that every call can start from, layer2.yaml: what is known of a platform, what runs on it,
// and what says so. Read reads it as strictly as a call is read, with the place of every mistake; Edit changes single facts in it
// and leaves the rest of the text as it is, comments and all.
package factsfile
