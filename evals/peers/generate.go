package peers

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"strings"
	"testing/fstest"
)

// factsEach is the number of facts that each generated capability has of its own, as the shipped ones have on average.
const factsEach = 9

// Generate writes a knowledge of as many capabilities as one likes: each with facts of its own and two that all share, statements of
// every kind and mark, and conditions like those that ship.
func Generate(capabilities int) fs.FS {
	files := fstest.MapFS{}
	write := func(name, text string) { files[name] = &fstest.MapFile{Data: []byte(text)} }
	var order []string
	for i := range capabilities {
		g := generator{random: rand.New(rand.NewPCG(Seed, uint64(i))), code: letters(i), prefix: fmt.Sprintf("f%d_", i)}
		order = append(order, g.id())
		write(g.id()+".yaml", g.capability())
	}
	write("facts.yaml", "facts:\n"+factText("layer1_stable", "boolean", "")+factText("services", "integer", ""))
	write("rules.yaml", fmt.Sprintf(`version: 1.0.0
source: Generated
order: [%s]
framework:
  - id: F1
    says: It helps to decide.
layers:
  - id: Y1
    says: Layer 1 stands.
  - id: Y3
    says: Layer 3 is the future.
  - id: Y4
    says: Layer 3 waits for Layer 2.
rules:
  - id: R1
    says: Start simple.
    when: "!layer1_stable"
    effect: blocker
  - id: R3
    says: Measure impact.
  - id: R4
    says: Name the way back.
`, strings.Join(order, ",\n  ")))
	return files
}

// letters is a number as three capital letters.
func letters(n int) string {
	return string([]byte{'A' + byte(n/676%26), 'A' + byte(n/26%26), 'A' + byte(n%26)})
}

func factText(name, kind, more string) string {
	return fmt.Sprintf("  - id: %s\n    type: %s\n%s    question: What is %s?\n    meaning: As it says.\n", name, kind, more, name)
}

// generator writes one capability.
type generator struct {
	random       *rand.Rand
	code, prefix string
}

func (g *generator) id() string { return "capability-" + strings.ToLower(g.code) }

// flag is one of the capability's boolean facts: there are seven, beside a number and a choice.
func (g *generator) flag() string {
	return fmt.Sprintf("%sflag_%d", g.prefix, g.random.IntN(factsEach-2))
}

// atom is a condition of one fact.
func (g *generator) atom() string {
	switch g.random.IntN(8) {
	case 0:
		return fmt.Sprintf("services > %d", 3+g.random.IntN(6))
	case 1:
		return fmt.Sprintf("%shours > %d", g.prefix, 1+g.random.IntN(2))
	case 2:
		return fmt.Sprintf("%skind == %q", g.prefix, []string{"one", "two", "three"}[g.random.IntN(3)])
	}
	return g.flag()
}

// condition is one atom, or two that are joined.
func (g *generator) condition() string {
	switch g.random.IntN(3) {
	case 0:
		return g.atom()
	case 1:
		return g.atom() + " && " + g.atom()
	}
	return g.atom() + " || " + g.atom()
}

func (g *generator) capability() string {
	var text strings.Builder
	line := func(format string, arguments ...any) { fmt.Fprintf(&text, format+"\n", arguments...) }
	list := func(key, kind string, count int, each func(i int)) {
		line("%s:", key)
		for i := range count {
			line("  - id: %s-%s%d\n    says: It says so.", g.code, kind, i+1)
			each(i)
		}
	}
	line("id: %s\ncode: %s\ntitle: %s\nsummary: Generated.\ncomplexity: low", g.id(), g.code, g.code)
	line("facts:")
	for i := range factsEach - 2 {
		text.WriteString(factText(fmt.Sprintf("%sflag_%d", g.prefix, i), "boolean", ""))
	}
	text.WriteString(factText(g.prefix+"hours", "number", "    step: 0.25\n    unit: h\n"))
	text.WriteString(factText(g.prefix+"kind", "choice", "    values: [one, two, three]\n"))
	line("matrix:\n  id: %s-M\n  says: It needs size.\n  trigger: Size\n  skip_if: Small\n  when: services > 5\n  required: true", g.code)
	list("triggers", "T", 5, func(int) { line("    when: '%s'", g.condition()) })
	list("do_not", "N", 4, func(i int) {
		line("    when: '%s'", []string{"services < 3", g.atom(), g.condition(), "!" + g.flag()}[i])
		line("    %s", []string{"effect: floor", "answers: [" + g.code + "-T1]", "answers: [" + g.code + "-T2, " + g.code + "-T3]", "effect: blocker"}[i])
	})
	list("now", "W", 3, func(i int) {
		line("    when: '%s'", g.condition())
		if i == 0 {
			line("    measured: true\n    lifts: %s-M", g.code)
		}
	})
	list("later", "L", 2, func(int) { line("    when: '%s'\n    effect: later", g.condition()) })
	return text.String()
}
