package fact

import (
	"fmt"
	"strings"
)

// Mistake is one thing that is wrong with what was written for a fact.
type Mistake struct {
	Place
	// Problem is one lower-case line without a full stop.
	Problem string
	// Name is the unrecognized word, if that is the mistake, and Known the words that were allowed.
	Name  string
	Known []string
}

type Mistakes []Mistake

// Error joins the problems, without suggestions.
func (m Mistakes) Error() string {
	problems := make([]string, len(m))
	for i := range m {
		problems[i] = m[i].Problem
	}
	return strings.Join(problems, "; ")
}

// Read returns the value of what was written for the fact. Null reads as the unknown Value. If there are mistakes, the value is not
// usable.
func (f Fact) Read(w Written) (Value, Mistakes) {
	switch {
	case w.Form == Null:
		return Value{}, nil
	case f.Kind == Boolean && w.Form == Bool:
		return readBoolean(w), nil
	case f.Kind.Numeric() && w.Form == Numeral:
		return f.readNumber(w)
	case f.Kind.Numeric() && w.Members != nil:
		return f.readRange(w)
	case f.Kind.Numeric() && w.Form == String:
		switch r, ok, err := parseRange(w.Text); {
		case err != nil:
			return Value{}, f.mistake(w, "%v", err)
		case ok:
			r.Place = w.Place
			return f.readRange(r)
		}
	case f.Kind == Choice && w.Form == String:
		return f.readChoice(w)
	case f.Kind == Set && w.Form == List:
		return f.readSet(w)
	}
	return Value{}, f.wrongForm(w)
}

func (f Fact) wrongForm(w Written) Mistakes {
	return f.mistake(w, "%s is %s, and %s is %s", w.Echo(), w.Indefinite(), f.Name, f.Domain())
}

func (f Fact) mistake(w Written, format string, arguments ...any) Mistakes {
	return Mistakes{{Place: w.Place, Problem: fmt.Sprintf(format, arguments...)}}
}
