package strict

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/vanhoutenbos/layer2/internal/words"
)

// legible reports whether an editor and the parser read all characters of a text alike. It notes the first character of each line for
// which they do not: a byte that is not UTF-8, a line break that few editors show (it ends a comment unseen), a control character. In a
// plain format it notes every character that does not print.
func (r *Reader) legible(file string, above int, text string) bool {
	if _, hides := words.HiddenInLines(text); !hides {
		return true // nearly every file
	}
	end := "\n"
	if !r.Format.Plain && !strings.Contains(text, "\n") {
		end = "\r" // classic Mac OS line ends, which editors know too
	}
	before := r.Len()
	number := above
	for line := range strings.SplitAfterSeq(text, end) {
		number++
		if whole, ends := strings.CutSuffix(line, end); ends {
			line = strings.TrimSuffix(whole, "\r")
		}
		if at, c, found := r.illegible(line); found {
			r.Add(Place{file, number, utf8.RuneCountInString(line[:at]) + 1}, "%s", remedy(c))
		}
	}
	return r.Len() == before
}

// illegible returns the first refused character of a line and its offset in bytes.
func (r *Reader) illegible(line string) (at int, c words.Character, found bool) {
	for at < len(line) {
		c, hides := words.HiddenInLines(line[at:])
		if !hides {
			break
		}
		at += c.At
		if r.Format.Plain || !steers(c.Rune) {
			return at, c, true
		}
		at += utf8.RuneLen(c.Rune)
	}
	return 0, words.Character{}, false
}

// steers reports whether a character that does not print is acceptable in text all the same, such as one that joins letters or sets their
// direction. An editor and the parser agree on its meaning.
func steers(r rune) bool {
	return r != utf8.RuneError && !unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp, unicode.Noncharacter_Code_Point)
}

// remedy says what is wrong with a character and what to do about it.
func remedy(c words.Character) string {
	switch c.Rune {
	case utf8.RuneError:
		return c.String() + ": save the file as UTF-8"
	case '\r', '\u0085', '\u2028', '\u2029':
		return c.String() + " that few editors show: begin a new line instead"
	}
	return c.String() + ": take it out"
}
