package page

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/markdown"
	"github.com/vanhoutenbos/layer2/tools"
)

// Shop is the worked example in its JSON form. Its two objects of facts can be passed to a call as they are.
type Shop struct {
	Knowledge tools.Knowledge `json:"knowledge"`
	*framework.WorkedExample
	StatedFacts fact.Values `json:"stated_facts"`
	AllFacts    fact.Values `json:"all_facts"`
}

func shopOf(f *framework.Framework) Shop {
	return Shop{tools.KnowledgeOf(f), f.Shop, factsOfExample(f, f.Shop.Stated), factsOfExample(f, f.Shop.Stated, f.Shop.Assumed)}
}

// factsOfExample returns the facts of the lists, in fact order.
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
	var m sheet
	shop := shopOf(f)
	m.Heading(1, markdown.Escape(shop.Title.Value))
	m.Paragraph(markdown.Escape(shop.Says.Value))
	m.Heading(2, "What the source says about it")
	m.statements(0, shop.Statements)
	m.exampleFacts("Stated facts", "What the source says, and no more. With these alone several verdicts stay undetermined.", shop.Stated, shop.StatedFacts)
	m.exampleFacts("Assumed facts", "Together with the stated ones, these lead to the conclusions of the source.", shop.Assumed, shop.AllFacts)
	m.Heading(2, "As `facts` of a call")
	m.Paragraph("The stated ones:")
	m.facts(shop.StatedFacts)
	m.Paragraph("Stated and assumed:")
	m.facts(shop.AllFacts)
	m.source(f)
	return m.String()
}

// exampleFacts writes facts with their reasons; values are the same facts as in a call.
func (m *sheet) exampleFacts(heading, says string, list []framework.ExampleFact, values fact.Values) {
	m.Heading(2, heading)
	m.Paragraph(says)
	m.Columns("Fact", "Value", "Why")
	for _, example := range list {
		for _, given := range values {
			if given.Fact == example.Fact.Value {
				m.Row(markdown.Code(given.Fact), markdown.Code(given.Value.String()), markdown.Escape(example.Why.Value))
			}
		}
	}
}

// facts writes facts as JSON, one per line.
func (m *sheet) facts(list fact.Values) {
	var b bytes.Buffer
	compact := jsonOf(list)
	if err := json.Indent(&b, []byte(compact), "", "  "); err != nil {
		panic("page: " + err.Error()) // it was marshalled just now
	}
	m.Paragraph("```json\n" + string(bytes.TrimSpace(b.Bytes())) + "\n```")
}
