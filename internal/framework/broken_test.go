package framework_test

import "strings"

// edit changes one file of testdata/small: the first old in it becomes new. A file without old is written whole.
type edit struct{ file, old, new string }

// broken are the mistakes that a person makes in a knowledge file, and what the loader says.
var broken = []struct {
	what  string
	edits []edit
	want  string
}{
	// Keys and values
	{"an unknown key", []edit{{"caching.yaml", "complexity: low", "complexitty: low"}},
		`caching.yaml:6:1: unknown key "complexitty"; did you mean "complexity"?`},
	{"an unknown key that is like no other", []edit{{"caching.yaml", "complexity: low", "price: low"}},
		`caching.yaml:6:1: unknown key "price"`},
	{"an unknown key deep down", []edit{{"caching.yaml", "        when: traffic == \"writes\"", "        if: traffic == \"writes\""}},
		`
caching.yaml:64:9: missing key "when"
caching.yaml:65:9: unknown key "if"; there are says, when
`},
	{"a misspelt list: what is in it still counts", []edit{{"caching.yaml", "triggers:", "trigers:"}},
		`caching.yaml:16:1: unknown key "trigers"; did you mean "triggers"?`},
	{"a key that is given twice", []edit{{"caching.yaml", "    when: slow_answers", "    when: slow_answers\n    when: requests > 5"}},
		`caching.yaml:20:5: duplicate key "when": the first is on line 19`},
	{"a missing key", []edit{{"caching.yaml", "    says: Answers are slow.\n", ""}},
		`caching.yaml:17:5: missing key "says"`},
	{"a capability without its code", []edit{{"caching.yaml", "code: CA\n", ""}},
		`caching.yaml:1:1: missing key "code": a capability has one`},
	{"a list where a text belongs", []edit{{"caching.yaml", "title: Caching", "title: [Caching]"}},
		`caching.yaml:4:8: "title" must be a text, not a list`},
	{"a text where a list belongs", []edit{{"caching.yaml", "answers: [CA-T2]", "answers: CA-T2"}},
		`caching.yaml:32:14: "answers" must be a list, not "CA-T2"`},
	{"a list where a mapping belongs", []edit{{"layer3.yaml", "    prerequisite:\n      capability: caching\n", "    prerequisite:\n    - capability: caching\n"}},
		`layer3.yaml:10:5: "prerequisite" must be a mapping, not a list`},
	{"a mark that is neither true nor false", []edit{{"caching.yaml", "measured: true", "measured: yes"}},
		`caching.yaml:38:15: "yes" is a string, and measured is true or false`},
	{"a step that is not a number", []edit{{"facts.yaml", "step: 0.5", "step: half"}},
		`
facts.yaml:24:9: latency_ms is a number and needs a step above 0: how far is just past a boundary?
facts.yaml:27:11: "half" is a string, and step is a number of 0 or more
`},
	{"a number that is not what it says", []edit{{"facts.yaml", "step: 0.5", "step: 0.12345678901234567"}},
		`
facts.yaml:24:9: latency_ms is a number and needs a step above 0: how far is just past a boundary?
facts.yaml:27:11: 0.12345678901234567 has more than 15 significant digits
`},
	{"an effect that there is not", []edit{{"caching.yaml", "effect: floor", "effect: flor"}},
		`caching.yaml:28:13: "effect" must be one of floor, blocker, later, not "flor"; did you mean "floor"?`},
	{"an empty condition", []edit{{"caching.yaml", "    when: slow_answers", "    when:"}},
		`caching.yaml:19:10: "when" is empty; say something or leave the key out`},
	{"an empty condition in quotes", []edit{{"caching.yaml", "    when: slow_answers", "    when: \"  \""}},
		`caching.yaml:19:11: "when" is empty; say something or leave the key out`},

	// Conditions
	{"a misspelt fact", []edit{{"caching.yaml", "when: requests < 10", "when: stable && reqests < 10"}},
		`caching.yaml:27:21: "reqests" is not a fact; did you mean "requests"?`},
	{"a misspelt value", []edit{{"caching.yaml", "    when: traffic == \"reads\"\n\ndo_not", "    when: traffic == \"raeds\"\n\ndo_not"}},
		`caching.yaml:22:22: "raeds" is not one of traffic's values: reads, writes; did you mean "reads"?`},
	{"a misspelt member, in single quotes", []edit{{"caching.yaml", `'"gdpr" in rules'`, `'"gpdr" in rules'`}},
		`caching.yaml:52:12: "gpdr" is not one of rules's values: gdpr, dora; did you mean "gdpr"?`},
	{"a misspelt fact, behind an escape in double quotes", []edit{{"caching.yaml", `'"gdpr" in rules'`, `"\"gdpr\" in rulez"`}},
		`caching.yaml:52:24: "rulez" is not a fact; did you mean "rules"?`},
	{"a misspelt fact, behind letters beyond ASCII", []edit{{"caching.yaml", "when: requests < 10", "when: requests < 10 && \"ü\" in rulez"}},
		`caching.yaml:27:35: "rulez" is not a fact; did you mean "rules"?`},
	{"a text compared with a number", []edit{{"caching.yaml", "when: requests < 10", "when: requests < \"ten\""}},
		`caching.yaml:27:22: requests is an integer and cannot be compared with "ten"`},
	{"a decimal compared with an integer", []edit{{"caching.yaml", "when: requests < 10", "when: requests < 9.5"}},
		`caching.yaml:27:22: requests is an integer and cannot be compared with the decimal 9.5`},
	{"a number that stands alone", []edit{{"caching.yaml", "    when: slow_answers", "    when: latency_ms"}},
		`caching.yaml:19:11: latency_ms is a number and cannot stand alone: compare it`},
	{"a condition that ends too early", []edit{{"caching.yaml", "    when: slow_answers", "    when: slow_answers &&"}},
		`caching.yaml:19:26: want a fact, found the end`},
	{"a condition over two lines", []edit{{"caching.yaml", "    when: slow_answers", "    when: slow_answers &&\n      stable"}},
		`caching.yaml:19:11: a condition must be on one line, after its key`},
	{"a folded condition", []edit{{"caching.yaml", "    when: slow_answers", "    when: >-\n      slow_answers"}},
		`caching.yaml:19:11: a condition must be on one line, after its key`},
	{"a misspelt fact in a conflict, a guard, a route, an option", []edit{
		{"rules.yaml", "when: requests < 10 && slow_answers", "when: requests < 10 && slow_answer"},
		{"layer3.yaml", "when: stable", "when: stabel"},
		{"layer3.yaml", "when: traffic == \"writes\"", "when: trffic == \"writes\""},
		{"caching.yaml", "        when: traffic == \"writes\"", "        when: traffik == \"writes\""},
	},
		`
caching.yaml:65:15: "traffik" is not a fact; did you mean "traffic"?
layer3.yaml:15:15: "stabel" is not a fact; did you mean "stable"?
layer3.yaml:17:15: "trffic" is not a fact; did you mean "traffic"?
rules.yaml:22:28: "slow_answer" is not a fact; did you mean "slow_answers"?
`},

	// Facts
	{"a type that there is not", []edit{{"facts.yaml", "type: integer", "type: int"}},
		`facts.yaml:10:11: "type" must be one of boolean, integer, number, choice, set, not "int"`},
	{"a fact that is wrong itself does not spoil the conditions over it", []edit{{"facts.yaml", "type: choice", "type: chioce"}},
		`facts.yaml:18:11: "type" must be one of boolean, integer, number, choice, set, not "chioce"; did you mean "choice"?`},
	{"a name in capitals", []edit{{"facts.yaml", "- id: latency_ms", "- id: latencyMS"}},
		`
caching.yaml:37:11: "latency_ms" is not a fact; did you mean "latencyMS"?
facts.yaml:24:9: "latencyMS" is not a snake_case name: write small letters, digits and _
`},
	{"a name that is a word of conditions", []edit{{"facts.yaml", "- id: latency_ms", "- id: in"}},
		`
caching.yaml:37:11: "latency_ms" is not a fact
facts.yaml:24:9: "in" is reserved in conditions and cannot name a fact
`},
	{"a fact that is given twice", []edit{{"facts.yaml", "- id: latency_ms", "- id: requests"}},
		`
caching.yaml:37:11: "latency_ms" is not a fact
facts.yaml:24:9: "requests" is given twice: first at facts.yaml:9:9
`},
	{"a choice without values", []edit{{"facts.yaml", "    values:\n      - reads\n      - writes\n", ""}},
		`facts.yaml:17:9: traffic is a choice and lists no values`},
	{"a number with values", []edit{{"facts.yaml", "    unit: ms\n", "    values: [few, many]\n"}},
		`facts.yaml:26:14: latency_ms is a number, which has no values`},
	{"a value that is given twice", []edit{{"facts.yaml", "      - writes", "      - writes\n      - reads"}},
		`facts.yaml:22:9: value "reads" of traffic is given twice`},
	{"a number without a step", []edit{{"facts.yaml", "    step: 0.5\n", ""}},
		`facts.yaml:24:9: latency_ms is a number and needs a step above 0: how far is just past a boundary?`},
	{"a boolean with a step", []edit{{"facts.yaml", "    question: Are answers slow?", "    step: 2\n    question: Are answers slow?"}},
		`facts.yaml:13:9: slow_answers is a boolean, which has no step`},
	{"a question without a question mark", []edit{{"facts.yaml", "What dominates?", "What dominates"}},
		`facts.yaml:22:15: the question of traffic does not end with a question mark`},
	{"a presumption of another type", []edit{{"facts.yaml", "value: true", "value: stable"}},
		`facts.yaml:5:14: "stable" is a string, and stable is true or false`},
	{"a presumption that is not in the domain", []edit{{"facts.yaml", "value: []", "value: [gpdr]"}},
		`facts.yaml:34:15: "gpdr" is not one of gdpr, dora; did you mean "gdpr"?`},
	{"a presumption without a value", []edit{{"facts.yaml", "      value: true\n", ""}},
		`facts.yaml:5:7: missing key "value"`},

	// Ids
	{"an id that is given twice", []edit{{"caching.yaml", "- id: CA-T2", "- id: CA-T1"}},
		`
caching.yaml:20:9: "CA-T1" is given twice: first at caching.yaml:17:9
caching.yaml:32:15: "CA-T2" is not a trigger (T) or reason for now (W) of caching; did you mean "CA-T1"?
`},
	{"an id that stands in two files", []edit{{"rules.yaml", "- id: R3", "- id: R3\n    says: Again.\n  - id: C1"}},
		`
rules.yaml:20:9: id "C1" must be "R" and a number, like all ids in this list
rules.yaml:20:9: "C1" is given twice: first at layer3.yaml:25:11
`},
	{"an id with another capability's code", []edit{{"caching.yaml", "- id: CA-W2", "- id: SM-W2"}},
		`caching.yaml:40:9: id "SM-W2" must be "CA-W" and a number, like all ids in this list`},
	{"an id with another list's letter", []edit{{"caching.yaml", "- id: CA-W2", "- id: CA-T3"}},
		`caching.yaml:40:9: id "CA-T3" must be "CA-W" and a number, like all ids in this list`},
	{"an id without a number", []edit{{"caching.yaml", "- id: CA-W2", "- id: CA-Wb"}},
		`caching.yaml:40:9: id "CA-Wb" must be "CA-W" and a number, like all ids in this list`},
	{"a matrix row with a number", []edit{{"caching.yaml", "  id: CA-M\n", "  id: CA-M1\n"}},
		`
caching.yaml:9:7: id "CA-M1" must be "CA-M" in "matrix"
caching.yaml:39:12: "CA-M" is not a required statement of caching; did you mean "CA-M1"?
rules.yaml:27:10: "CA-M" is not an id; did you mean "CA-M1"?
`},
	{"a part of another question", []edit{{"caching.yaml", "- id: CA-Q1a", "- id: CA-Q2a"}},
		`caching.yaml:71:13: id "CA-Q2a" must be "CA-Q1" and a letter, like all ids in this list`},
	{"a code in small letters", []edit{{"caching.yaml", "code: CA", "code: ca"}},
		`caching.yaml:3:7: code "ca" is not two or more capital letters`},
	{"a capability's id with a space", []edit{{"caching.yaml", "id: caching", "id: a cache"}},
		`
caching.yaml:2:5: "a cache" is not a kebab-case name: write small letters, digits and -
layer3.yaml:10:19: "caching" is not a capability
rules.yaml:3:9: "caching" is not a capability
`},

	// References
	{"answers to nothing", []edit{{"caching.yaml", "answers: [CA-T2]", "answers: [CA-T1, CA-T4]"}},
		`caching.yaml:32:22: "CA-T4" is not a trigger (T) or reason for now (W) of caching; did you mean "CA-T1"?`},
	{"answers to what is no reason", []edit{{"caching.yaml", "answers: [CA-T2]", "answers: [CA-L1]"}},
		`caching.yaml:32:15: "CA-L1" is not a trigger (T) or reason for now (W) of caching; did you mean "CA-T1"?`},
	{"a lift of what is not required", []edit{{"caching.yaml", "lifts: CA-M", "lifts: CA-N1"}},
		`caching.yaml:39:12: "CA-N1" is not a required statement of caching`},
	{"the same as nothing", []edit{{"caching.yaml", "same_as: R1", "same_as: R2"}},
		`caching.yaml:49:14: "R2" is not a statement; did you mean "R1"?`},
	{"the same as itself, by way of another", []edit{
		{"caching.yaml", "same_as: R1", "same_as: CA-L2"},
		{"caching.yaml", "effect: later", "effect: later\n    same_as: CA-L1"}},
		`
caching.yaml:49:14: "same_as" of CA-L1 leads back to itself: leave it out of the statement that the others repeat
caching.yaml:54:14: "same_as" of CA-L2 leads back to itself: leave it out of the statement that the others repeat
`},
	{"an exit that is not a question", []edit{{"caching.yaml", "exit: CA-Q1", "exit: CA-Q3"}},
		`caching.yaml:77:7: "CA-Q3" is not a question of caching; did you mean "CA-Q1"?`},
	{"a reading on nothing", []edit{{"rules.yaml", "on: [CA-M]", "on: [CA-N]"}},
		`rules.yaml:27:10: "CA-N" is not an id; did you mean "CA-N1"?`},
	{"a reading on nothing at all", []edit{{"rules.yaml", "    on: [CA-M]\n", ""}},
		`rules.yaml:26:11: reading cache-needs-load has neither "on" (ids) nor "scope" (words): say where it applies`},
	{"an order of what is not there", []edit{{"rules.yaml", "order: [caching]", "order: [cacheing, caching, caching]"}},
		`
rules.yaml:3:9: "cacheing" is not a capability; did you mean "caching"?
rules.yaml:3:28: "caching" is given twice in the order
`},
	{"a theme that rests on nothing", []edit{
		{"layer3.yaml", "capability: caching", "capability: cashing"},
		{"layer3.yaml", "statement: CA-B1", "statement: CA-B2"},
		{"layer3.yaml", "options: [CA-O1]", "options: [CA-O2]"}},
		`
layer3.yaml:10:19: "cashing" is not a capability; did you mean "caching"?
layer3.yaml:11:18: "CA-B2" is not an id; did you mean "CA-B1"?
layer3.yaml:19:19: "CA-O2" is not an option; did you mean "CA-O1"?
`},
	{"a theme that needs what is not a trigger", []edit{{"layer3.yaml", "any_stands: [CA-T1]", "any_stands: [CA-W1]"}},
		`layer3.yaml:8:20: "CA-W1" is not a trigger (T) of caching; did you mean "CA-T1"?`},
	{"a theme with two needs", []edit{{"layer3.yaml", "any_stands: [CA-T1]", "any_stands: [CA-T1]\n      when: stable"}},
		`layer3.yaml:7:13: the need of Z1 must have either "when" or "any_stands"`},
	{"a theme without a need", []edit{{"layer3.yaml", "      any_stands: [CA-T1]\n", ""}},
		`layer3.yaml:7:13: the need of Z1 must have either "when" or "any_stands"`},
	{"a conflict with what is not a capability", []edit{{"rules.yaml", "slow_answers\n", "slow_answers\n    not_running: cache\n"}},
		`rules.yaml:23:18: "cache" is not a capability`},
	{"an example with what is not a fact, and with what is not a value", []edit{
		{"layer3.yaml", "fact: requests", "fact: request"},
		{"layer3.yaml", "value: [gdpr]", "value: gdpr"}},
		`
layer3.yaml:28:13: "request" is not a fact; did you mean "requests"?
layer3.yaml:33:14: "gdpr" is a string, and rules is a list of gdpr, dora
`},

	// Marks
	{"disabled without a reason", []edit{{"caching.yaml", "    when: slow_answers", "    when: slow_answers\n    disabled: true"}},
		`caching.yaml:17:9: CA-T1 is disabled and gives no reason`},
	{"a reason for nothing", []edit{{"caching.yaml", "    when: slow_answers", "    when: slow_answers\n    reason: we know better"}},
		`caching.yaml:20:13: CA-T1 gives a reason and is not disabled`},
	{"a mark in a list where it does nothing", []edit{{"caching.yaml", "    when: slow_answers", "    when: slow_answers\n    measured: true"}},
		`caching.yaml:17:9: "measured" does nothing in "triggers"`},
	{"an effect in a list where it does nothing", []edit{{"caching.yaml", "effect: floor", "effect: later"}},
		`caching.yaml:28:13: effect "later" does nothing in "do_not"; it has floor or blocker`},
	{"a condition where nothing is decided", []edit{{"caching.yaml", "    says: On the network of Layer 1.", "    says: On the network.\n    when: stable"}},
		`caching.yaml:77:11: "when" does nothing in "builds_on"`},
	{"a mark without a condition", []edit{{"caching.yaml", "    when: requests < 10\n", ""}},
		`caching.yaml:27:13: "effect" does nothing without "when"`},
	{"a mark on a thing to do", []edit{{"caching.yaml", "do: always", "do: always\n    measured: true"}},
		`caching.yaml:40:9: "measured" does nothing next to "do"`},
	{"a rule that decides nothing", []edit{{"rules.yaml", "says: Measure impact.", "says: Measure impact.\n    when: stable"}},
		`rules.yaml:20:11: "when" does nothing without "effect" in "rules"`},
	{"a second rule that blocks everything", []edit{{"rules.yaml", "says: Measure impact.", "says: Measure impact.\n    when: stable\n    effect: blocker"}},
		`rules.yaml:18:9: R3 would be a second rule that blocks every capability; R1 already does`},
	{"options of no kind", []edit{{"caching.yaml", "options_kind: tools\n", ""}},
		`caching.yaml:56:9: missing key "options_kind": tools and approaches are ranked, levels and components add up`},

	// YAML
	{"a tag, which is what an unquoted ! is", []edit{{"caching.yaml", "when: \"!slow_answers\"", "when: !slow_answers"}},
		`caching.yaml:31:11: a tag, !slow_answers, is refused: put a value that starts with ! in quotes`},
	{"a tag of YAML's own", []edit{{"rules.yaml", "version: 0.1.0", "version: !!str 0.1.0"}},
		`rules.yaml:1:10: a tag, !!str, is refused: put a value that starts with ! in quotes`},
	{"a tag without a name", []edit{{"rules.yaml", "version: 0.1.0", "version: ! 0.1.0"}},
		`rules.yaml:1:10: a tag, !, is refused: put a value that starts with ! in quotes`},
	{"an anchor and an alias", []edit{{"caching.yaml", "says: Answers are slow.", "says: &slow Answers are slow."}, {"caching.yaml", "says: Reads dominate.", "says: *slow"}},
		`
caching.yaml:18:11: an anchor, &slow, is refused: write the value out where it is meant
caching.yaml:21:11: an alias, *slow, is refused: write the value out
`},
	{"a merge key", []edit{{"caching.yaml", "    says: Answers are slow.", "    <<: {says: Answers are slow.}"}},
		`caching.yaml:18:5: a merge key, <<, is refused: write the keys out`},
	{"anchors and aliases throughout", []edit{{"bomb.yaml", "", "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"}},
		`
bomb.yaml:1:1: unknown key "a"
bomb.yaml:1:4: an anchor, &a, is refused: write the value out where it is meant
bomb.yaml:2:1: unknown key "b"
bomb.yaml:2:4: an anchor, &b, is refused: write the value out where it is meant
bomb.yaml:2:8: an alias, *a, is refused: write the value out
bomb.yaml:2:12: an alias, *a, is refused: write the value out
bomb.yaml:3:1: unknown key "c"
bomb.yaml:3:5: an alias, *b, is refused: write the value out
bomb.yaml:3:9: an alias, *b, is refused: write the value out
`},
	{"an alias of nothing", []edit{{"caching.yaml", "title: Caching", "title: *cache"}},
		`caching.yaml:4:8: not YAML: unknown anchor 'cache' referenced`},
	{"broken YAML", []edit{{"caching.yaml", "title: Caching", "title: Caching: fast"}},
		`caching.yaml:4:15: not YAML: mapping values are not allowed in this context`},
	{"a tab", []edit{{"caching.yaml", "  id: CA-M\n", "\tid: CA-M\n"}},
		`caching.yaml:9:1: not YAML: a tab, which YAML does not accept as indentation: use spaces`},
	{"two documents", []edit{{"rules.yaml", "framework:", "---\nframework:"}},
		`rules.yaml:5:1: a second document: a knowledge file holds one`},
	{"a list instead of a file", []edit{{"more.yaml", "", "- id: cache_size\n"}},
		`more.yaml:1:1: the file must be a mapping, not a list`},
	{"a list as a key", []edit{{"more.yaml", "", "? [a, b]\n: c\n"}},
		`more.yaml:1:3: a key is a word, not a list`},
	{"an empty file", []edit{{"more.yaml", "", ""}},
		`more.yaml: empty: remove the file, or write knowledge in it`},
	{"a file of comments", []edit{{"more.yaml", "", "# to be written\n"}},
		`more.yaml: empty: remove the file, or write knowledge in it`},
	{"a file of 10 MB", []edit{{"more.yaml", "", strings.Repeat("# ten bytes", 10_000_000/11+1)}},
		`more.yaml: cannot be read: too large: 10000001 bytes (limit: 1048576)`},
	{"bytes that are not UTF-8", []edit{{"caching.yaml", "title: Caching", "title: Cäching \xff"}},
		`caching.yaml:4:16: the byte 0xFF, which is not UTF-8: save the file as UTF-8`},
	{"a control character", []edit{{"caching.yaml", "title: Caching", "title: Cach\x01ing"}},
		`caching.yaml:4:12: the control character U+0001: take it out`},
	{"nesting without an end", []edit{{"more.yaml", "", strings.Repeat(strings.Repeat("[", 8_000)+"\n", 10)}},
		`more.yaml:2:2001: not YAML: exceeded max depth of 10000`},

	// All at once
	{"several mistakes in several files", []edit{
		{"caching.yaml", "complexity: low", "complexitty: lo"},
		{"caching.yaml", "when: requests < 10", "when: reqests < 10"},
		{"caching.yaml", "answers: [CA-T2]", "answers: [CA-T9]"},
		{"facts.yaml", "What dominates?", "What dominates"},
		{"caching.yaml", "when: traffic == \"writes\"", "when: traffic == \"wites\""},
		{"layer3.yaml", "statement: CA-B1", "statement: CA-B7"},
		{"rules.yaml", "says: It helps to decide.", "says:"},
	},
		`
caching.yaml:6:1: unknown key "complexitty"; did you mean "complexity"?
caching.yaml:6:14: "complexity" must be one of low, low-medium, medium, medium-high, high, not "lo"; did you mean "low"?
caching.yaml:27:11: "reqests" is not a fact; did you mean "requests"?
caching.yaml:32:15: "CA-T9" is not a trigger (T) or reason for now (W) of caching; did you mean "CA-T1"?
caching.yaml:65:26: "wites" is not one of traffic's values: reads, writes; did you mean "writes"?
facts.yaml:22:15: the question of traffic does not end with a question mark
layer3.yaml:11:18: "CA-B7" is not an id; did you mean "CA-B1"?
rules.yaml:7:10: "says" is empty; say something or leave the key out
`},
	{"a file that cannot be read: nothing is said about names that it may hold", []edit{
		{"facts.yaml", "type: boolean", "type: boolean: yes"},
		{"caching.yaml", "answers: [CA-T2]", "answers: [CA-T2]\n    measured: true"},
	},
		`
caching.yaml:29:9: "measured" does nothing in "do_not"
facts.yaml:3:18: not YAML: mapping values are not allowed in this context
`},
}
