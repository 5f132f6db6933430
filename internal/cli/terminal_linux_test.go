package cli

import (
	"os"
	"testing"
)

func TestAPseudoTerminalIsATerminal(t *testing.T) {
	file, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if !terminal(file) {
		t.Error("it is taken for a file")
	}
}
