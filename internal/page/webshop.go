package page

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/tools"
)

// Shop is the worked example, as JSON shows it. The two objects of facts can be given to a call as they are.
type Shop struct {
	Knowledge tools.Knowledge `json:"knowledge"`
	*framework.WorkedExample
	StatedFacts fact.Values `json:"stated_facts"`
	AllFacts    fact.Values `json:"all_facts"`
}

func shopOf(f *framework.Framework) Shop {
	return Shop{knowledgeOf(f), f.Shop, factsOfExample(f, f.Shop.Stated), factsOfExample(f, f.Shop.Stated, f.Shop.Assumed)}
}

// factsOfExample are the facts of some lists, in fact order.
func factsOfExample(f *framework.Framework, lists ...[]framework.ExampleFact) fact.Values {
	given := f.Dictionary.NewSituation()
	var named []int
	for i := range f.Facts {
		about := f.Dictionary.Fact(i)
		for _, example := range slices.Concat(lists...) {
			if example.Fact.Value == about.Name {
				given[i], _ = about.Read(example.Value) // checked when the knowledge was loaded
				named = append(named, i)
			}
		}
	}
	return given.Of(f.Dictionary, named)
}

func shopMarkdown(f *framework.Framework) string {
	var m markdown
	shop := shopOf(f)
	m.heading(1, plain(shop.Title.Value))
	m.paragraph(plain(shop.Says.Value))
	m.heading(2, "What the source says of it")
	m.statements(0, shop.Statements)
	m.exampleFacts("Stated facts", "What the source says, and no more. With these alone several verdicts stay undetermined.", shop.Stated, shop.StatedFacts)
	m.exampleFacts("Assumed facts", "With these beside the stated ones, the conclusions of the source follow.", shop.Assumed, shop.AllFacts)
	m.heading(2, "As `facts` of a call")
	m.paragraph("The stated ones:")
	m.facts(shop.StatedFacts)
	m.paragraph("Stated and assumed:")
	m.facts(shop.AllFacts)
	m.source(f)
	return m.page()
}

// exampleFacts are facts with the reason for each; values are those of a call.
func (m *markdown) exampleFacts(heading, says string, list []framework.ExampleFact, values fact.Values) {
	m.heading(2, heading)
	m.paragraph(says)
	m.columns("Fact", "Value", "Why")
	for _, example := range list {
		for _, given := range values {
			if given.Fact == example.Fact.Value {
				m.row(code(given.Fact), code(given.Value.String()), plain(example.Why.Value))
			}
		}
	}
}

// facts is facts as JSON, one a line.
func (m *markdown) facts(list fact.Values) {
	var b bytes.Buffer
	compact := jsonOf(list)
	if err := json.Indent(&b, []byte(compact), "", "  "); err != nil {
		panic("page: " + err.Error()) // it was just written
	}
	m.paragraph("```json\n" + string(bytes.TrimSpace(b.Bytes())) + "\n```")
}
