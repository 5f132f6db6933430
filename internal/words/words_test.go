package words

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestOrdinaryTextPrints(t *testing.T) {
	for _, text := range []string{
		"", "plain text, with 100% of ASCII: ~!@#$^&*()[]{}<>|\\\"'`", "naïve Äpfel señor ﬁ", "e\u0301 as two characters",
		"漢字 かな 한국어", "שלום עולם", "مرحبا بالعالم", "فارسی", "हिन्दी", "ไทย", "Ελληνικά", "Русский",
		"🚀 😀👍🏽 🇳🇱", "✔\uFE0F ❤\uFE0F 1\uFE0F\u20E3 ℹ\uFE0F ©\uFE0E", "non\u00A0breaking and\u3000wide spaces", "− → ≤ ∑", "\u06DD \u0600",
		"a character not assigned yet: \U0001FAFF", "the replacement character \uFFFD",
	} {
		if c, found := Hidden(text); found {
			t.Errorf("%+q: %s at %d", text, c, c.At)
		}
		if got := Escape(text); got != text {
			t.Errorf("%+q was written as %+q", text, got)
		}
	}
}

// hiddenRanges are what the issue lists, and the rest of what Unicode says has no look of its own; written out by hand.
var hiddenRanges = []struct {
	first, last rune
	name        string
}{
	{0x00, 0x1F, "C0"}, {0x7F, 0x9F, "DEL and C1"}, {0xAD, 0xAD, "soft hyphen"}, {0x34F, 0x34F, "grapheme joiner"},
	{0x61C, 0x61C, "Arabic letter mark"}, {0x115F, 0x1160, "Hangul fillers"}, {0x180B, 0x180F, "Mongolian selectors"},
	{0x200B, 0x200F, "zero-width and marks"}, {0x2028, 0x2029, "line and paragraph separators"},
	{0x202A, 0x202E, "embeddings and overrides"}, {0x2060, 0x2064, "word joiner and invisible operators"}, {0x2065, 0x2065, "reserved"},
	{0x2066, 0x2069, "isolates"}, {0x206A, 0x206F, "deprecated format characters"}, {0x3164, 0x3164, "Hangul filler"},
	{0xE000, 0xF8FF, "private use"}, {0xFDD0, 0xFDEF, "noncharacters"}, {0xFE00, 0xFE0F, "variation selectors"}, {0xFEFF, 0xFEFF, "BOM"},
	{0xFFA0, 0xFFA0, "halfwidth filler"}, {0xFFF0, 0xFFFB, "reserved, annotation"}, {0xFFFE, 0xFFFF, "noncharacters"},
	{0x1BCA0, 0x1BCA3, "shorthand controls"}, {0x1D173, 0x1D17A, "musical controls"}, {0x1FFFE, 0x1FFFF, "noncharacters"},
	{0xE0000, 0xE0FFF, "tags and selectors"}, {0xF0000, 0x10FFFF, "private use"},
}

func TestWhatDoesNotPrint(t *testing.T) {
	for _, r := range hiddenRanges {
		for c := r.first; c <= r.last; c++ {
			text := "ab" + string(c) + "c"
			got, found := Hidden(text)
			if !found || got.At != 2 || got.Rune != c {
				t.Errorf("%s: U+%04X was taken for one that prints", r.name, c)
			}
			if written, want := Escape(text), fmt.Sprintf(`ab\u{%x}c`, c); written != want {
				t.Errorf("%s: written as %q, want %q", r.name, written, want)
			}
		}
	}
}

// TestEveryOtherCharacterPrints holds the rest of Unicode, as far as it is assigned or may be, against the same list.
func TestEveryOtherCharacterPrints(t *testing.T) {
	others := []rune{0x13430, 0x1343F} // Egyptian format controls, to both ends
	for c := rune(0); c <= utf8.MaxRune; c++ {
		listed := slices.ContainsFunc(hiddenRanges, func(r struct {
			first, last rune
			name        string
		}) bool {
			return r.first <= c && c <= r.last
		})
		plane := c & 0xFFFF
		listed = listed || plane >= 0xFFFE || c >= others[0] && c <= others[1] || c == 0x17B4 || c == 0x17B5 || !utf8.ValidRune(c)
		if _, found := Hidden("a" + string(c)); found && !listed {
			t.Errorf("U+%04X does not print", c)
		}
	}
}

