// Package record is decision records: architecture decision records whose front matter says what was known and what the framework
// said, so that it can be told, later, whether the decision is still right.
//
// Read turns a file into a Record, New makes one of today's facts, Reaffirm and Supersede are the two changes that a record may
// see. Judge holds a record against today's facts and knowledge, and says what undid it: never a date. Find returns the records
// in a folder, Check judges all of them, a Directory is where they are written, and an Archive says what is in force while a program runs.
// Dates are the caller's.
package record
