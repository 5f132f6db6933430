package peers

import (
	"fmt"
	"strconv"
	"strings"
)

// regoModule is a capability as Rego has it: a rule a row, a rule a gate, and the ladder, as one rule with "else" for a plain answer, or
// as exclusive members of a set for partial evaluation, which leaves a rule with "else" as it is.
func regoModule(c capability, ladder func(capability) string) string {
	w := &regoWriter{}
	w.line("package %s\n", regoPackage(c))
	for _, r := range c.rows {
		w.rule(regoName(r.id), r.when)
	}
	gate := func(name string, test func(row) bool, answered bool) {
		found := false
		for _, r := range c.rows {
			if test(r) {
				w.line("%s if { %s }", name, strings.Join(c.regoStands(r, answered), "; "))
				found = true
			}
		}
		if !found {
			w.line("%s if { false }", name)
		}
	}
	gate("floor", func(r row) bool { return r.effect == floors }, false)
	gate("need", row.isTrigger, true)
	gate("lifted", func(r row) bool { return r.lifts }, true)
	gate("blocked", func(r row) bool { return r.effect == blocks }, false)
	gate("now", row.isNow, true)
	gate("later", func(r row) bool { return r.effect == argues }, false)
	gate("measured", func(r row) bool { return r.isNow() && r.measured }, true)
	w.line("small if { %s }", c.regoSmall())
	w.text.WriteString(ladder(c))
	return w.text.String()
}

// regoSmall is that the required row does not hold; false where there is none.
func (c capability) regoSmall() string {
	for _, r := range c.rows {
		if r.required {
			return "not " + regoName(r.id)
		}
	}
	return "false"
}

func regoLadder(c capability) string {
	head := `outcome := "skip scale" if floor
else := "skip need" if not need
`
	if c.prepare {
		return head + `else := "prepare timing"` + "\n"
	}
	return head + `else := "wait scale" if { small; not lifted }
else := "wait readiness" if blocked
else := "consider contested" if small
else := "wait timing" if { later; not now }
else := "consider contested" if { now; later }
else := "adopt timing" if { now; measured }
else := "consider unmeasured" if now
else := "consider no_pressure"
`
}

func regoMembers(c capability) string {
	head := `outcomes contains "skip scale" if floor
outcomes contains "skip need" if { not floor; not need }
`
	if c.prepare {
		return head + `outcomes contains "prepare timing" if { not floor; need }` + "\n"
	}
	return head + `outcomes contains "wait scale" if { not floor; need; small; not lifted }
outcomes contains "wait readiness" if { not floor; need; sized; blocked }
outcomes contains "consider contested" if { not floor; need; small; lifted; not blocked }
outcomes contains "wait timing" if { not floor; need; not small; not blocked; later; not now }
outcomes contains "consider contested" if { not floor; need; not small; not blocked; later; now }
outcomes contains "adopt timing" if { not floor; need; not small; not blocked; now; not later; measured }
outcomes contains "consider unmeasured" if { not floor; need; not small; not blocked; now; not later; not measured }
outcomes contains "consider no_pressure" if { not floor; need; not small; not blocked; not now; not later }
sized if not small
sized if lifted
`
}

func regoPackage(c capability) string { return "layer2." + strings.ReplaceAll(c.id, "-", "_") }

func regoName(id string) string { return strings.ToLower(strings.ReplaceAll(id, "-", "_")) }

// regoStands is that a row holds and, where asked, that nothing that answers it does.
func (c capability) regoStands(r row, answered bool) []string {
	list := []string{regoName(r.id)}
	for _, other := range c.rows {
		for _, id := range other.answers {
			if answered && id == r.id {
				list = append(list, "not "+regoName(other.id))
			}
		}
	}
	return list
}

type regoWriter struct {
	text  strings.Builder
	count int
}

func (w *regoWriter) line(format string, arguments ...any) {
	fmt.Fprintf(&w.text, format+"\n", arguments...)
}

// rule is a condition as a rule: a body for each of its alternatives.
func (w *regoWriter) rule(name string, c condition) {
	alternatives := []condition{c}
	if c.operator == anyOf {
		alternatives = c.parts
	}
	for _, alternative := range alternatives {
		var body []string
		for _, clause := range alternative.clauses() {
			body = append(body, w.clause(clause))
		}
		w.line("%s if { %s }", name, strings.Join(body, "; "))
	}
}

// clause is an expression; alternatives in it are a rule of their own.
func (w *regoWriter) clause(c condition) string {
	input := "input." + c.fact
	switch c.operator {
	case flag:
		return input + " == true"
	case equals:
		return input + " == " + strconv.Quote(c.text)
	case filled:
		return "count(" + input + ") > 0"
	case includes:
		return strconv.Quote(c.text) + " in " + input
	case above, below, atMost, atLeast:
		return input + " " + signs[c.operator] + " " + strconv.FormatFloat(c.number, 'f', -1, 64)
	case negated:
		part := c.parts[0]
		switch part.operator {
		case flag:
			return "input." + part.fact + " == false"
		case equals:
			return "input." + part.fact + " != " + strconv.Quote(part.text)
		case filled:
			return "count(input." + part.fact + ") == 0"
		case includes:
			return "not " + w.clause(part)
		}
		return "not " + w.helper(part)
	}
	return w.helper(c)
}

func (w *regoWriter) helper(c condition) string {
	w.count++
	name := "any_of_" + strconv.Itoa(w.count)
	w.rule(name, c)
	return name
}
