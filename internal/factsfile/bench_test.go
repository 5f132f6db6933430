package factsfile_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/factsfile"
)

// BenchmarkReadAgain is what a call costs that finds the file as it was: one with a value for every number, and one that is full.
func BenchmarkReadAgain(b *testing.B) {
	f := shipped.Framework(b)
	text := "facts:\n"
	for i := range f.Dictionary.Len() {
		if about := f.Dictionary.Fact(i); about.Kind.Numeric() {
			text += fmt.Sprintf("  %s: 7\n", about.Name)
		}
	}
	long := text
	for len(long) < factsfile.MaximumBytes-100 {
		long += "# a comment that says where all of this is from, and who has counted it\n"
	}
	for name, content := range map[string]string{"small": text, "full": long} {
		b.Run(name, func(b *testing.B) {
			name := filepath.Join(b.TempDir(), "layer2.yaml")
			if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
				b.Fatal(err)
			}
			file := factsfile.NewFile(f, name)
			for b.Loop() {
				if _, err := file.Read(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
