package mutation

import (
	"slices"
	"strconv"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"go.yaml.in/yaml/v4"
)

// document makes the mutants of one file.
func (m *mutator) document(root *yaml.Node) {
	for _, fact := range itemsOf(root, "facts") {
		m.presumption(fact)
	}
	if valueOf(root, "code") != nil {
		m.capability(root)
	}
	for i := range itemsOf(root, "order") {
		m.swap(valueOf(root, "order"), i)
	}
	for _, rule := range itemsOf(root, "rules") {
		m.condition(rule, textOf(rule, "id"))
		m.effect(rule, textOf(rule, "id"))
	}
	for i, conflict := range itemsOf(root, "conflicts") {
		m.conflict(root, conflict, i)
	}
	for _, theme := range itemsOf(root, "themes") {
		m.theme(theme)
	}
}

// condition mutates the value of "when".
func (m *mutator) condition(mapping *yaml.Node, subject string) {
	when := valueOf(mapping, "when")
	if when == nil || m.stopped {
		return
	}
	changes, err := conditionChanges(when.Value, m.dictionary)
	if err != nil {
		m.stopped = !m.yield(Mutant{File: m.file, Line: when.Line, Subject: subject}, err)
		return
	}
	for _, c := range changes {
		m.scalar(when, c.to, c.operator, subject)
	}
}

func (m *mutator) capability(c *yaml.Node) {
	id := textOf(c, "id")
	m.others(c, "mode", id, "prepare")
	m.complexity(c)
	m.kind(c)
	reasons := append(idsOf(c, "triggers"), idsOf(c, "now")...)
	required := ""
	if matrix := valueOf(c, "matrix"); matrix != nil {
		m.against(matrix, reasons)
		m.toggle(matrix, "required", "true")
		if valueOf(matrix, "required") != nil {
			required = textOf(matrix, "id")
		}
	}
	for _, trigger := range itemsOf(c, "triggers") {
		m.condition(trigger, textOf(trigger, "id"))
	}
	for _, statement := range slices.Concat(itemsOf(c, "do_not"), itemsOf(c, "later")) {
		m.against(statement, reasons)
	}
	for _, now := range itemsOf(c, "now") {
		m.now(now, required)
	}
	for _, option := range itemsOf(c, "options") {
		for _, list := range []string{"fits", "out"} {
			for i, clause := range itemsOf(option, list) {
				m.condition(clause, textOf(option, "id")+" "+list)
				m.drop(option, list, i, "clause", textOf(option, "id")+" "+list)
			}
		}
	}
}

// against mutates a statement of the matrix, the do-nots or the reasons to wait.
func (m *mutator) against(s *yaml.Node, reasons []string) {
	id := textOf(s, "id")
	m.condition(s, id)
	m.effect(s, id)
	m.links(s, "answers", "answers", id, reasons)
	if valueOf(s, "same_as") != nil {
		m.remove(s, "same_as", "mark", id)
	}
}

// now mutates a reason for now, or a thing to do.
func (m *mutator) now(s *yaml.Node, required string) {
	id := textOf(s, "id")
	m.condition(s, id)
	if valueOf(s, "do") != nil {
		m.others(s, "do", id, "always", "prepare", "adopt")
		return
	}
	m.toggle(s, "measured", "true")
	m.toggle(s, "regulation", "true")
	if required != "" {
		m.toggle(s, "lifts", required)
	}
}

// effect mutates an effect to every other one, those that its list cannot have among them, and to none.
func (m *mutator) effect(s *yaml.Node, id string) {
	if valueOf(s, "when") != nil {
		m.others(s, "effect", id, "floor", "blocker", "later")
	}
}

// others sets a key to each other value, and takes it away where it is.
func (m *mutator) others(mapping *yaml.Node, key, subject string, values ...string) {
	for _, value := range values {
		if textOf(mapping, key) != value {
			m.set(mapping, key, plain(value), key, subject)
		}
	}
	if valueOf(mapping, key) != nil {
		m.remove(mapping, key, key, subject)
	}
}

// toggle takes a mark of a statement with a condition away, or sets it.
func (m *mutator) toggle(s *yaml.Node, key, value string) {
	switch {
	case valueOf(s, "when") == nil:
	case valueOf(s, key) != nil:
		m.remove(s, key, "mark", textOf(s, "id"))
	default:
		m.set(s, key, plain(value), "mark", textOf(s, "id"))
	}
}

// links drops each id of a list, and points each to the next one that the list lacks.
func (m *mutator) links(mapping *yaml.Node, key, operator, subject string, known []string) {
	for i, link := range itemsOf(mapping, key) {
		m.drop(mapping, key, i, operator, subject)
		if next := after(known, link.Value, textsOf(valueOf(mapping, key))); next != "" {
			m.scalar(link, next, operator, subject)
		}
	}
}

// after is the first text behind one, round and round, that is not taken.
func after(texts []string, text string, taken []string) string {
	place := slices.Index(texts, text)
	for i := range texts {
		if next := texts[(place+1+i)%len(texts)]; !slices.Contains(taken, next) && next != text {
			return next
		}
	}
	return ""
}

