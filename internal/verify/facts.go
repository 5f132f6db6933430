package verify

import (
	"bytes"
	"encoding/json"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/decide"
)

// Facts are facts and their values, in fact order. JSON shows them as an object.
type Facts []Fact

// Fact is a fact and its value.
type Fact struct {
	Name  string
	Value decide.Value
}

// factsOf names the facts of a witness.
func factsOf(dictionary *decide.Dictionary, settings []decide.Setting) Facts {
	var facts Facts
	for _, s := range settings {
		facts = append(facts, Fact{dictionary.Fact(s.Fact).Name, s.Value})
	}
	return facts
}

// witness is facts that put a situation into a region.
func witness(dictionary *decide.Dictionary, region decide.Region) Facts {
	settings, _ := region.Witness()
	return factsOf(dictionary, settings)
}

// String is the facts in one line: services = 5, call_chains = complex.
func (f Facts) String() string { return strings.Join(f.lines(), ", ") }

func shown(v decide.Value) string {
	switch v.Kind {
	case decide.Choice:
		return v.Text
	case decide.Set:
		return "[" + strings.Join(v.Members, ", ") + "]"
	case decide.Boolean:
		return strconv.FormatBool(v.Bool)
	}
	return strconv.FormatFloat(v.Number, 'f', -1, 64)
}

// MarshalJSON writes an object whose keys stand in fact order.
func (f Facts) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, fact := range f {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.Quote(fact.Name)) // names of facts are words
		b.WriteByte(':')
		value := []byte(shown(fact.Value))
		var err error
		switch fact.Value.Kind {
		case decide.Choice:
			value, err = json.Marshal(fact.Value.Text)
		case decide.Set:
			value, err = json.Marshal(append([]string{}, fact.Value.Members...))
		}
		if err != nil {
			return nil, err
		}
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// facts reports what nothing uses, and what is mentioned and changes nothing.
func (v *finder) facts(subjects []*subject) error {
	used, matters := map[int]bool{}, map[int]bool{}
	if err := v.usedOutside(used, matters); err != nil {
		return err
	}
	for _, s := range subjects {
		for _, statement := range s.Model.Statements {
			if statement.When != nil {
				note(used, statement.When.Facts())
			}
		}
		for _, condition := range s.Model.Conditions() {
			note(used, condition.Facts())
		}
		note(matters, s.whole.Facts())
	}
	for i, fact := range v.Facts {
		id := fact.ID
		switch {
		case !used[i]:
			v.report(id, id, Finding{Kind: UnusedFact, Subject: id.Value, Says: "No condition mentions " + id.Value + "."})
		case !matters[i]:
			v.report(id, id, Finding{Kind: NeverMatters, Subject: id.Value, Says: "Conditions mention " + id.Value + ", and nothing hangs on it anywhere."})
		default:
			v.idle(subjects, i)
		}
	}
	return nil
}

// idle reports the capabilities of which a deciding statement mentions a fact, and no outcome hangs on it.
func (v *finder) idle(subjects []*subject, fact int) {
	id := v.Facts[fact].ID
	for _, s := range subjects {
		mentions := slices.IndexFunc(s.deciding, func(statement decide.Statement) bool { return statement.When.Mentions(fact) })
		if mentions >= 0 && !slices.Contains(s.whole.Facts(), fact) {
			v.report(id, id, Finding{Kind: NeverMatters, Subject: id.Value, With: []string{s.ID.Value},
				Says: s.deciding[mentions].ID + " mentions " + id.Value + ", and no outcome of " + s.ID.Value + " hangs on it."})
		}
	}
}

// usedOutside marks the facts that options, tasks, themes and conflicts use, and those on which they hang.
func (v *finder) usedOutside(used, matters map[int]bool) error {
	for _, predicate := range v.predicates() {
		note(used, predicate.Facts())
		region, err := v.alone(predicate.Condition)
		if err != nil {
			return err
		}
		note(matters, region.Facts())
	}
	for _, theme := range v.Themes {
		note(used, theme.Decision.Facts())
		note(matters, theme.Decision.Explain(v.Dictionary.NewSituation(), decide.Maybe).Ask)
	}
	return nil
}

// predicates are the conditions that decide no capability and no theme's status: those of options, tasks, routes and conflicts.
func (v *finder) predicates() []*decide.Predicate {
	var list []*decide.Predicate
	add := func(predicate *decide.Predicate) {
		if predicate != nil {
			list = append(list, predicate)
		}
	}
	for _, c := range v.Capabilities {
		for _, choice := range c.Choices {
			list = append(list, choice.Fits...)
			list = append(list, choice.Out...)
		}
		for _, task := range c.Tasks {
			add(task.When)
		}
	}
	for _, theme := range v.Themes {
		for _, path := range theme.Paths {
			add(path.When)
		}
	}
	for _, conflict := range v.Conflicts {
		add(conflict.When)
	}
	return list
}

func note(set map[int]bool, facts []int) {
	for _, fact := range facts {
		set[fact] = true
	}
}

// fraction is a share as it is shown.
func fraction(share *big.Rat) string { return share.RatString() }
