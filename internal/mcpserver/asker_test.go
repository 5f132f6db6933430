package mcpserver

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/tools"
)

// keep is the reply to a call of evaluate_trigger, with the state that a client says it was given to keep.
func keep(t *testing.T, server *Server, arguments, state string) string {
	t.Helper()
	return serveAll(t, server, fmt.Sprintf(`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"evaluate_trigger","arguments":%s,`+
		`"requestState":%q,"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",`+
		`"io.modelcontextprotocol/clientCapabilities":{"elicitation":{}}}}}`, arguments, base64.RawURLEncoding.EncodeToString([]byte(state))))[0]
}

// What the client keeps is read again against the forms that the call makes: a state that was changed says no more than a form.
func TestAStateThatWasTamperedWithSaysNoMoreThanAForm(t *testing.T) {
	server := shippedServer(t)
	const mesh = `{"capability":"service-mesh","ask_user":true}`
	for _, test := range []struct{ name, arguments, state, says string }{
		{"a fact that is none", mesh, `[{"action":"accept","content":{"servces":7}}]`, "not a question of this form"},
		{"a fact that was not asked", mesh, `[{"action":"accept","content":{"developers":7}}]`, "not a question of this form"},
		{"a fact asked in another form", mesh, `[{"action":"accept","content":{"services":7}},{"action":"accept","content":{"services":2}}]`, "not a question of this form"},
		{"a fact that the call gives itself", `{"capability":"service-mesh","facts":{"services":7},"ask_user":true}`,
			`[{"action":"accept","content":{"services":2}}]`, "not a question of this form"},
		{"a value that is none", mesh, `[{"action":"accept","content":{"services":-7}}]`, "is negative"},
		{"a value twice", mesh, `[{"action":"accept","content":{"services":7,"services":2}}]`, "is given twice"},
		{"replies where nothing is asked", `{"capability":"service-mesh","facts":{"services":2},"ask_user":true}`,
			`[{"action":"accept","content":{"services":7}}]`, `"verdict":"skip"`},
		{"replies after the verdict", mesh, `[{"action":"accept","content":{"services":2}},{"action":"accept"}]`, "this call does not ask"},
		{"as it was given", mesh, `[{"action":"accept","content":{"services":7}}]`, `"resultType":"input_required"`},
		{"decided by it", mesh, `[{"action":"accept","content":{"services":2}}]`, `"verdict":"skip"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			reply := keep(t, server, test.arguments, test.state)
			if !strings.Contains(reply, test.says) {
				t.Errorf("reply %.600s", reply)
			}
		})
	}
}

// The forms of the shipped knowledge are what the protocol allows: an object of fields, each with a title and a description, of
// a single type; nothing stands there at first that would be an answer.
func TestEveryFactMakesAField(t *testing.T) {
	server := shippedServer(t)
	seen := map[string]bool{}
	for _, c := range shipped.Framework(t).Capabilities {
		state := "[]"
		for range tools.MaximumForms {
			reply := keep(t, server, fmt.Sprintf(`{"capability":%q,"ask_user":true}`, c.ID.Value), state)
			var required struct {
				Result struct {
					InputRequests map[string]struct {
						Method string
						Params struct {
							Message         string
							RequestedSchema struct {
								Type       string
								Properties map[string]fieldSchema
							}
						}
					}
					RequestState string
				}
			}
			if err := json.Unmarshal([]byte(reply), &required); err != nil {
				t.Fatal(err)
			}
			form, more := required.Result.InputRequests[round]
			if !more {
				break
			}
			fields := form.Params.RequestedSchema.Properties
			if form.Method != "elicitation/create" || form.Params.RequestedSchema.Type != "object" || len(fields) == 0 || len(fields) > 5 {
				t.Errorf("%s: form %+v", c.ID.Value, form)
			}
			for name, field := range fields {
				seen[name] = true
				checkField(t, name, field)
			}
			state = strings.TrimSuffix(strings.Replace(state, "[]", "[", 1), "]")
			if state != "[" {
				state += ","
			}
			state += `{"action":"accept","content":{}}]`
		}
	}
	if len(seen) < 60 {
		t.Errorf("%d facts were asked", len(seen))
	}
}

func checkField(t *testing.T, name string, field fieldSchema) {
	t.Helper()
	known := false
	switch field.Type {
	case "integer", "number":
		known = field.Minimum != nil && *field.Minimum == 0 && field.Maximum != nil && *field.Maximum > 0
	case "string":
		n := len(field.OneOf)
		known = n > 3 && field.Default == "unknown" && field.OneOf[n-2].Const == "unknown" && field.OneOf[n-1].Const == "unsettled"
	case "array":
		known = field.Items != nil && len(field.Items.Enum) > 3 && slices.Contains(field.Items.Enum, "none") && slices.Contains(field.Items.Enum, "unsettled")
	}
	if !known || field.Title == "" || field.Description == "" || !strings.Contains(field.Title, "?") {
		t.Errorf("%s: %+v", name, field)
	}
}
