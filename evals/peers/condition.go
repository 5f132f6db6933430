package peers

// operator is what a condition asks.
type operator uint8

const (
	every    operator = iota // all parts hold; of no part: true
	anyOf                    // one of the parts holds; of no part: false
	negated                  // its one part does not hold
	flag                     // the boolean fact
	above                    // the number is greater
	below                    // the number is less
	atMost                   // the number is not greater
	atLeast                  // the number is not less
	equals                   // the choice is this one
	filled                   // the set has a member
	includes                 // the set has this member
)

// condition is a condition of the table, in no peer's language.
type condition struct {
	operator operator
	parts    []condition
	fact     string
	number   float64
	text     string
}

func all(parts ...condition) condition    { return condition{operator: every, parts: parts} }
func either(parts ...condition) condition { return condition{operator: anyOf, parts: parts} }
func no(part condition) condition         { return condition{operator: negated, parts: []condition{part}} }
func is(fact string) condition            { return condition{operator: flag, fact: fact} }
func isNot(fact string) condition         { return no(is(fact)) }
func some(fact string) condition          { return condition{operator: filled, fact: fact} }

func more(fact string, than float64) condition {
	return condition{operator: above, fact: fact, number: than}
}
func less(fact string, than float64) condition {
	return condition{operator: below, fact: fact, number: than}
}
func most(fact string, n float64) condition {
	return condition{operator: atMost, fact: fact, number: n}
}
func least(fact string, n float64) condition {
	return condition{operator: atLeast, fact: fact, number: n}
}
func same(fact, text string) condition { return condition{operator: equals, fact: fact, text: text} }
func has(fact, member string) condition {
	return condition{operator: includes, fact: fact, text: member}
}

func always() condition { return all() }
func never() condition  { return either() }

// simple is the condition without parts that decide nothing: constants, and connectives of one part.
func (c condition) simple() condition {
	switch c.operator {
	case negated:
		part := c.parts[0].simple()
		switch {
		case part.constant(true):
			return never()
		case part.constant(false):
			return always()
		case part.operator == negated:
			return part.parts[0]
		}
		return no(part)
	case every, anyOf:
		whole, idle := condition{operator: c.operator}, c.operator == every
		for _, part := range c.parts {
			part = part.simple()
			switch {
			case part.constant(idle):
				continue
			case part.constant(!idle):
				return part
			}
			whole.parts = append(whole.parts, part)
		}
		if len(whole.parts) == 1 {
			return whole.parts[0]
		}
		return whole
	}
	return c
}

// constant reports whether the condition is written as a constant with this truth.
func (c condition) constant(truth bool) bool {
	return len(c.parts) == 0 && (truth && c.operator == every || !truth && c.operator == anyOf)
}

// mentions calls a function with every fact that the condition mentions.
func (c condition) mentions(visit func(fact string)) {
	if c.fact != "" {
		visit(c.fact)
	}
	for _, part := range c.parts {
		part.mentions(visit)
	}
}

// clauses are conditions that together say the same: the condition taken apart at its outermost conjunctions.
func (c condition) clauses() []condition {
	split := c.operator == every
	whole := c
	if c.operator == negated && c.parts[0].operator == anyOf {
		split, whole = true, condition{}
		for _, part := range c.parts[0].parts {
			whole.parts = append(whole.parts, no(part).simple())
		}
	}
	if !split {
		return []condition{c}
	}
	var list []condition
	for _, part := range whole.parts {
		list = append(list, part.clauses()...)
	}
	return list
}
