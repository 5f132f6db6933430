package verify

import (
	"fmt"
	"io/fs"
	"math/big"
	"slices"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// Difference is the effect of a change in the knowledge on the outcomes of its capabilities.
type Difference struct {
	Old Version `json:"old"`
	New Version `json:"new"`
	// Changed lists the capabilities with an outcome that changes, in the framework's order; Same the others.
	Changed []Changed `json:"changed"`
	Same    []string  `json:"same"`
	// Added and Removed list those that are in one version only.
	Added   []string `json:"added"`
	Removed []string `json:"removed"`
}

// Changed is a capability with an outcome that changes.
type Changed struct {
	Capability string `json:"capability"`
	// Share is the fraction of States, the joint states of both versions, whose outcome changes.
	Share  string  `json:"share"`
	States string  `json:"states"`
	Groups []Group `json:"groups"`
}

// Group is all situations in which one outcome turns into another.
type Group struct {
	From End `json:"from"`
	To   End `json:"to"`
	// Share is its fraction of the joint states, and States the number of states in it.
	Share  string `json:"share"`
	States string `json:"states"`
	// Within is what all situations of the group have in common.
	Within []Within `json:"within"`
	// Witness is a set of facts that suffice to be in the group.
	Witness fact.Values `json:"witness"`
	// By is the smallest set of edits that explains the group: the old knowledge with these alone has the new outcome
	// in every situation of the group.
	By []Edit `json:"by"`
}

type End struct {
	Verdict string `json:"verdict"`
	Reason  string `json:"because"`
}

// Within is the values that a fact can have in a group, if not all.
type Within struct {
	Fact   string   `json:"fact"`
	Values []string `json:"values"`
}

// Edit is a statement that differs between the versions or is in one of them only; a change of mode counts as an edit.
type Edit struct {
	ID   string `json:"id"`
	Was  string `json:"was"`
	Is   string `json:"is"`
	File string `json:"file"`
	Line int    `json:"line"`

	apply func(decide.Model) decide.Model
}

// Against compares two versions of the knowledge: the shipped files, each time with a directory laid over them unless it is nil. It
// compares outcomes, that is verdict and reason, but not options, themes, conflicts or words.
func Against(shipped, oldOverlay, newOverlay fs.FS) (*Difference, error) {
	before, err := framework.Load(shipped, oldOverlay)
	if err != nil {
		return nil, fmt.Errorf("the old knowledge does not load:\n%w", err)
	}
	after, err := framework.Load(shipped, newOverlay)
	if err != nil {
		return nil, fmt.Errorf("the new knowledge does not load:\n%w", err)
	}
	d := &Difference{Old: versionOf(before), New: versionOf(after), Changed: []Changed{}, Same: []string{}, Added: []string{}, Removed: []string{}}
	dictionary, err := joined(before.Dictionary, after.Dictionary)
	if err != nil {
		return nil, err
	}
	p := pair{dictionary: dictionary}
	for _, c := range after.Capabilities {
		old, known := before.Capability(c.ID.Value)
		if !known {
			d.Added = append(d.Added, c.ID.Value)
			continue
		}
		changed, err := p.compare(side{before, old}, side{after, c})
		switch {
		case err != nil:
			return nil, err
		case changed == nil:
			d.Same = append(d.Same, c.ID.Value)
		default:
			d.Changed = append(d.Changed, *changed)
		}
	}
	for _, c := range before.Capabilities {
		if _, still := after.Capability(c.ID.Value); !still {
			d.Removed = append(d.Removed, c.ID.Value)
		}
	}
	return d, nil
}

// joined returns the facts of both versions: those of the new one, then those that only the old one has. A choice or set gets the values
// of both; a version that lacks a value treats it like any other.
func joined(before, after *fact.Dictionary) (*fact.Dictionary, error) {
	var facts []fact.Fact
	for i := range after.Len() {
		fact := after.Fact(i)
		if j, known := before.Index(fact.Name); known {
			old := before.Fact(j)
			if old.Kind != fact.Kind {
				return nil, fmt.Errorf("%s was %s and is %s: outcomes over it cannot be compared", fact.Name, old.Kind, fact.Kind)
			}
			fact.Values = slices.Clone(fact.Values)
			for _, value := range old.Values {
				if !slices.Contains(fact.Values, value) {
					fact.Values = append(fact.Values, value)
				}
			}
		}
		facts = append(facts, fact)
	}
	for i := range before.Len() {
		if _, still := after.Index(before.Fact(i).Name); !still {
			facts = append(facts, before.Fact(i))
		}
	}
	return fact.NewDictionary(facts)
}

// pair is two versions of the knowledge over their joined facts.
type pair struct {
	dictionary *fact.Dictionary
}

// side is a capability in one of the versions.
type side struct {
	*framework.Framework
	capability *framework.Capability
}

// compare returns the situations of one capability whose outcome changes; nil if there are none.
func (p *pair) compare(before, after side) (*Changed, error) {
	oldModel, err := p.over(before.capability.Model)
	if err != nil {
		return nil, err
	}
	newModel, err := p.over(after.capability.Model)
	if err != nil {
		return nil, err
	}
	edits := p.edits(before, after, oldModel, newModel)
	space, err := decide.NewSpace(p.dictionary, slices.Concat(oldModel.Conditions(), newModel.Conditions()))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", after.capability.ID, err)
	}
	changes := space.Outcomes(oldModel).Changes(space.Outcomes(newModel))
	if len(changes) == 0 {
		return nil, nil
	}
	c := &Changed{Capability: after.capability.ID.Value, States: space.States().String()}
	all := space.Nowhere()
	e := explainer{space: space, old: oldModel, edits: edits, known: map[string]decide.OutcomeMap{}}
	for _, change := range changes {
		all = all.Or(change.Where)
		c.Groups = append(c.Groups, Group{
			From: endOf(change.From), To: endOf(change.To),
			Share:   fraction(change.Where.Share()),
			States:  states(space, change.Where),
			Within:  p.within(space, change.Where),
			Witness: witness(p.dictionary, change.Where),
			By:      e.explain(change),
		})
	}
	c.Share = fraction(all.Share())
	return c, nil
}

func endOf(o decide.Outcome) End { return End{o.Verdict.String(), o.Reason.String()} }

// states returns the number of states in a region.
func states(space *decide.Space, region decide.Region) string {
	share := region.Share()
	return share.Mul(share, new(big.Rat).SetInt(space.States())).RatString()
}

// over returns a model with its conditions parsed again over the joined facts.
func (p *pair) over(m decide.Model) (decide.Model, error) {
	parse := func(s *decide.Statement) (err error) {
		if s.When != nil {
			s.When, err = decide.Parse(s.When.String(), p.dictionary)
		}
		return err
	}
	m.Conflicts, m.Statements = nil, slices.Clone(m.Statements)
	for i := range m.Statements {
		if err := parse(&m.Statements[i]); err != nil {
			return m, fmt.Errorf("%s: %w", m.Statements[i].ID, err)
		}
	}
	return m, parse(&m.Foundation)
}

// within returns, for each fact that a region depends on, the cells it can have there, unless it can have all.
func (p *pair) within(space *decide.Space, region decide.Region) []Within {
	list := []Within{}
	for _, fact := range region.Facts() {
		var values []string
		cells := space.Cells(fact)
		for cell := range cells {
			if !region.Given(fact, cell).Empty() {
				values = append(values, cells[cell].String())
			}
		}
		if len(values) < len(cells) {
			list = append(list, Within{p.dictionary.Fact(fact).Name, values})
		}
	}
	return list
}

func (e End) String() string { return e.Verdict + " (" + e.Reason + ")" }
