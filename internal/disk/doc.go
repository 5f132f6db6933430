// Package disk reads and writes files that may be anything and may change at any time.
//
// Reading is bounded and never waits: only regular files are read, so a named pipe, a device or a socket is refused. [Read] takes any
// [io/fs.FS] and a [Folder] keeps links from leading out of it. [ReadInput] is for a file that a person named on the command line; it
// takes a pipe as well.
//
// Writing happens under a lock on the folder. A [Writer] holds it, and its files appear whole or not at all. The system releases the lock
// when the process ends, however it ends, and the next writer removes what a killed one left behind.
//
// Errors give the reason alone, without the operation and the path. The caller knows what it asked for, and by which name.
package disk
