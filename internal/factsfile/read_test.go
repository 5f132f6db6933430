package factsfile_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/factsfile"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/tools"
)

// known writes down what a workspace knows.
func known(f *framework.Framework, w tools.Workspace) string {
	var words []string
	for i, value := range w.Facts {
		switch name := f.Dictionary.Fact(i).Name; {
		case value.Unsettled:
			words = append(words, name+" is unsettled")
		case value.Kind != fact.Unknown:
			words = append(words, fmt.Sprintf("%s = %s", name, value))
		}
	}
	for _, c := range f.Capabilities {
		switch w.Runs[c.ID.Value] {
		case decide.Yes:
			words = append(words, c.ID.Value+" runs")
		case decide.No:
			words = append(words, c.ID.Value+" does not run")
		}
	}
	for i, source := range w.Sources {
		if source != "" {
			words = append(words, fmt.Sprintf("%s says %q", f.Dictionary.Fact(i).Name, source))
		}
	}
	return strings.Join(words, "\n")
}

func TestWhatAFileSays(t *testing.T) {
	for _, test := range []struct{ name, file, want string }{
		{"a value of each type", "facts: {services: 7, layer1_stable: true, tenancy: multi, compliance: [dora, gdpr], debugging_hours_per_week: 2.5}",
			"layer1_stable = true\nservices = 7\ncompliance = [gdpr, dora]\ndebugging_hours_per_week = 2.5\ntenancy = multi"},
		{"a range", "facts:\n  services: {at_least: 5, at_most: 6}\n", "services = 5 to 6"},
		{"a range with one limit", "facts:\n  services: {at_least: 5}\n  developers: {at_most: 9}\n", "services = 5 or more\ndevelopers = at most 9"},
		{"a range of decimals, in a block", "facts:\n  debugging_hours_per_week:\n    at_least: 2.5\n    at_most: 4\n", "debugging_hours_per_week = 2.5 to 4"},
		{"a range with an open limit", "facts:\n  services: {more_than: 1}\n  debugging_hours_per_week: {more_than: 1}\n  rto_minutes: {less_than: 60}\n",
			"services = 2 or more\ndebugging_hours_per_week = more than 1\nrto_minutes = less than 60"},
		{"a range as a call writes it", `facts: {services: "5..6", developers: ">9", rto_minutes: "<60"}`, "services = 5 to 6\ndevelopers = 10 or more\nrto_minutes = less than 60"},
		{"a range of all numbers is unknown", "facts: {services: {at_least: 0}}", ""},
		{"unsettled facts", "facts: {services: 7}\nunsettled: [ha_setup, compliance]\n", "services = 7\ncompliance is unsettled\nha_setup is unsettled"},
		{"unsettled facts in lines", "unsettled:\n  - ha_setup # ask Anna\n", "ha_setup is unsettled"},
		{"unsettled facts with words, which are their source", "unsettled:\n  ha_setup: \"I'd have to ask\"\n  ha_tested:\n",
			"ha_tested is unsettled\nha_setup is unsettled\nha_setup says \"I'd have to ask\""},
		{"an unsettled fact with its source beside the others", "unsettled: [ha_setup]\nsources: {ha_setup: Anna}\n", "ha_setup is unsettled\nha_setup says \"Anna\""},
		{"an unsettled fact that is null", "facts: {ha_setup: null}\nunsettled: [ha_setup]\n", "ha_setup is unsettled"},
		{"nothing is unsettled", "unsettled: []\nfacts: {services: 7}\n", "services = 7"},
		{"a range of one number is that number", "facts: {services: {at_least: 5, at_most: 5}}", "services = 5"},
		{"nothing, null and ~ are unknown", "facts:\n  services:\n  tenancy: null\n  developers: ~\n", ""},
		{"a list closes what runs", "facts: {services: 1}\nrunning: [observability]\n",
			"services = 1\nservice-mesh does not run\ndistributed-tracing does not run\nchaos-engineering does not run\npolicy-enforcement does not run\n" +
				"cost-visibility does not run\nmulti-region does not run\nobservability runs\nauditing does not run"},
		{"a mapping leaves the others open", "running: {distributed-tracing: true, auditing: false, observability: null}",
			"distributed-tracing runs\nauditing does not run"},
		{"sources", "facts: {services: 7}\nsources: {services: \"README.md:14\"}", "services = 7\nservices says \"README.md:14\""},
		{"JSON is YAML", `{"facts":{"services":7,"compliance":["gdpr"]}}`, "services = 7\ncompliance = [gdpr]"},
		{"line ends of Windows, and a byte order mark", "\ufefffacts:\r\n  services: 7\r\n", "services = 7"},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := shipped.Framework(t)
			w, err := factsfile.Read(f, "layer2.yaml", []byte(test.file))
			if err != nil {
				t.Fatal(err)
			}
			if got := known(f, w); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestEveryMistakeHasItsPlace(t *testing.T) {
	for _, test := range []struct{ name, file, want string }{
		{"a misspelt fact", "# what we know\nfacts:\n  tenancy: multi\n  servces: 5\n",
			`layer2.yaml:4:3: "servces" is not a fact; did you mean "services"?`},
		{"all at once, in the order of the file", "sources:\n  developers: nine\nfacts:\n  services: many\n  tenancy: mlti\n  tenancy: multi\n",
			"layer2.yaml:2:3: sources: developers has no value in facts, and is not unsettled\n" +
				`layer2.yaml:4:13: services: "many" is a string, and services is a whole number of 0 or more` + "\n" +
				`layer2.yaml:5:12: tenancy: "mlti" is not one of single, multi; did you mean "multi"?` + "\n" +
				`layer2.yaml:6:3: duplicate key "tenancy": the first is on line 5`},
		{"a member of a list, where it stands", "facts:\n  compliance:\n    - gdpr\n    - doora\n    - 3\n",
			`layer2.yaml:4:7: compliance: "doora" is not one of gdpr, dora, pci_dss, iso_27001, other; did you mean "dora"?` + "\n" +
				"layer2.yaml:5:7: compliance: 3 is a number, and compliance is a list of gdpr, dora, pci_dss, iso_27001, other"},
		{"a fact beside the facts", "services: 5\n",
			`layer2.yaml:1:1: unknown key "services"; it is a fact: put it under facts`},
		{"a misspelt key", "fcats: {services: 5}\n",
			`layer2.yaml:1:1: unknown key "fcats"; did you mean "facts"?`},
		{"limits the wrong way round", "facts: {services: {at_least: 6, at_most: 5}}", "layer2.yaml:1:19: services: at_least 6 is more than at_most 5"},
		{"a range without limits", "facts: {services: {}}",
			"layer2.yaml:1:19: services: a range without a limit says nothing: leave it out, or write it as in 5..6, 5.., ..6, >1 or <60"},
		{"a fact with a value that is unsettled", "unsettled: [services, ha_setup]\nfacts: {ha_setup: true}\n",
			"layer2.yaml:1:23: unsettled: ha_setup has a value in facts: leave it out of one of them"},
		{"a misspelt fact that is unsettled", "unsettled: [ha_stup]\n", `layer2.yaml:1:13: unsettled: "ha_stup" is not a fact; did you mean "ha_setup"?`},
		{"a misspelt fact with words", "unsettled:\n  ha_stup: ask\n", `layer2.yaml:2:3: "ha_stup" is not a fact; did you mean "ha_setup"?`},
		{"an unsettled fact twice", "unsettled: [ha_setup, ha_setup]\n", "layer2.yaml:1:23: unsettled: ha_setup is given twice"},
		{"one unsettled fact without a list", "unsettled: ha_setup\n",
			`layer2.yaml:1:12: unsettled is a list of facts, or a mapping of them to what was said, not "ha_setup"`},
		{"unsettled as a list of words", "unsettled:\n  - ha_setup: ask Anna\n", `layer2.yaml:2:5: "unsettled" must be a text, not a mapping`},
		{"words that are none", "unsettled: {ha_setup: 7}\n", "layer2.yaml:1:23: unsettled: ha_setup: 7 is a number, and a source is a string"},
		{"words and a source", "unsettled: {ha_setup: ask}\nsources: {ha_setup: Anna}\n",
			"layer2.yaml:2:11: sources: ha_setup has words in unsettled, which are its source: leave one of them out"},
		{"an unsettled fact at the top", "unsetled: [ha_setup]\n", `layer2.yaml:1:1: unknown key "unsetled"; did you mean "unsettled"?`},
		{"a misspelt limit", "facts: {services: {atleast: 5}}",
			`layer2.yaml:1:20: services: "atleast" is not a limit of a range, which has at_least or more_than, at_most or less_than; did you mean "at_least"?`},
		{"a limit twice", "facts: {services: {at_least: 5, at_least: 6}}", `layer2.yaml:1:33: services: at_least is given twice`},
		{"a limit that is not a number", "facts: {services: {at_least: few, at_most: }}",
			`layer2.yaml:1:30: services: at_least is a number, not "few"` + "\n" +
				"layer2.yaml:1:44: services: at_most is a number, not null"},
		{"half a service", "facts: {services: {at_least: 1.5}}", "layer2.yaml:1:30: services: 1.5 is not a whole number, and services is a whole number of 0 or more"},
		{"a range of what is not a number", "facts: {tenancy: {at_least: 5}}", "layer2.yaml:1:18: tenancy: {…} is an object, and tenancy is one of single, multi"},
		{"numbers that not all read alike", "facts: {services: 0x10, developers: 1_000, rto_minutes: .5}",
			"layer2.yaml:1:19: services: 0x10 is not a plain number: write it as in 7 or 1.5\n" +
				"layer2.yaml:1:37: developers: 1_000 is not a plain number: write it as in 7 or 1.5\n" +
				"layer2.yaml:1:57: rto_minutes: .5 is not a plain number: write it as in 7 or 1.5"},
		{"yes is a text", "facts: {layer1_stable: yes}", `layer2.yaml:1:24: layer1_stable: "yes" is a string, and layer1_stable is true or false`},
		{"a capability that is none", "running: [service-mash]\n",
			`layer2.yaml:1:11: running: "service-mash" is not a capability; did you mean "service-mesh"?`},
		{"a capability that nothing is near", "running: {kafka: true}\n",
			`layer2.yaml:1:11: running: "kafka" is not a capability; there are service-mesh, distributed-tracing, chaos-engineering, policy-enforcement, ` +
				`cost-visibility, multi-region, observability, auditing`},
		{"running as a mapping to words", "running: {service-mesh: often}\n", `layer2.yaml:1:25: "often" is a string, and service-mesh is true or false`},
		{"running as a word", "running: service-mesh\n",
			`layer2.yaml:1:10: running is a list of capabilities, or a mapping of them to true or false, not "service-mesh"`},
		{"facts as a list", "facts: [services]\n", `layer2.yaml:1:8: "facts" must be a mapping, not a list`},
		{"a list at the top", "- services\n", "layer2.yaml:1:1: the file must be a mapping, not a list"},
		{"a key that is a list", "facts: {[a]: 1}\n", "layer2.yaml:1:9: a key is a word, not a list"},
		{"a source that is not text", "facts: {services: 5}\nsources: {services: 7}\n", "layer2.yaml:2:21: sources: services: 7 is a number, and a source is a string"},
		{"a tag", "facts: {services: !!int \"5\"}\n", "layer2.yaml:1:19: a tag, !!int, is refused: put a value that starts with ! in quotes"},
		{"an anchor and an alias", "facts: {services: &n 5, developers: *n}\n",
			"layer2.yaml:1:19: an anchor, &n, is refused: write the value out where it is meant\n" +
				"layer2.yaml:1:37: an alias, *n, is refused: write the value out"},
		{"a merge key", "facts:\n  <<: {services: 5}\n", "layer2.yaml:2:3: a merge key, <<, is refused: write the keys out"},
		{"two documents", "facts: {}\n---\nfacts: {}\n", "layer2.yaml:2:1: a second document: a facts file holds one"},
		{"a tab", "facts:\n\tservices: 5\n", "layer2.yaml:2:1: not YAML: a tab, which YAML does not accept as indentation: use spaces"},
		{"no UTF-8", "facts:\n  ë: \xff\n", "layer2.yaml:2:6: the byte 0xFF, which is not UTF-8: save the file as UTF-8"},
		{"only comments", "# nothing yet\n", "layer2.yaml: the file says nothing; write facts: {services: 7}, for example"},
		{"too large", strings.Repeat("# large\n", 1<<17+1), "layer2.yaml: too large: 1048584 bytes, more than the 1048576 that a facts file may have"},
	} {
		t.Run(test.name, func(t *testing.T) {
			w, err := factsfile.Read(shipped.Framework(t), "layer2.yaml", []byte(test.file))
			if err == nil {
				t.Fatalf("read as %s", known(shipped.Framework(t), w))
			}
			if err.Error() != test.want {
				t.Errorf("got\n%v\nwant\n%s", err, test.want)
			}
		})
	}
}

// A file that is wrong throughout is refused soon, and its message stays short.
func TestAFileOfMistakesIsReadSoon(t *testing.T) {
	for _, line := range []string{"  servces: 5\n", "  services: [[[[[[5]]]]]]\n", "  servces%d: 5\n", "  compliance: [x%d]\n"} {
		var b strings.Builder
		b.WriteString("facts:\n")
		for i := 0; b.Len() < 1<<20-40; i++ {
			if strings.Contains(line, "%d") {
				fmt.Fprintf(&b, line, i)
			} else {
				b.WriteString(line)
			}
		}
		_, err := factsfile.Read(shipped.Framework(t), "layer2.yaml", []byte(b.String()))
		if err == nil || len(err.Error()) > 10_000 {
			t.Errorf("%q: %d bytes of error", line, len(fmt.Sprint(err)))
		}
	}
}
