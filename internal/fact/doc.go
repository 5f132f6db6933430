// Package fact is the vocabulary of all other packages: what can be known about a platform, and what is known about one.
//
// A [Dictionary] lists the facts of a framework, each of one [Kind]. A [Value] is what is known about one [Fact], a [Situation] what is
// known about all of them.
//
// Values are read in one place and written in one place. Code that receives a value from outside (a call, a file, a command line) passes
// it as [Written] to [Fact.Read], which returns the value or every mistake in it. A Value writes itself as JSON (MarshalJSON), as YAML
// (YAML) and as text for people (String). Each kind has its own file, with reading and writing side by side: boolean, number, range,
// choice, set.
package fact
