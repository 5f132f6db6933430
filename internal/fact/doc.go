// Package fact is the vocabulary of everything else: what can be known of a platform, and what is known of one.
//
// A Dictionary lists the Facts that a framework knows, each of one Kind. A Value is what is known of one fact, a Situation what is
// known of all of them.
//
// Values are read in one place and written in one place. Whoever meets a value outside (a call, a file, a command line) hands it over
// as it was Written, and Fact.Read says which value it is, or every mistake in it. A Value writes itself as JSON (MarshalJSON), as
// YAML (YAML) and as text for people (String). Each kind has a file of its own with both ways in it: boolean, number, range, choice,
// set.
package fact
