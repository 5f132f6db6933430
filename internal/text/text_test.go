package text_test

import (
	"reflect"
	"testing"

	"github.com/vanhoutenbos/layer2/evals/golden"
	"github.com/vanhoutenbos/layer2/internal/text"
	"github.com/vanhoutenbos/layer2/tools"
)

var answers = []struct {
	name   string
	answer any
}{
	{"evaluation-brief", brief},
	{"evaluation-full", full},
	{"evaluation-declined", declined},
	{"comparison", comparison},
	{"plan", plan},
	{"citations", citations},
}

func TestTextOfEveryField(t *testing.T) {
	for _, a := range answers {
		t.Run(a.name, func(t *testing.T) {
			golden.Compare(t, "testdata/"+a.name+".txt", text.Answer(a.answer))
			sameInBothChannels(t, a.answer)
		})
	}
}

func TestTextTakesValuesToo(t *testing.T) {
	for _, a := range answers {
		if text.Answer(reflect.ValueOf(a.answer).Elem().Interface()) != text.Answer(a.answer) {
			t.Errorf("%s: the text of a value is not that of a pointer to it", a.name)
		}
	}
}

// A field that no answer above uses could be left out of the text without a test that fails.
func TestAnswersUseEveryField(t *testing.T) {
	used, fields := map[string]bool{}, map[string]bool{}
	for _, a := range answers {
		visit(reflect.ValueOf(a.answer), used, fields)
	}
	for field := range fields {
		if !used[field] {
			t.Errorf("no answer uses %s", field)
		}
	}
}

// visit notes each field of the structs in a value, and whether it is set.
func visit(v reflect.Value, used, fields map[string]bool) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			visit(v.Elem(), used, fields)
		}
	case reflect.Slice:
		for i := range v.Len() {
			visit(v.Index(i), used, fields)
		}
	case reflect.Struct:
		if v.Type().PkgPath() != "github.com/vanhoutenbos/layer2/tools" {
			return
		}
		for i := range v.NumField() {
			name := v.Type().Name() + "." + v.Type().Field(i).Name
			if v.Type().Field(i).Type == reflect.TypeFor[*tools.Situation]() {
				continue // what the answer rests on is not shown as such
			}
			fields[name] = true
			if !v.Field(i).IsZero() {
				used[name] = true
			}
			visit(v.Field(i), used, fields)
		}
	}
}
