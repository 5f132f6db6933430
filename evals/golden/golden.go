// Package golden compares what a test got with a file of its testdata, byte for byte. UPDATE=1 go test writes the files instead.
package golden

import (
	"os"
	"strings"
	"testing"
)

// Updating reports whether the golden files are to be written.
func Updating() bool { return os.Getenv("UPDATE") != "" }

// Compare holds a text against a file, or writes the file.
func Compare[Text ~string | ~[]byte](t testing.TB, file string, got Text) {
	t.Helper()
	if Updating() {
		Write(t, file, got)
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if n := FirstDifference(string(got), string(want)); n > 0 {
		t.Errorf("%s differs at line %d (UPDATE=1 writes it)\nwant: %s\n got: %s", file, n, line(string(want), n), line(string(got), n))
	}
}

// Write writes a golden file.
func Write[Text ~string | ~[]byte](t testing.TB, file string, text Text) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// FirstDifference is the number of the first line that two texts do not share; 0 if they are the same.
func FirstDifference(a, b string) int {
	if a == b {
		return 0
	}
	left, right := strings.Split(a, "\n"), strings.Split(b, "\n")
	n := 0
	for n < len(left) && n < len(right) && left[n] == right[n] {
		n++
	}
	return n + 1
}

// line is a line of a text, "(end)" behind the last.
func line(text string, n int) string {
	lines := strings.Split(text, "\n")
	if n > len(lines) {
		return "(end)"
	}
	return lines[n-1]
}
