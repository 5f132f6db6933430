package readback

import (
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/tools"
)

// inOrderOf puts assumptions, which the text groups by kind, into the order of the questions.
func inOrderOf(list []tools.Assumption, questions []tools.Question) {
	place := func(a tools.Assumption) int {
		return slices.IndexFunc(questions, func(q tools.Question) bool { return q.Fact == a.Fact })
	}
	slices.SortStableFunc(list, func(a, b tools.Assumption) int { return place(a) - place(b) })
}

// kinds are the kinds of assumptions by what texts call them.
var kinds = map[string]string{
	"Assuming, since nobody said otherwise": "unsaid",
	"Presumed to be in order, please check": "check",
}

func (p *parser) provisional(i *item) *tools.Provisional {
	parts := p.match(i, provisionalLine)
	verdict, reasons := p.settled(parts[1])
	read := &tools.Provisional{Verdict: verdict, Reasons: reasons, Assuming: []tools.Assumption{}}
	if parts[2] == "" {
		read.For = []string{}
	}
	for _, part := range i.items {
		if ids, ok := strings.CutPrefix(part.text, "For: "); ok {
			read.For = split(ids)
			continue
		}
		kind, known := kinds[part.text]
		if !known {
			p.fail(part)
		}
		for _, a := range part.items {
			read.Assuming = append(read.Assuming, p.assumption(a, kind))
		}
	}
	if parts[2] == "" {
		return read
	}
	for _, group := range strings.Split(parts[2], "; ") {
		parts := p.match(&item{text: group}, assumedGroup)
		for _, fact := range split(strings.ReplaceAll(parts[1], " and ", ", ")) {
			read.Assuming = append(read.Assuming, tools.Assumption{Fact: fact, Presumed: p.value(i, parts[2])})
		}
	}
	return read
}

// assumption reads "environment = production: the platform serves production; else skip".
func (p *parser) assumption(i *item, kind string) tools.Assumption {
	parts := p.match(i, assumedFact)
	v := p.value(i, parts[2])
	if parts[5] != "" {
		kind = parts[5]
	}
	return tools.Assumption{Fact: parts[1], Value: &v, Presumed: v, Says: parts[3], Kind: kind, Otherwise: alternatives(parts[4])}
}

func (p *parser) withheld(i *item, text string) *string {
	text, _, _ = strings.Cut(text, "; raised and left open: ")
	why := map[string]string{"nothing was said about scale or need": "nothing_said", "what may be presumed does not decide it": "open"}[text]
	if why == "" {
		p.fail(i)
	}
	return &why
}
