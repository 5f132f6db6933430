package record

import (
	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

// document is the value of the key layer2 in the front matter.
type document struct {
	Record         strict.Text                  `yaml:"record"`
	Capability     strict.Text                  `yaml:"capability"`
	Verdict        strict.Text                  `yaml:"verdict"`
	Possible       []strict.Text                `yaml:"possible,omitempty"`
	Decision       strict.Text                  `yaml:"decision"`
	Reason         strict.Text                  `yaml:"reason,omitempty"`
	VerdictReasons []strict.Text                `yaml:"because"`
	Facts          []strict.Entry[fact.Written] `yaml:"facts"`
	Unsettled      []strict.Text                `yaml:"unsettled,omitempty"`
	Sources        []strict.Entry[strict.Text]  `yaml:"sources,omitempty"`
	Sufficient     []strict.Text                `yaml:"sufficient"`
	Statements     []strict.Entry[*strict.Text] `yaml:"statements"`
	Flips          []flip                       `yaml:"flips"`
	Knowledge      knowledge                    `yaml:"knowledge"`
	Reaffirmed     []reaffirmed                 `yaml:"reaffirmed,omitempty"`
}

type flip struct {
	Set     []strict.Entry[fact.Written] `yaml:"set"`
	Given   []strict.Entry[fact.Written] `yaml:"given,omitempty"`
	Verdict strict.Text                  `yaml:"verdict"`
}

type knowledge struct {
	Version     strict.Text `yaml:"version"`
	Fingerprint strict.Text `yaml:"fingerprint"`
}

type reaffirmed struct {
	Date       strict.Text                  `yaml:"date"`
	Facts      []strict.Entry[fact.Written] `yaml:"facts"`
	Unsettled  []strict.Text                `yaml:"unsettled,omitempty"`
	Verdict    strict.Text                  `yaml:"verdict"`
	Possible   []strict.Text                `yaml:"possible,omitempty"`
	Reason     strict.Text                  `yaml:"reason"`
	Statements []strict.Entry[*strict.Text] `yaml:"statements,omitempty"`
	Knowledge  *knowledge                   `yaml:"knowledge,omitempty"`
}

// madr is what every record has in its front matter, and inForceKeys what one in force has in addition. Other keys, of MADR or a
// team, are ignored.
type madr struct {
	strict.Others
	Status strict.Text `yaml:"status"`
}

type inForceKeys struct {
	strict.Others
	Date   strict.Text `yaml:"date"`
	Layer2 *yaml.Node  `yaml:"layer2"`
}
