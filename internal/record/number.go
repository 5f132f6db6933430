package record

import (
	"errors"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

var (
	numbered = regexp.MustCompile(`(?i)^(?:adr[-_ ]?)?(\d{1,5})(?:$|[-_. ])`)
	dated    = regexp.MustCompile(`^\d{4}[-_.]?\d{2}[-_.]?\d{2}(?:$|\D)`)
	month    = regexp.MustCompile(`^(?:19|20)\d{2}[-_.](?:0[1-9]|1[0-2])$`)
)

// NumberOf returns the number at the start of a file name, as in 0001-mesh.md, ADR-0001-mesh.md and 0001.md; 0 if there is none. A
// date does not count.
func NumberOf(name string) int {
	name = path.Base(name)
	if IsMarkdown(name) {
		name = strings.TrimSuffix(name, path.Ext(name))
	}
	found := numbered.FindStringSubmatch(name)
	if found == nil || isDate(name) {
		return 0
	}
	n, _ := strconv.Atoi(found[1]) // digits, and few
	return n
}

// digits counts the digits of a file's number, including leading zeros.
func digits(name string) int {
	return len(numbered.FindStringSubmatch(strings.TrimSuffix(path.Base(name), path.Ext(name)))[1])
}

func isDate(name string) bool {
	if month.MatchString(name) {
		return true
	}
	found := dated.FindString(name)
	digits := strings.Map(func(c rune) rune {
		if c < '0' || c > '9' {
			return -1
		}
		return c
	}, found)
	_, err := time.Parse("20060102", digits)
	return found != "" && err == nil
}

const (
	// widest is the highest number with four digits. Larger ones are given out only if the series already has them.
	widest = 9_999
	// highest is the highest number. Longer digits are something else, such as a date or an id.
	highest = 99_999
	// farther is the gap beyond which a number does not belong to the series, such as that of 9999-template.md.
	farther = 100
)

var errNoNumber = errors.New("every number is taken")

// next returns the number after the series of those taken. If the series is full, it returns the first free one.
func next(taken []int) (int, error) {
	numbers := slices.Compact(slices.Sorted(slices.Values(taken)))
	end := seriesEnd(numbers)
	most := widest
	if end > widest {
		most = highest
	}
	for _, from := range []int{end + 1, 1} {
		for n := from; n <= most; n++ {
			if _, is := slices.BinarySearch(numbers, n); !is {
				return n, nil
			}
		}
	}
	return 0, errNoNumber
}

// seriesEnd returns the last number of the series. Numbers far beyond the others do not belong to it if they are fewer than the
// run before them, or a single one.
func seriesEnd(numbers []int) int {
	for len(numbers) > 0 {
		last := lastRun(numbers)
		before := numbers[:len(numbers)-len(last)]
		stray := len(last) == 1 || len(last) < len(lastRun(before))
		if len(before) == 0 { // the first of all are far from nothing
			stray = len(last) == 1 && (last[0] >= widest)
		}
		if !stray {
			return last[len(last)-1]
		}
		numbers = before
	}
	return 0
}

// lastRun returns the numbers at the end without a gap wider than farther.
func lastRun(numbers []int) []int {
	for i := len(numbers) - 1; i > 0; i-- {
		if numbers[i]-numbers[i-1] > farther {
			return numbers[i:]
		}
	}
	return numbers
}
