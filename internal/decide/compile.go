package decide

import (
	"slices"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

// Decision is a compiled capability: its ladder as one canonical diagram, and what questions about it need. It is read-only and safe for
// concurrent use.
type Decision struct {
	dictionary *fact.Dictionary
	model      Model
	variables  []variable // one per level, in fact order
	outcomes   *diagram
	verdicts   *diagram
	targets    [verdicts]*diagram // boolean: is this the verdict?
	holds      map[string]*diagram
	stands     map[string]*diagram
	shown      []shown // in the order in which answers show them
	traits     []trait // one per level
}

// shown is a statement that an answer can list for or against, and when it does.
type shown struct {
	Statement
	holds, stands *diagram
}

// maximumNodes limits a diagram: nobody could follow the conditions that lead to a larger one.
const maximumNodes = 20_000

// Compile fails if the conditions divide a fact into more than maximumCells cells, or if a diagram exceeds maximumNodes.
func Compile(dictionary *fact.Dictionary, model Model) (*Decision, error) {
	variables, err := variablesOf(dictionary, model.Conditions())
	if err != nil {
		return nil, err
	}
	l := newLadder(model, variables)
	outcome := l.outcome(model)
	d := &Decision{dictionary: dictionary, model: model, holds: map[string]*diagram{}, stands: map[string]*diagram{}}
	keep := l.joinCells()
	d.outcomes = l.builder.freeze(outcome, keep)
	verdict := l.builder.relabel(outcome, func(leaf int32) int32 { return int32(outcomes[leaf].Verdict) })
	d.verdicts = l.builder.freeze(verdict, keep)
	for v := range d.targets {
		target := l.builder.relabel(verdict, func(leaf int32) int32 { return boolean(leaf == int32(v)) })
		d.targets[v] = l.builder.freeze(target, keep)
	}
	for id, node := range l.holds {
		d.holds[id] = l.builder.freeze(node, keep)
	}
	for id, node := range l.stands {
		d.stands[id] = l.builder.freeze(node, keep)
	}
	for _, role := range []Role{Trigger, Now, Matrix, DoNot, Later} {
		for _, s := range model.Statements {
			if s.Role == role && s.Decides() {
				d.shown = append(d.shown, shown{s, d.holds[s.ID], d.stands[s.ID]})
			}
		}
	}
	d.variables = l.variables
	d.traits = traitsOf(dictionary, model, d.variables)
	return d, l.builder.err()
}

func boolean(is bool) int32 {
	if is {
		return yes
	}
	return no
}

// Conditions returns the conditions of the statements that take part in the ladder, including the foundation's if it applies.
func (m Model) Conditions() []*Condition {
	var list []*Condition
	for _, s := range m.deciding() {
		list = append(list, s.When)
	}
	return list
}

// variablesOf returns a variable for every fact that the conditions mention, in fact order.
func variablesOf(dictionary *fact.Dictionary, conditions []*Condition) ([]variable, error) {
	atoms := map[int][]*expression{}
	var facts []int
	for _, condition := range conditions {
		facts = append(facts, condition.facts...)
		condition.root.atoms(func(atom *expression) { atoms[atom.fact] = append(atoms[atom.fact], atom) })
	}
	slices.Sort(facts)
	var variables []variable
	for _, fact := range slices.Compact(facts) {
		v, err := newVariable(fact, dictionary.Fact(fact), atoms[fact])
		if err != nil {
			return nil, err
		}
		variables = append(variables, v)
	}
	return variables, nil
}

type ladder struct {
	builder   *builder
	variables []variable
	level     map[int]int      // by fact
	holds     map[string]int32 // by statement: its condition
	stands    map[string]int32 // by trigger and reason for now: it holds and no statement that answers it does
}

func newLadder(model Model, variables []variable, more ...int) *ladder {
	l := &ladder{variables: variables, level: map[int]int{}, holds: map[string]int32{}, stands: map[string]int32{}}
	var widths []int
	for i, v := range variables {
		widths = append(widths, len(v.cells))
		l.level[v.fact] = i
	}
	l.builder = newBuilder(append(widths, more...))
	l.builder.most = maximumNodes
	l.state(model)
	return l
}

// state builds, for every statement of a model, when it holds and when it stands.
func (l *ladder) state(model Model) {
	deciding := model.deciding()
	answered := map[string]int32{}
	for _, s := range deciding {
		l.holds[s.ID] = l.condition(s.When.root)
		for _, id := range s.Answers {
			answered[id] = l.builder.or(answered[id], l.holds[s.ID])
		}
	}
	for _, s := range deciding {
		if s.Role == Trigger || s.Role == Now {
			l.stands[s.ID] = l.builder.and(l.holds[s.ID], l.builder.not(answered[s.ID]))
		}
	}
}

func (l *ladder) condition(e *expression) int32 {
	switch e.operator {
	case and:
		return l.builder.and(l.condition(e.left), l.condition(e.right))
	case or:
		return l.builder.or(l.condition(e.left), l.condition(e.right))
	case not:
		return l.builder.not(l.condition(e.left))
	}
	level := l.level[e.fact]
	variable := &l.variables[level]
	kids := make([]int32, len(variable.cells))
	for c, cell := range variable.cells {
		kids[c] = boolean(e.matches(cell.value(variable.step)))
	}
	return l.builder.node(level, kids)
}

// any returns the disjunction of the statements that pass a test.
func (l *ladder) any(statements []Statement, nodes map[string]int32, test func(Statement) bool) int32 {
	found := no
	for _, s := range statements {
		if test(s) {
			found = l.builder.or(found, nodes[s.ID])
		}
	}
	return found
}

// outcome builds the ladder, from the last rung to the first.
func (l *ladder) outcome(model Model) int32 {
	deciding := model.deciding()
	floor := l.any(deciding, l.holds, func(s Statement) bool { return s.Effect == Floor })
	need := l.any(deciding, l.stands, func(s Statement) bool { return s.Role == Trigger })
	blocked := l.any(deciding, l.holds, func(s Statement) bool { return s.Effect == Blocker })
	now := l.any(deciding, l.stands, func(s Statement) bool { return s.Role == Now })
	measured := l.any(deciding, l.stands, func(s Statement) bool { return s.Role == Now && s.Measured })
	later := l.any(deciding, l.holds, func(s Statement) bool { return s.Effect == Argues })
	lifted := l.any(deciding, l.stands, func(s Statement) bool { return s.Role == Now && s.Lifts != "" })
	big := yes
	for _, s := range deciding {
		if s.Required {
			big = l.builder.and(big, l.holds[s.ID])
		}
	}

	b := l.builder
	end := leafOf(Consider, NoPressure)
	rung := func(condition int32, verdict Verdict, reason Reason) {
		end = b.choose(condition, leafOf(verdict, reason), end)
	}
	rung(now, Consider, Unmeasured)
	rung(b.and(now, measured), Adopt, Timing)
	rung(b.and(now, later), Consider, Contested)
	rung(b.and(later, b.not(now)), Wait, Timing)
	rung(b.not(big), Consider, Contested)
	rung(blocked, Wait, Readiness)
	rung(boolean(model.Prepare), Prepare, Timing)
	rung(b.and(b.not(big), b.not(lifted)), Wait, Scale)
	rung(b.not(need), Skip, Need)
	rung(floor, Skip, Scale)
	return end
}

// joinCells joins the cells of a variable that no condition as a whole tells apart. It returns for each level which old cells represent
// the new ones. Levels past the variables keep all cells.
func (l *ladder) joinCells() [][]int {
	keep := make([][]int, len(l.builder.widths))
	for level, width := range l.builder.widths {
		for cell := range width {
			twin := slices.IndexFunc(keep[level], func(other int) bool { return l.alike(level, cell, other) })
			if level >= len(l.variables) || twin < 0 {
				keep[level] = append(keep[level], cell)
				continue
			}
			cells := l.variables[level].cells
			cells[keep[level][twin]].merge(cells[cell])
		}
		if level < len(l.variables) {
			var cells []Cell
			for _, cell := range keep[level] {
				cells = append(cells, l.variables[level].cells[cell])
			}
			l.variables[level].cells = cells
		}
	}
	return keep
}

// alike reports whether two cells give the same result in every condition.
func (l *ladder) alike(level, a, b int) bool {
	seen := map[int32]bool{}
	var same func(int32) bool
	same = func(id int32) bool {
		if id < leaves || seen[id] {
			return true
		}
		seen[id] = true
		kids := l.builder.kids[id]
		return (l.builder.level[id] != level || kids[a] == kids[b]) && !slices.ContainsFunc(kids, func(kid int32) bool { return !same(kid) })
	}
	for _, node := range l.holds {
		if !same(node) {
			return false
		}
	}
	return true
}
