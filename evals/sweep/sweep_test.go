package sweep

import (
	"flag"
	"testing"
)

func TestSizes(t *testing.T) {
	t.Cleanup(func() { flag.Set("sweep", "5") })
	for _, test := range []struct {
		percent       string
		of1000, taken int // taken of a list of 1,000
		ofOne         int
		all           bool
	}{
		{"1", 10, 10, 1, false}, {"5", 50, 50, 1, false}, {"50", 500, 500, 1, false}, {"100", 1000, 1000, 1, true}, {"1000", 10_000, 1000, 10, true},
	} {
		if err := flag.Set("sweep", test.percent); err != nil {
			t.Fatal(err)
		}
		taken, last := 0, map[int]int{} // of those drawn, how many end in each digit
		for i := range 1000 {
			if Takes(i) {
				taken++
			}
		}
		for i := range 100_000 {
			if Draws(i) {
				last[i%4]++
			}
		}
		for digit := range 4 {
			if want := 25 * test.taken; last[digit] < want*8/10 || last[digit] > want*12/10 {
				t.Errorf("%s%%: %d end in %d of four, want some %d", test.percent, last[digit], digit, want)
			}
		}
		if Of(1000) != test.of1000 || taken != test.taken || Of(1) != test.ofOne || All() != test.all || !Takes(0) {
			t.Errorf("%s%%: of 1,000 %d, taken %d, of one %d, all %v", test.percent, Of(1000), taken, Of(1), All())
		}
	}
}
