package grounding

import (
	"strings"

	"github.com/vanhoutenbos/layer2/internal/framework"
)

// citations is the answer of cite to ids that answers named and the knowledge has: all are found, in order, word for word.
func (j *judge) citations(value any) {
	asked := j.asked()
	place := 0
	j.object(value, rules{
		"knowledge": j.knowledge,
		"unknown":   j.equal([]string{}),
		"found": j.each(func(value any) {
			want := ""
			if place < len(asked) {
				want = strings.TrimPrefix(strings.TrimPrefix(asked[place], "layer2://capabilities/"), "layer2://statements/")
			}
			place++
			j.citation(value, want)
		}),
	})
	if place != len(asked) {
		j.find("%d ids were asked for, %d are found", len(asked), place)
	}
}

// asked are the ids of the call.
func (j *judge) asked() []string {
	arguments, err := decode(j.call.Arguments)
	if err != nil {
		j.find("%v", err)
		return nil
	}
	list, _ := arguments.(map[string]any)["ids"].([]any)
	var ids []string
	for _, id := range list {
		text, _ := id.(string)
		ids = append(ids, text)
	}
	return ids
}

func (j *judge) citation(value any, want string) {
	entry, ok := j.framework.Entry(want)
	if !ok {
		j.find("%q is not an id of the knowledge", want)
		return
	}
	readings := []string{}
	for _, reading := range j.framework.Readings {
		for _, on := range reading.On {
			if on.Value == want {
				readings = append(readings, "reading:"+reading.Slug.Value)
			}
		}
	}
	j.object(value, rules{
		"id": j.text(want), "kind": j.text(string(entry.Kind)), "capability": j.text(entry.Capability), "says": j.text(entry.Says),
		"when": j.text(entry.When), "readings": j.equal(readings), "disabled": j.equal(disabled(entry)),
	})
}

func disabled(entry *framework.Entry) bool { return entry.Statement != nil && entry.Statement.Disabled }
