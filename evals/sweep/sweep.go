// Package sweep sizes the tests that go through very many cases: a twentieth by default, so that all tests together take about
// a minute, half of them in .ci/run (all mutants), and all in .ci/long. Only the packages whose tests import this one know the flag.
package sweep

import "flag"

var percent = flag.Int("sweep", 5, "how many in a hundred of very many cases to look at")

// All reports whether nothing is left out.
func All() bool { return *percent >= 100 }

// Of is how many to draw where n is all, at least one.
func Of(n int) int { return max(1, n**percent/100) }

// Draws is Takes for numbers whose digits have a meaning, so that no digit is always the same.
func Draws(number int) bool { return Takes(int(uint32(number) * 2654435761 >> 8)) }

// Takes reports whether to look at the one with this number in a list: the first, and others at even distances.
func Takes(number int) bool { return number%max(1, 100/max(1, *percent)) == 0 }
