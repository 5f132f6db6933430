package tools

import (
	"encoding/json"
	"slices"

	"github.com/invopop/jsonschema"

	"github.com/vanhoutenbos/layer2/internal/record"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// Record is a decision record, and whether it still agrees with the framework.
type Record struct {
	File     string `json:"file"`
	Verdict  string `json:"verdict" jsonschema:"enum=skip,enum=wait,enum=prepare,enum=consider,enum=adopt,enum=undetermined"`
	Decision string `json:"decision" jsonschema:"enum=skip,enum=wait,enum=prepare,enum=consider,enum=adopt"`
	Differs  bool   `json:"differs" jsonschema_description:"these facts rule out its verdict, and do not say its decision"`
	// Reference identifies the record in a command: its number, or the name of its file.
	Reference string `json:"-"`
}

// OptionalRecord is the decision record of a capability, or null in JSON if there is none.
type OptionalRecord struct {
	*Record
	// Unreadable means that a file listed in the answer as unreadable has, or may have, a record.
	Unreadable bool
}

func (o OptionalRecord) MarshalJSON() ([]byte, error) { return words.Marshal(o.Record) }

// evaluationSchema returns the schema of an Evaluation, whose verdicts include a record only if decision records are kept.
func evaluationSchema(w Workspace) json.RawMessage {
	schema := reflectSchema(Evaluation{})
	if verdicts, ok := schema.Properties.Get("verdicts"); ok && w.Decisions != nil {
		filed := &jsonschema.Schema{
			OneOf:       []*jsonschema.Schema{reflectSchema(Record{}), {Type: "null"}},
			Description: "the decision record; read layer2://records/{n}, n being the number of its file, before proposing another",
		}
		verdicts.Items.Properties.Set("record", filed)
		verdicts.Items.Required = append(verdicts.Items.Required, "record")
		schema.Properties.Set("unreadable", &jsonschema.Schema{
			Type: "array", Items: &jsonschema.Schema{Type: "string"},
			Description: "files that hold a decision on these capabilities, or may, and cannot be read; layer2 check says why",
		})
		schema.Required = append(schema.Required, "unreadable")
	}
	return marshal(schema)
}

// inForce returns the decision records in force; nil if none are kept.
func (w Workspace) inForce() (*record.InForce, error) {
	if w.Decisions == nil {
		return nil, nil
	}
	now, err := w.Decisions.InForce()
	if err != nil {
		var mistakes Mistakes
		mistakes.add("the decision records", "%s", words.Cut(sentence(err), maximumError/2))
		return nil, &mistakes
	}
	return &now, nil
}

// addRecords adds to each verdict the record on its capability. The verdict of a record is the last one it was confirmed against. Unreadable
// files are listed, so that no answer hides a decision that may exist.
func (e *Evaluation) addRecords(now *record.InForce) {
	if now == nil {
		return
	}
	f := e.Situation.framework
	unreadable := slices.Clone(now.Unreadable[""])
	for i := range e.Verdicts {
		v := &e.Verdicts[i]
		files := now.Unreadable[v.Capability]
		unreadable = append(unreadable, files...)
		r, is := now.Of[v.Capability]
		v.Record = &OptionalRecord{Unreadable: len(files) > 0 || !is && len(now.Unreadable[""]) > 0}
		if is {
			v.Record.Record = &Record{
				words.Escape(r.File), r.Expected(f).Verdict.String(), r.Decision.String(), r.Differs(f, e.Situation.Situation), r.Reference,
			}
		}
	}
	e.Unreadable = []string{}
	for _, name := range slices.Sorted(slices.Values(unreadable)) {
		e.Unreadable = append(e.Unreadable, words.Escape(name))
	}
}