func idsOf(mapping *yaml.Node, key string) []string {
	var ids []string
	for _, item := range itemsOf(mapping, key) {
		ids = append(ids, textOf(item, "id"))
	}
	return ids
}

// complexity moves a cost one step either way; it orders the plan.
func (m *mutator) complexity(c *yaml.Node) {
	costs := []string{"low", "low-medium", "medium", "medium-high", "high"}
	place := slices.Index(costs, textOf(c, "complexity"))
	for _, i := range []int{place - 1, place + 1} {
		if place >= 0 && i >= 0 && i < len(costs) {
			m.set(c, "complexity", plain(costs[i]), "complexity", textOf(c, "id"))
		}
	}
}

// kind ranks options that add up, and adds up those that are ranked.
func (m *mutator) kind(c *yaml.Node) {
	other := map[string]string{"tools": "components", "approaches": "levels", "levels": "approaches", "components": "tools"}
	if kind := textOf(c, "options_kind"); kind != "" {
		m.set(c, "options_kind", plain(other[kind]), "kind", textOf(c, "id"))
	}
}

// swap changes the order of two neighbours.
func (m *mutator) swap(list *yaml.Node, i int) {
	if i == 0 {
		return
	}
	with := *list
	with.Content = slices.Clone(list.Content)
	with.Content[i-1], with.Content[i] = with.Content[i], with.Content[i-1]
	from, to := list.Content[i-1].Value, list.Content[i].Value
	m.replace(list, with, "order", "order", from+", "+to, to+", "+from)
}

func (m *mutator) conflict(root, conflict *yaml.Node, i int) {
	subject := "conflict " + textOf(conflict, "when")
	m.condition(conflict, subject)
	m.drop(root, "conflicts", i, "conflict", subject)
	if running := valueOf(conflict, "not_running"); running != nil {
		m.remove(conflict, "not_running", "conflict", subject)
		m.scalar(running, after(m.order, running.Value, nil), "conflict", subject)
	}
}

// theme mutates what a theme needs, what must run before it, its guards and its routes.
func (m *mutator) theme(theme *yaml.Node) {
	id := textOf(theme, "id")
	need := valueOf(theme, "need")
	stated := valueOf(valueOf(theme, "prerequisite"), "capability")
	m.condition(need, id+" need")
	m.links(need, "any_stands", "need", id+" need", m.triggers[stated.Value])
	for _, capability := range m.order {
		if capability != stated.Value {
			m.scalar(stated, capability, "prerequisite", id)
		}
	}
	for i, inferred := range itemsOf(theme, "inferred") {
		m.drop(theme, "inferred", i, "prerequisite", id+" inferred")
		capability := valueOf(inferred, "capability")
		m.scalar(capability, after(m.order, capability.Value, nil), "prerequisite", id+" inferred")
	}
	for i, guard := range itemsOf(theme, "guards") {
		m.condition(guard, id+" guard")
		m.drop(theme, "guards", i, "guard", id+" guard")
	}
	for i, route := range itemsOf(theme, "routes") {
		m.condition(route, id+" route")
		m.drop(theme, "routes", i, "route", id+" route")
	}
}

// presumption takes away what silence is taken for, and sets it to each neighbour: a number one step off, another value, a member.
// A whole number without a presumption gets one: size is never presumed. What is worth a check is no longer.
func (m *mutator) presumption(about *yaml.Node) {
	presumed, id := valueOf(about, "presumed"), textOf(about, "id")
	index, _ := m.dictionary.Index(id)
	known := m.dictionary.Fact(index)
	if presumed == nil {
		if known.Kind == fact.Integer {
			value, zero, says, none := plain("value"), plain("0"), plain("says"), plain("there are none")
			m.set(about, "presumed", yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{&value, &zero, &says, &none}}, "presumption", id)
		}
		return
	}
	m.remove(about, "presumed", "presumption", id)
	if valueOf(presumed, "check") != nil {
		m.remove(presumed, "check", "presumption", id)
	}
	value := valueOf(presumed, "value")
	switch known.Kind {
	case fact.Boolean:
		m.set(presumed, "value", plain(strconv.FormatBool(value.Value != "true")), "presumption", id)
	case fact.Integer, fact.Number:
		for _, n := range []float64{known.Presumed.Number - known.Step, known.Presumed.Number + known.Step} {
			if n >= 0 {
				m.set(presumed, "value", plain(strconv.FormatFloat(n, 'f', -1, 64)), "presumption", id)
			}
		}
	case fact.Choice:
		for _, text := range known.Values {
			if text != value.Value {
				m.set(presumed, "value", plain(text), "presumption", id)
			}
		}
	case fact.Set:
		for _, member := range known.Values {
			one := plain(member)
			m.set(presumed, "value", yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle, Content: []*yaml.Node{&one}}, "presumption", id)
		}
	}
}
