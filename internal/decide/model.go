package decide

// Role is the list that a statement belongs to.
type Role uint8

// The roles, in the order in which statements are shown: reasons for, then reasons against.
const (
	Trigger Role = iota
	Now
	Matrix
	DoNot
	Later
	Rule
)

// Effect is what a statement against does.
type Effect uint8

// The effects. Answers and Unmet are not marks in the knowledge: they say how a statement argues against in an answer.
const (
	NoEffect Effect = iota
	Floor
	Blocker
	Argues // effect "later": argues for waiting
	Answers
	Unmet
)

var effectNames = [...]string{"", "floor", "blocker", "later", "answers", "unmet"}

func (e Effect) String() string { return effectNames[e] }

// EffectOf finds one of the effects that the knowledge uses: floor, blocker, later or none.
func EffectOf(name string) (Effect, bool) {
	for _, e := range []Effect{NoEffect, Floor, Blocker, Argues} {
		if e.String() == name {
			return e, true
		}
	}
	return NoEffect, false
}

// Statement is what the engine needs of a statement: its condition and its marks.
type Statement struct {
	ID   string
	Role Role
	// When is the condition; a statement without one decides nothing.
	When   *Condition
	Effect Effect
	// Answers are the ids of the triggers and reasons for now that it answers when it holds.
	Answers []string
	// Lifts is the id of the required statement that it makes contested.
	Lifts              string
	Required, Measured bool
	// Repeats means that another statement is listed among the reasons instead of this one.
	Repeats bool
}

// Decides reports whether the statement takes part in the ladder. Verdicts rest on the facts of these statements only.
func (s Statement) Decides() bool {
	return s.When != nil && (s.Role == Trigger || s.Role == Now || s.Effect != NoEffect || s.Required || len(s.Answers) > 0)
}

// Model is one capability in the engine's terms.
type Model struct {
	// Prepare means that Layer 2 only prepares it: readiness holds back its activation, not the preparation.
	Prepare    bool
	Statements []Statement
	// Foundation is the rule that blocks every capability while it holds (R1); it does not apply to one that is only prepared.
	Foundation Statement
	// Measure is the id of the rule that argues against a capability whose pressing reasons are not measured (R3).
	Measure string
	// Conflicts are the conditions in the whole knowledge under which facts contradict each other.
	// Those that depend on what runs are left out: no question can settle them.
	Conflicts []*Predicate
}

// deciding returns the statements that take part in the ladder, including the foundation if it applies.
func (m Model) deciding() []Statement {
	var list []Statement
	for _, s := range m.Statements {
		if s.Decides() {
			list = append(list, s)
		}
	}
	if !m.Prepare && m.Foundation.When != nil {
		list = append(list, m.Foundation)
	}
	return list
}
