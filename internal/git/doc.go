// Package git reads what a repository held at an earlier revision, and trusts nothing in it: whoever opened the pull request under
// review wrote the files, and somebody else may have written .git.
//
// [Open] finds a [Repository] by walking up to .git. It never asks git to look for one inside a folder under review, because git would
// accept a bare repository that lies there as ordinary tracked files. [Repository.At] opens a [Revision]; [Revision.Folder] returns a
// folder of it as an [io/fs.FS] that behaves like an [os.Root]: it follows links inside the folder and refuses those that lead out.
//
// Only [Repository.command] starts git, and only to run rev-parse and cat-file --batch. Archive, checkout, diff, --filters and
// --textconv are left out on purpose: they run programs that .git/config and .gitattributes name.
//
// Out of scope: whoever can write to .git can misrepresent the past. They still cannot run a program.
package git
