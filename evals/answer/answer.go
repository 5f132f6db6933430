// Package answer is the answers of the three deciding tools as a client sees them: read from the structured channel by their names,
// without the server's types, so that a name that changes there is noticed here.
package answer

import "encoding/json"

// Answer is any answer: the header, and the fields of each tool.
type Answer struct {
	Knowledge struct {
		Version     string `json:"version"`
		Fingerprint string `json:"fingerprint"`
	} `json:"knowledge"`
	Unsettled []string `json:"unsettled"`
	Unused    []Unused `json:"unused"`
	Conflicts []struct {
		Facts map[string]any `json:"facts"`
		Says  string         `json:"says"`
	} `json:"conflicts"`
	// Sources and Unsourced are nil if no sources were given.
	Sources   map[string]string `json:"sources"`
	Unsourced *[]string         `json:"unsourced"`
	Evaluation
	Comparison
	Plan
}

// Unused is a fact that the tool cannot use for what was asked, and the tools that can.
type Unused struct {
	Fact   string   `json:"fact"`
	UsedBy []string `json:"used_by"`
}

// Evaluation is what evaluate_trigger answers behind the header.
type Evaluation struct {
	Verdicts []Verdict  `json:"verdicts"`
	Ask      []Question `json:"ask"`
}

// Comparison is what compare_tools answers behind the header.
type Comparison struct {
	Verdict Verdict  `json:"verdict"`
	Options []Option `json:"options"`
}

// Plan is what plan_layer3 answers behind the header.
type Plan struct {
	Themes      []Theme      `json:"themes"`
	OtherThemes []Theme      `json:"other_themes"`
	Sequence    []Step       `json:"sequence"`
	IfConfirmed []Step       `json:"if_confirmed"`
	DecideFirst []Capability `json:"decide_first"`
	FixFirst    []struct {
		Capability
		Blockers []string `json:"blockers"`
	} `json:"fix_first"`
	Later []struct {
		Capability
		Until []string `json:"until"`
	} `json:"later"`
	AskFirst []struct {
		Capability
		Ask []Question `json:"ask"`
	} `json:"ask_first"`
}

// Read reads an answer.
func Read(structured json.RawMessage) (Answer, error) {
	var a Answer
	err := json.Unmarshal(structured, &a)
	return a, err
}

// Statement is anything with an id.
type Statement struct {
	ID string `json:"id"`
}

// Capability names one.
type Capability struct {
	Capability string `json:"capability"`
}

// Question is a fact that is asked for. The first ones have what each answer leads to.
type Question struct {
	Fact    string `json:"fact"`
	Answers []Way  `json:"answers"`
}

// Way is a way to answer a question, a value or several, and the verdicts that are possible then.
type Way struct {
	Is       any      `yaml:"is" json:"is"`
	Possible []string `yaml:"possible" json:"possible"`
}

// Edge is a number that one step takes to other possible verdicts.
type Edge struct {
	Fact     string   `yaml:"fact" json:"fact"`
	Value    any      `yaml:"value" json:"value"`
	Next     any      `yaml:"next" json:"next"`
	Possible []string `yaml:"possible" json:"possible"`
}

// Waiting is a statement that waits, and the open facts on which it does; a brief answer leaves those out.
type Waiting struct {
	Statement
	On []string `json:"on"`
}

// Verdict is the answer for one capability, brief or full.
type Verdict struct {
	Capability  string       `json:"capability"`
	Verdict     string       `json:"verdict"`
	Reasons     []string     `json:"because"`
	Possible    []string     `json:"possible"`
	Direction   *string      `json:"direction"`
	Provisional *Provisional `json:"provisional"`
	Withheld    *string      `json:"withheld"`
	For         []Statement  `json:"for"`
	Waiting     []Waiting    `json:"waiting"`
	Against     []struct {
		Statement
		Effect string `json:"effect"`
	} `json:"against"`
	Sufficient []string    `json:"sufficient"`
	Ask        []Question  `json:"ask"`
	Edges      []Edge      `json:"edges"`
	Flips      []Flip      `json:"flips"`
	ToDo       []Statement `json:"to_do"`
	Readings   []Statement `json:"readings"`
	Questions  []Statement `json:"questions"`
	BuildsOn   []Statement `json:"builds_on"`
	Keeps      []Statement `json:"keeps"`
	Measure    []Statement `json:"measure"`
	// Exit is nil if there is nothing to exit from.
	Exit *Statement `json:"exit"`
}

// Provisional is the verdict if what is unsaid is unremarkable; a brief answer leaves For out.
type Provisional struct {
	Verdict  string       `json:"verdict"`
	Reasons  []string     `json:"because"`
	For      []string     `json:"for"`
	Assuming []Assumption `json:"assuming"`
}

// Assumption is a fact and what is presumed of it; a brief answer has the fact alone.
type Assumption struct {
	Fact      string   `json:"fact"`
	Value     any      `json:"value"`
	Kind      string   `json:"kind"`
	Otherwise []string `json:"otherwise"`
}

// Flip is what would change a verdict.
type Flip struct {
	Set     map[string]any `yaml:"set" json:"set"`
	Given   map[string]any `yaml:"given" json:"given"`
	Verdict string         `yaml:"verdict" json:"verdict"`
	Reasons *[]string      `yaml:"because" json:"because"`
}

// Option is an option of a comparison.
type Option struct {
	ID      string  `json:"id"`
	Class   *string `json:"class"`
	Tie     bool    `json:"tie"`
	Fits    []any   `json:"fits"`
	Fails   []any   `json:"fails"`
	Unknown []struct {
		Ask []Question `json:"ask"`
	} `json:"unknown"`
	CouldRuleOut []any `json:"could_rule_out"`
}

// Holds reports whether the one clause of an option holds; nil if that is unknown, or if there is not one.
func (o Option) Holds() *bool {
	is := len(o.Fits) == 1
	if len(o.Fits)+len(o.Fails) != 1 || len(o.Unknown) > 0 {
		return nil
	}
	return &is
}

// Theme is a theme of Layer 3.
type Theme struct {
	ID       string     `json:"id"`
	Status   string     `json:"status"`
	Possible []string   `json:"possible"`
	Reasons  []string   `json:"because"`
	Advice   []string   `json:"advice"`
	Ask      []Question `json:"ask"`
}

// Step is a step of a plan.
type Step struct {
	ID        string      `json:"id"`
	Measure   []Statement `json:"measure"`
	Exit      Statement   `json:"exit"`
	BuildsOn  []string    `json:"builds_on"`
	Questions []string    `json:"questions"`
}