func TestInvalidUTF8(t *testing.T) {
	for text, want := range map[string]string{
		"a\xffb":       `a\x{ff}b`,
		"\xc3":         `\x{c3}`,
		"\xed\xa0\x80": `\x{ed}\x{a0}\x{80}`, // a surrogate
		"\xc0\xaf":     `\x{c0}\x{af}`,       // a slash in two bytes
		"\xff\uFE0F":   `\x{ff}\u{fe0f}`,
	} {
		if got := Escape(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	c, found := Hidden("ab\xffc")
	if !found || c != (Character{2, utf8.RuneError, 0xff}) {
		t.Errorf("%+v", c)
	}
}

func TestHiddenNamesTheCharacter(t *testing.T) {
	for text, want := range map[string]string{
		"\x1b[2J": "the control character U+001B", "\u202e": "U+202E, which turns the direction of text", "\u200b": "U+200B, which does not show",
		"\n": "a line break (U+000A)", "\u2028": "a line break (U+2028)", "\t": "a tab (U+0009)", "\xff": "the byte 0xFF, which is not UTF-8",
	} {
		if c, _ := Hidden(text); c.String() != want {
			t.Errorf("%q: %s", text, c)
		}
	}
}

func TestEscape(t *testing.T) {
	for _, test := range []struct{ text, line, lines string }{
		{`clean \u{202e} and C:\new`, `clean \u{202e} and C:\new`, `clean \u{202e} and C:\new`},
		{"dirty \\u{202e} \u202e", `dirty \\u{202e} \u{202e}`, `dirty \\u{202e} \u{202e}`},
		{"👩\u200d💻 می\u200cخواهم", `👩\u{200d}💻 می\u{200c}خواهم`, `👩\u{200d}💻 می\u{200c}خواهم`},
		{"a\n\tb\r\n", `a\u{a}\u{9}b\u{d}\u{a}`, "a\n\tb\r\n"},
		{"a\rb\r", `a\u{d}b\u{d}`, `a\u{d}b\u{d}`},
		{"C:\\new\n\u202e\\\n", `C:\\new\u{a}\u{202e}\\\u{a}`, "C:\\new\n\\u{202e}\\\\\n"},
		{"✔\uFE0F\uFE0F a\uFE0F", "✔\uFE0F\\u{fe0f} a\\u{fe0f}", "✔\uFE0F\\u{fe0f} a\\u{fe0f}"},
	} {
		if got := Escape(test.text); got != test.line {
			t.Errorf("%q: %q, want %q", test.text, got, test.line)
		}
		if got := EscapeLines(test.text); got != test.lines {
			t.Errorf("%q in lines: %q, want %q", test.text, got, test.lines)
		}
	}
}

func TestQuoteAndCut(t *testing.T) {
	for _, test := range []struct {
		text       string
		most       int
		quote, cut string
	}{
		{"", 5, `""`, ""},
		{"exact", 5, `"exact"`, "exact"},
		{"longer", 5, `"long…"`, "long…"},
		{`a "b" \c`, 20, `"a \"b\" \\c"`, `a "b" \c`},
		{`\\\`, 5, `"\\\\…"`, `\\\`},
		{"ab\u202ecdef", 11, `"ab\u{202e}…"`, `ab\u{202e}…`},
		{"ab\u202ecdef", 10, `"ab…"`, `ab…`},
		{"SYSTEM:\n::error::", 40, `"SYSTEM:\u{a}::error::"`, `SYSTEM:\u{a}::error::`},
		{"\\\n", 20, `"\\\u{a}"`, `\\\u{a}`},
		{"漢字漢字", 3, `"漢字…"`, "漢字…"},
	} {
		if got := Quote(test.text, test.most); got != test.quote {
			t.Errorf("%q quoted to %d: %s, want %s", test.text, test.most, got, test.quote)
		}
		if got := Cut(test.text, test.most); got != test.cut {
			t.Errorf("%q cut to %d: %s, want %s", test.text, test.most, got, test.cut)
		}
	}
}

func TestCutLines(t *testing.T) {
	for _, test := range []struct {
		text string
		most int
		want string
	}{
		{"a\n\tb\r\nc", 20, "a\n\tb\r\nc"},
		{"ab\r\ncd", 6, "ab\r\ncd"},
		{"ab\r\ncd", 5, "ab\r\n…"},
		{"ab\r\ncd", 4, "ab…"}, // a line end is cut whole
		{"\r\n0", 2, "…"},
		{"C:\\new\r\n0", 7, "C:\\new…"}, // clean, so its backslash stays
		{"ab\rcd", 20, `ab\u{d}cd`},
	} {
		if got := CutLines(test.text, test.most); got != test.want {
			t.Errorf("%q cut to %d: %q, want %q", test.text, test.most, got, test.want)
		}
	}
}

// escapes finds the escapes of a text that was written out.
var escapes = regexp.MustCompile(`\\\\|\\"|\\u\{[0-9a-f]+\}|\\x\{[0-9a-f]{2}\}`)

// read is the way back from a text that was written out.
func read(t *testing.T, text string) string {
	return escapes.ReplaceAllStringFunc(text, func(escape string) string {
		switch escape[1] {
		case '\\', '"':
			return escape[1:]
		}
		n, err := strconv.ParseUint(escape[3:len(escape)-1], 16, 32)
		if err != nil {
			t.Fatal(err)
		}
		if escape[1] == 'x' {
			return string([]byte{byte(n)})
		}
		return string(rune(n))
	})
}

func TestEscapeJSON(t *testing.T) {
	for text, want := range map[string]string{
		"{\n  \"clean\": \"é 漢 🚀\"\n}\n":             "{\n  \"clean\": \"é 漢 🚀\"\n}\n",
		"[\"a\u202eb\x7f\u0085\", \"\U000E0041\"]\n": `["a\u202eb\u007f\u0085", "\udb40\udc41"]` + "\n",
		`["\u202e \\\\"]`:                            `["\u202e \\\\"]`,
		"[\"\xff\uFE0F\"]":                           `["\ufffd\ufe0f"]`,
	} {
		if got := EscapeJSON(text); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func FuzzEscape(f *testing.F) {
	for _, seed := range []string{"plain", "\x1b[2J", "\\u{202e}\u202e", "a\xff\ufe0f", "✔\uFE0F\uFE0F", "\r\n\r", "\U000E0041", `"\"`, "12\r\n0"} {
		f.Add(seed, 5)
		f.Add(seed, 2)
	}
	f.Fuzz(func(t *testing.T, text string, most int) {
		for _, way := range []struct {
			name   string
			escape func(string) string
			hidden func(string) (Character, bool)
		}{{"Escape", Escape, Hidden}, {"EscapeLines", EscapeLines, HiddenInLines}} {
			written := way.escape(text)
			if c, found := way.hidden(written); found {
				t.Errorf("%s(%q) is %q, which holds %s", way.name, text, written, c)
			}
			if again := way.escape(written); again != written {
				t.Errorf("%s(%q) is %q, and escaped again %q", way.name, text, written, again)
			}
			if _, dirty := way.hidden(text); !dirty && written != text {
				t.Errorf("%s(%q) is %q, though nothing in it is hidden", way.name, text, written)
			}
			for part := range strings.Lines(text) {
				if written, dirty := way.escape(part), false; written != part {
					if _, dirty = way.hidden(part); !dirty || read(t, written) != part {
						t.Errorf("%s(%q) is %q, which reads as %q", way.name, part, written, read(t, written))
					}
				}
			}
		}
		if encoded, err := json.Marshal(text); err == nil {
			var meant, got string
			written := EscapeJSON(string(encoded))
			if c, found := Hidden(written); found {
				t.Errorf("EscapeJSON(%s) is %q, which holds %s", encoded, written, c)
			}
			if json.Unmarshal(encoded, &meant) != nil || json.Unmarshal([]byte(written), &got) != nil || got != meant {
				t.Errorf("EscapeJSON(%s) is %s, which means %q", encoded, written, got)
			}
		}
		if whole := Quote(text, len(text)*10+1); read(t, whole[1:len(whole)-1]) != text {
			t.Errorf("%q is quoted as %s", text, whole)
		}
		most = max(1, most&0xFF)
		if short := CutLines(text, most); utf8.RuneCountInString(short) > most || short != EscapeLines(text) && !strings.HasSuffix(short, "…") {
			t.Errorf("CutLines(%q, %d) is %q", text, most, short)
		} else if c, found := HiddenInLines(short); found {
			t.Errorf("CutLines(%q, %d) is %q, which holds %s", text, most, short, c)
		}
		quoted := Quote(text, most)
		for name, short := range map[string]string{"Cut": Cut(text, most), "Quote": quoted[1 : len(quoted)-1]} {
			if n := utf8.RuneCountInString(short); n > most {
				t.Errorf("%s(%q, %d) has %d characters: %q", name, text, most, n, short)
			}
			if c, found := Hidden(short); found {
				t.Errorf("%s(%q, %d) is %q, which holds %s", name, text, most, short, c)
			}
			if start, cut := strings.CutSuffix(short, "…"); cut && name == "Quote" && !strings.HasPrefix(text, read(t, start)) {
				t.Errorf("%s(%q, %d) is cut within an escape: %q", name, text, most, short)
			}
		}
	})
}
