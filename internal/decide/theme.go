package decide

import (
	"math/bits"
	"slices"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

// Status is how far a theme of Layer 3 has come, in the framework's order.
type Status uint8

// The statuses. UndeterminedStatus means that several are possible.
const (
	Unneeded Status = iota
	Unjustified
	NotYet
	Blocked
	Ready
	UndeterminedStatus
)

var statusNames = [...]string{"unneeded", "unjustified", "not_yet", "blocked", "ready", "undetermined"}

func (s Status) String() string { return statusNames[s] }

// ThemeModel is a theme in the engine's terms.
type ThemeModel struct {
	// Need is the condition under which it is needed; alternatively, AnyStands are triggers of the prerequisite of which one must stand.
	Need      *Condition
	AnyStands []string
	// Prerequisite is the capability that must run first.
	Prerequisite Model
	// Guards must all hold.
	Guards []*Condition
}

// Theme is a compiled theme. It is read-only and safe for concurrent use.
type Theme struct {
	variables []variable // in fact order; the level after them says whether the prerequisite runs
	statuses  *diagram
	need      *diagram
}

// CompileTheme fails like [Compile].
func CompileTheme(dictionary *fact.Dictionary, model ThemeModel) (*Theme, error) {
	conditions := append(model.Prerequisite.Conditions(), model.Guards...)
	if model.Need != nil {
		conditions = append(conditions, model.Need)
	}
	variables, err := variablesOf(dictionary, conditions)
	if err != nil {
		return nil, err
	}
	l := newLadder(model.Prerequisite, variables, 2)
	b := l.builder
	need := l.any(model.Prerequisite.Statements, l.stands, func(s Statement) bool { return slices.Contains(model.AnyStands, s.ID) })
	if model.Need != nil {
		need = l.condition(model.Need.root)
	}
	guarded := yes
	for _, guard := range model.Guards {
		guarded = b.and(guarded, l.condition(guard.root))
	}
	skip := b.relabel(l.outcome(model.Prerequisite), func(leaf int32) int32 { return boolean(outcomes[leaf].Verdict == Skip) })
	runs := b.node(len(variables), []int32{no, yes})

	status := b.choose(guarded, int32(Ready), int32(Blocked))
	status = b.choose(runs, status, b.choose(skip, int32(Unjustified), int32(NotYet)))
	status = b.choose(need, status, int32(Unneeded))
	keep := make([][]int, len(b.widths))
	for level, width := range b.widths {
		for cell := range width {
			keep[level] = append(keep[level], cell)
		}
	}
	return &Theme{variables: variables, statuses: b.freeze(status, keep), need: b.freeze(need, keep)}, b.err()
}

// ThemeExplanation is everything the engine says about one theme.
type ThemeExplanation struct {
	Status   Status
	Possible []Status
	Need     Truth
	// Sufficient are the given facts on which the possible statuses rest.
	Sufficient []int
	// Ask lists the facts, unknown or known only within a range, that can still matter to the status, in fact order.
	Ask []int
}

// Explain computes everything about a theme; runs is whether its prerequisite runs.
func (t *Theme) Explain(s fact.Situation, runs Truth) ThemeExplanation {
	known := append(stateOf(t.variables, s), runningCells(runs))
	leaves := t.statuses.reachable(known)
	e := ThemeExplanation{Status: UndeterminedStatus, Need: truthOf(t.need.reachable(known))}
	for rest := leaves; rest != 0; rest &= rest - 1 {
		e.Possible = append(e.Possible, Status(bits.TrailingZeros16(rest)))
	}
	if len(e.Possible) == 1 {
		e.Status = e.Possible[0]
	}
	e.Sufficient = sufficient(t.statuses, t.variables, s, known)
	r := t.statuses.restrict(known)
	for _, level := range r.levels() {
		if level < len(t.variables) {
			e.Ask = append(e.Ask, t.variables[level].fact)
		}
	}
	return e
}

func runningCells(runs Truth) cellSet {
	switch runs {
	case No:
		return 1
	case Yes:
		return 2
	}
	return 3
}

// Facts returns the facts that the theme depends on, in fact order.
func (t *Theme) Facts() []int {
	facts := make([]int, len(t.variables))
	for i, v := range t.variables {
		facts[i] = v.fact
	}
	return facts
}
