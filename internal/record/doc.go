// Package record is decisions on file: architecture decision records whose front matter says what was known and what the framework
// said, so that it can be told, later, whether the decision is still right.
//
// Read turns a file into a Record, New makes one of today's facts, Reaffirm and Supersede are the two changes that a record may
// see. Judge holds a record against today's facts and knowledge, and says what undid it: never a date. A Directory is the folder
// that the records lie in, and nothing outside of it. The package has no clock; dates are the caller's.
package record
