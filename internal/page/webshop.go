package page

import (
	"bytes"
	"encoding/json"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/tools"
)

// Shop is the worked example, as JSON shows it. The two objects of facts can be given to a call as they are.
type Shop struct {
	Knowledge tools.Knowledge `json:"knowledge"`
	*framework.WorkedExample
	StatedFacts tools.Facts `json:"stated_facts"`
	AllFacts    tools.Facts `json:"all_facts"`
}

func shopOf(f *framework.Framework) Shop {
	return Shop{knowledgeOf(f), f.Shop, factsOfExample(f, f.Shop.Stated), factsOfExample(f, f.Shop.Stated, f.Shop.Assumed)}
}

// factsOfExample are the facts of some lists, in fact order.
func factsOfExample(f *framework.Framework, lists ...[]framework.ExampleFact) tools.Facts {
	given := map[string]framework.Scalar{}
	for _, list := range lists {
		for _, fact := range list {
			given[fact.Fact.Value] = fact.Value
		}
	}
	facts := tools.Facts{}
	for i, fact := range f.Facts {
		scalar, ok := given[fact.ID.Value]
		if !ok {
			continue
		}
		if v, err := scalar.Of(f.Dictionary.Fact(i)); err == nil { // checked when the knowledge was loaded
			facts = append(facts, tools.NamedValue{Fact: fact.ID.Value, Value: tools.Value{Value: v}})
		}
	}
	return facts
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
func (m *markdown) exampleFacts(heading, says string, list []framework.ExampleFact, values tools.Facts) {
	m.heading(2, heading)
	m.paragraph(says)
	m.columns("Fact", "Value", "Why")
	for _, fact := range list {
		for _, given := range values {
			if given.Fact == fact.Fact.Value {
				m.row(code(given.Fact), code(value(given.Value)), plain(fact.Why.Value))
			}
		}
	}
}

// facts is facts as JSON, one a line.
func (m *markdown) facts(list tools.Facts) {
	var b bytes.Buffer
	compact := jsonOf(list)
	if err := json.Indent(&b, []byte(compact), "", "  "); err != nil {
		panic("page: " + err.Error()) // it was just written
	}
	m.paragraph("```json\n" + string(bytes.TrimSpace(b.Bytes())) + "\n```")
}
