package framework_test

import (
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

// keyRows are the rows of the README's table of keys.
var keyRows = map[string]any{
	"fact": framework.Fact{}, "capability": framework.CapabilityFile{}, "statement": framework.Statement{},
	"option": framework.Option{}, "question": framework.Question{}, "rules": framework.RulesFile{}, "conflict": framework.Conflict{},
	"theme": framework.ThemeFile{}, "reading": framework.Reading{}, "worked example": framework.WorkedExample{},
	"matrix row": framework.MatrixRow{},
}

func TestTheREADMEListsEveryKey(t *testing.T) {
	row := regexp.MustCompile(`(?m)^\| ([a-z ]+): [^|]+ \| ([^|]+) \|`)
	told := map[string]string{}
	for _, found := range row.FindAllStringSubmatch(string(readme(t)), -1) {
		told[found[1]] = found[2]
	}
	for name, of := range keyRows {
		if got, want := told[name], keysOf(reflect.TypeOf(of)); got != want {
			t.Errorf("the keys of a %s are\n%s\nthe README says\n%s", name, want, got)
		}
	}
	if len(told) != len(keyRows) {
		t.Errorf("the README tells the keys of %d things, not of %d", len(told), len(keyRows))
	}
}

// keysOf are the keys of a type as the README lists them: those that have to be there in bold, and behind each what is inside it,
// unless that has a row of its own.
func keysOf(of reflect.Type) string {
	var keys []string
	for i := range of.NumField() {
		f := of.Field(i)
		name, rest, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if name == "" {
			keys = append(keys, "a statement, and")
			continue
		}
		if rest != "omitempty" {
			name = "**" + name + "**"
		}
		if inside := elementOf(f.Type); isListedInside(inside) {
			name += " (" + keysOf(inside) + ")"
		}
		keys = append(keys, name)
	}
	return strings.Join(keys, " ")
}

// isListedInside reports whether the README lists a type's keys after the key that has this type: it has keys, and no row of its own.
func isListedInside(of reflect.Type) bool {
	if of.Kind() != reflect.Struct || of == reflect.TypeFor[strict.Text]() || of == reflect.TypeFor[framework.Condition]() || of == reflect.TypeFor[fact.Written]() {
		return false
	}
	for _, row := range keyRows {
		if reflect.TypeOf(row) == of {
			return false
		}
	}
	return true
}

// elementOf is what a list holds, or a pointer points to, or the type itself.
func elementOf(of reflect.Type) reflect.Type {
	if of.Kind() == reflect.Slice || of.Kind() == reflect.Pointer {
		return of.Elem()
	}
	return of
}
