package decide

// OutcomeMap is the outcome of every state of a space. Two maps of a space are equal exactly if == says so.
type OutcomeMap struct {
	space *Space
	node  int32
}

// Where is the region of an outcome.
func (o OutcomeMap) Where(outcome Outcome) Region {
	leaf := leafOf(outcome.Verdict, outcome.Reason)
	return Region{o.space, o.space.builder.relabel(o.node, func(l int32) int32 { return boolean(l == leaf) })}
}

// Reached are the outcomes that some state has, in the order of the ladder.
func (o OutcomeMap) Reached() []Outcome {
	var reached []Outcome
	for _, outcome := range outcomes {
		if !o.Where(outcome).Empty() {
			reached = append(reached, outcome)
		}
	}
	return reached
}

// Facts are the facts that the outcome hangs on somewhere, in fact order.
func (o OutcomeMap) Facts() []int { return o.space.essential(o.node) }

// VerdictMap is the verdict of every state of a space, whatever its reason. Two maps of a space are equal exactly if == says so.
type VerdictMap struct {
	space *Space
	node  int32
}

// Verdicts is the map without its reasons.
func (o OutcomeMap) Verdicts() VerdictMap {
	return VerdictMap{o.space, o.space.builder.relabel(o.node, func(leaf int32) int32 { return int32(outcomes[leaf].Verdict) })}
}

// Change is the region in which one outcome becomes another.
type Change struct {
	From, To Outcome
	Where    Region
}

// Changes are what becomes of the outcomes in another map, by from and to in the order of the ladder. States whose outcome stays
// as it is are in none of them.
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

// Ends are the outcomes that the ladder has for a model, whatever its statements are, in its order.
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
