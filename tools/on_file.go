package tools

import (
	"encoding/json"

	"github.com/invopop/jsonschema"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/record"
)

// Record is a decision on file, and whether it still says what the framework says.
type Record struct {
	File     string `json:"file"`
	Verdict  string `json:"verdict" jsonschema:"enum=skip,enum=wait,enum=prepare,enum=consider,enum=adopt,enum=undetermined"`
	Decision string `json:"decision" jsonschema:"enum=skip,enum=wait,enum=prepare,enum=consider,enum=adopt"`
	Differs  bool   `json:"differs" jsonschema_description:"these facts rule out its verdict, and do not say its decision"`
}

// OnFile is the record of a capability, if there is one: JSON shows null if not.
type OnFile struct{ *Record }

// MarshalJSON writes the record, or null.
func (o OnFile) MarshalJSON() ([]byte, error) { return json.Marshal(o.Record) }

// evaluationSchema is the schema of an Evaluation, with a record in every verdict only if there are decisions on file.
func evaluationSchema(w Workspace) json.RawMessage {
	schema := reflectSchema(Evaluation{})
	if verdicts, ok := schema.Properties.Get("verdicts"); ok && w.Decisions != nil {
		filed := &jsonschema.Schema{
			OneOf:       []*jsonschema.Schema{reflectSchema(Record{}), {Type: "null"}},
			Description: "the decision on file; read layer2://records/{n}, n being the number of its file, before proposing another",
		}
		verdicts.Items.Properties.Set("record", filed)
		verdicts.Items.Required = append(verdicts.Items.Required, "record")
	}
	return marshal(schema)
}

// inForce are the decisions on file, by capability; none if nothing is kept. What cannot be read is a mistake to mend: no answer may
// leave out a decision as if there were none.
func (w Workspace) inForce() (map[string]record.Filed, error) {
	if w.Decisions == nil {
		return nil, nil
	}
	records, err := w.Decisions.InForce()
	if err != nil {
		var mistakes Mistakes
		mistakes.add("the decisions on file", "%s", sentence(err))
		return nil, &mistakes
	}
	return records, nil
}

// file puts beside each verdict what was decided on its capability. The verdict of a record is the last that it was held to.
func (e *Evaluation) file(f *framework.Framework, s situation, records map[string]record.Filed) {
	if records == nil {
		return
	}
	for i := range e.Verdicts {
		v := &e.Verdicts[i]
		v.Record = &OnFile{}
		if r, is := records[v.Capability]; is {
			v.Record.Record = &Record{r.File, r.Expected(f).Verdict.String(), r.Decision.String(), r.Differs(f, s.Situation)}
		}
	}
}
