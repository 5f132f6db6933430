package words

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// And returns "a, b and c".
func And(items []string) string { return joined(items, " and ") }

// Or returns "a, b or c".
func Or(items []string) string { return joined(items, " or ") }

func joined(items []string, last string) string {
	n := len(items) - 1
	if n < 1 {
		return strings.Join(items, "")
	}
	return strings.Join(items[:n], ", ") + last + items[n]
}

// Each maps items to words.
func Each[T any](items []T, word func(T) string) []string {
	list := make([]string, len(items))
	for i, item := range items {
		list[i] = word(item)
	}
	return list
}

// Capital makes the first letter upper case.
func Capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + text[size:]
}

// A adds the article: "a fact", "an id".
func A(noun string) string {
	if strings.IndexByte("aeio", noun[0]) >= 0 {
		return "an " + noun
	}
	return "a " + noun
}

// Count returns the number with its noun: "1 mistake", "2 mistakes", "2 entries".
func Count(n int, noun string) string {
	stem, y := strings.CutSuffix(noun, "y")
	switch {
	case n == 1:
	case y:
		noun = stem + "ies"
	default:
		noun += "s"
	}
	return strconv.Itoa(n) + " " + noun
}
