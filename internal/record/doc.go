// Package record handles decision records: architecture decision records whose front matter says what was known and what the framework
// said, so that a program can tell later whether the decision is still right.
//
// [Read] turns a file into a [Record], and [New] makes one from today's facts. [Reaffirm] and [Supersede] are the only changes that a
// record may see later. [Record.Judge] compares a record with today's facts and knowledge and says what undid it; dates never count.
// [Find] returns the records in a folder, and [Check] judges all of them. A [Folder] is where records are written, and a [LiveFolder]
// reports what is in force while a program runs. Dates come from the caller.
package record
