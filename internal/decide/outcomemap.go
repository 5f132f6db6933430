package decide

// OutcomeMap is the outcome of every state in a space. Two maps of one space are equal exactly if == says so.
type OutcomeMap struct {
	space *Space
	node  int32
}

// Where returns the region with an outcome.
func (o OutcomeMap) Where(outcome Outcome) Region {
	leaf := leafOf(outcome.Verdict, outcome.Reason)
	return Region{o.space, o.space.builder.relabel(o.node, func(l int32) int32 { return boolean(l == leaf) })}
}

// Reached returns the outcomes that occur, in the order of the ladder.
func (o OutcomeMap) Reached() []Outcome {
	var reached []Outcome
	for _, outcome := range outcomes {
		if !o.Where(outcome).Empty() {
			reached = append(reached, outcome)
		}
	}
	return reached
}

// Facts returns the facts that the outcome depends on anywhere, in fact order.
func (o OutcomeMap) Facts() []int { return o.space.essential(o.node) }

// VerdictMap is an [OutcomeMap] without the reasons. Two maps of one space are equal exactly if == says so.
type VerdictMap struct {
	space *Space
	node  int32
}

func (o OutcomeMap) Verdicts() VerdictMap {
	return VerdictMap{o.space, o.space.builder.relabel(o.node, func(leaf int32) int32 { return int32(outcomes[leaf].Verdict) })}
}

// Change is the region in which one outcome turns into another.
type Change struct {
	From, To Outcome
	Where    Region
}

// Changes returns how outcomes differ in another map, ordered by From and To along the ladder. States with the same outcome in both are
// not included.
func (o OutcomeMap) Changes(to OutcomeMap) []Change {
	var changes []Change
	if o == to {
		return nil
	}
	for _, before := range o.Reached() {
		for _, after := range to.Reached() {
			where := o.Where(before).And(to.Where(after))
			if before != after && !where.Empty() {
				changes = append(changes, Change{before, after, where})
			}
		}
	}
	return changes
}

// Ends returns the outcomes that the ladder can give this kind of model, whatever its statements, in the ladder's order.
func (m Model) Ends() []Outcome {
	var ends []Outcome
	for _, outcome := range outcomes {
		early := outcome.Verdict == Skip || outcome == Outcome{Wait, Scale}
		if early || (outcome.Verdict == Prepare) == m.Prepare {
			ends = append(ends, outcome)
		}
	}
	return ends
}
