package fact

import (
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/words"
)

func (f Fact) readChoice(w Written) (Value, Mistakes) {
	return Value{Kind: Choice, Text: w.Text}, f.oneOf(w)
}

// oneOf returns a mistake if the word is not one of the fact's values.
func (f Fact) oneOf(w Written) Mistakes {
	if slices.Contains(f.Values, w.Text) {
		return nil
	}
	mistakes := f.mistake(w, "%s is not one of %s", w.Echo(), strings.Join(f.Values, ", "))
	mistakes[0].Name, mistakes[0].Known = w.Text, f.Values
	return mistakes
}

// yamlWord writes a word as YAML: plain if every YAML parser reads it as a string, quoted otherwise.
func yamlWord(word string) string {
	switch word {
	case "true", "false", "null", "yes", "no", "on", "off", "y", "n":
		return jsonWord(word)
	}
	if word == "" || word[0] < 'a' || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz0123456789_-") != "" {
		return jsonWord(word)
	}
	return word
}

func jsonWord(word string) string { return words.JSON(word) }
