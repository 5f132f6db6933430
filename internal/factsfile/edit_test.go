package factsfile_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/factsfile"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

func TestEdit(t *testing.T) {
	for _, test := range []struct{ name, before, set, after string }{
		{"a new file", "", "services=7", "facts:\n  services: 7\n"},
		{"a file of comments", "# our platform\n", "services=7", "# our platform\nfacts:\n  services: 7\n"},
		{"a value, and nothing else", "# our platform\nfacts:\n  tenancy: multi # three teams\n\n  # counted in March\n  services:  6   # and growing\n",
			"services=7", "# our platform\nfacts:\n  tenancy: multi # three teams\n\n  # counted in March\n  services:  7   # and growing\n"},
		{"a fact more stands last", "facts:\n  tenancy: multi # three teams\n# what runs\nrunning: []\n", "services=7",
			"facts:\n  tenancy: multi # three teams\n  services: 7\n# what runs\nrunning: []\n"},
		{"without a line end", "facts:\n    tenancy: multi", "services=7", "facts:\n    tenancy: multi\n    services: 7"},
		{"a file without facts", "running: []", "services=7", "running: []\nfacts:\n  services: 7\n"},
		{"empty facts", "facts: # to be found out\nrunning: []\n", "services=7", "facts: # to be found out\n  services: 7\nrunning: []\n"},
		{"facts that are null", "facts: ~ # to be found out\n", "services=7", "facts: # to be found out\n  services: 7\n"},
		{"facts in empty braces", "facts: {}\n", "services=7", "facts:\n  services: 7\n"},
		{"a fact without a value", "facts:\n  services: # who knows?\n", "services=7", "facts:\n  services: 7 # who knows?\n"},
		{"braces", "facts: {tenancy: multi, services: 6} # all\n", "services=7 developers=9",
			"facts: {tenancy: multi, services: 7, developers: 9} # all\n"},
		{"everything in braces", "{running: []}", "services=7", "{running: [], facts: {services: 7}}"},
		{"JSON", `{"facts":{"services":6,"compliance":["gdpr"]}}`, "services=7 compliance=[dora]", `{"facts":{"services":7,"compliance":["dora"]}}`},
		{"a list of lines becomes one line", "facts:\n  compliance: # asked for by\n    # the auditor\n    - gdpr\n    - dora # since May\n  services: 6\n",
			"compliance=dora", "facts:\n  compliance: [dora] # asked for by\n    # the auditor # since May\n  services: 6\n"},
		{"ranges", "facts:\n  services: 6\n  developers: {at_least: 3,\n    at_most: 5}\n", "services=5..6 developers=4.. rto_minutes=..60",
			"facts:\n  services: {at_least: 5, at_most: 6}\n  developers: {at_least: 4}\n  rto_minutes: {at_most: 60}\n"},
		{"a fact that is no longer known", "facts:\n  tenancy: multi\n  # counted\n  services: 6 # in March\n  developers: 9\n", "services=unset",
			"facts:\n  tenancy: multi\n  # counted\n  developers: 9\n"},
		{"the last fact", "# ours\nfacts:\n  services: 6\nrunning: []\n", "services=null", "# ours\nfacts: {}\nrunning: []\n"},
		{"out of braces", "facts: {tenancy: multi, services: 6, developers: 9}\n", "services=unset developers=null", "facts: {tenancy: multi}\n"},
		{"a source goes with its value", "facts:\n  services: 6\n  tenancy: multi\nsources:\n  tenancy: Anna\n  services: |-\n    README.md:14\n\n    and the wiki\n# end\n",
			"services=7", "facts:\n  services: 7\n  tenancy: multi\nsources:\n  tenancy: Anna\n# end\n"},
		{"the last source", "facts:\n  services: 6\nsources:\n  services: 'Anna''s list'\nrunning: []\n", "services=7", "facts:\n  services: 7\nrunning: []\n"},
		{"what is so already", "facts:\n  services: 0007e0 # odd\n", "", "facts:\n  services: 0007e0 # odd\n"},
		{"line ends of Windows", "facts:\r\n  services: 6\r\n", "services=7 tenancy=single", "facts:\r\n  services: 7\r\n  tenancy: single\r\n"},
		{"a byte order mark", "\ufefffacts:\n  services: 6\n", "services=7", "\ufefffacts:\n  services: 7\n"},
		{"the first unsettled fact", "facts:\n  services: 6 # or more\n", "ha_setup=unsettled", "facts:\n  services: 6 # or more\nunsettled: [ha_setup]\n"},
		{"an unsettled fact in a new file", "", "ha_setup=unsettled", "unsettled: [ha_setup]\n"},
		{"one more, in brackets", "unsettled: [ha_setup] # ask Anna\n", "ha_tested=unsettled", "unsettled: [ha_setup, ha_tested] # ask Anna\n"},
		{"one more, in lines", "unsettled:\n  # since May\n  - ha_setup # ask Anna\n# end\n", "ha_tested=unsettled",
			"unsettled:\n  # since May\n  - ha_setup # ask Anna\n  - ha_tested\n# end\n"},
		{"one more, beside words", "unsettled:\n  ha_setup: ask Anna # soon\n", "ha_tested=unsettled", "unsettled:\n  ha_setup: ask Anna # soon\n  ha_tested: null\n"},
		{"unsettled, where nothing is yet", "unsettled: # to be found out\nfacts: {}\n", "ha_setup=unsettled", "unsettled: [ha_setup] # to be found out\nfacts: {}\n"},
		{"a value that is doubted", "facts:\n  services: 6\n  ha_setup: true # said Anna\n", "ha_setup=unsettled", "facts:\n  services: 6\nunsettled: [ha_setup]\n"},
		{"one that is settled", "unsettled: [ha_setup, ha_tested]\nfacts: {services: 6}\n", "ha_setup=true",
			"unsettled: [ha_tested]\nfacts: {services: 6, ha_setup: true}\n"},
		{"the last in brackets", "facts: {services: 6}\nunsettled: [ha_tested, ha_setup]\n", "ha_setup=unset", "facts: {services: 6}\nunsettled: [ha_tested]\n"},
		{"one of the lines", "unsettled:\n  - ha_setup # ask Anna\n  # and\n  - ha_tested\n", "ha_setup=false",
			"unsettled:\n  # and\n  - ha_tested\nfacts:\n  ha_setup: false\n"},
		{"the only one in brackets", "facts: {services: 6}\nunsettled: [ha_setup]\n# end\n", "ha_setup=true", "facts: {services: 6, ha_setup: true}\n# end\n"},
		{"the only one in lines", "unsettled: # open\n  # ask Anna\n  - ha_setup\nfacts: {services: 6}\n", "ha_setup=true",
			" # open\n  # ask Anna\nfacts: {services: 6, ha_setup: true}\n"},
		{"the only thing in a file", "unsettled: [ha_setup]\n", "ha_setup=unset", "unsettled: []\n"},
		{"the words go with what is settled", "facts: {services: 6}\nunsettled: {ha_setup: \"I'd have to ask\", ha_tested: null}\n", "ha_setup=true",
			"facts: {services: 6, ha_setup: true}\nunsettled: {ha_tested: null}\n"},
		{"a value that reads like another type", "facts:\n  cloud: none\n", "cloud=aws gitops=none", "facts:\n  cloud: aws\n  gitops: none\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := shipped.Framework(t)
			changes, err := factsfile.ParseSettings(f, strings.Fields(test.set))
			if err != nil {
				t.Fatal(err)
			}
			if len(changes) == 0 {
				return
			}
			got, _, err := factsfile.Edit(f, "layer2.yaml", []byte(test.before), factsfile.Edits{Settings: changes})
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != test.after {
				t.Errorf("got\n%s\nwant\n%s", got, test.after)
			}
		})
	}
}

// TestJSONStaysJSON changes files that other programs read as JSON.
func TestJSONStaysJSON(t *testing.T) {
	const lines = "{\n  \"facts\": {\n    \"services\": 6,\n    \"tenancy\": \"multi\"\n  },\n  \"running\": []\n}\n"
	for _, test := range []struct{ name, before, set, source, after string }{
		{"a value", lines, "services=7 tenancy=single", "", strings.NewReplacer("6", "7", "multi", "single").Replace(lines)},
		{"a fact more stands on a line of its own", lines, "developers=4.. compliance=gdpr layer1_stable=true", "",
			strings.Replace(lines, `"multi"`, "\"multi\",\n    \"developers\": \"4..\",\n    \"compliance\": [\"gdpr\"],\n    \"layer1_stable\": true", 1)},
		{"the last fact but one", lines, "services=unset", "", strings.Replace(lines, "\"services\": 6,\n    ", "", 1)},
		{"the last fact", lines, "tenancy=unset", "", strings.Replace(lines, ",\n    \"tenancy\": \"multi\"", "", 1)},
		{"a source", lines, "services=7", `README: "6 < 7"`,
			strings.NewReplacer("6", "7", "\"running\": []", "\"running\": [],\n  \"sources\": {\"services\": \"README: \\\"6 < 7\\\"\"}").Replace(lines)},
		{"empty", "{}", "services=7 tenancy=multi", "", `{"facts": {"services": 7, "tenancy": "multi"}}`},
		{"a byte order mark", "\ufeff{}", "services=7", "", "\ufeff" + `{"facts": {"services": 7}}`},
		{"an unsettled fact", lines, "ha_setup=unsettled services=unsettled", "",
			strings.NewReplacer("\"services\": 6,\n    ", "", "\"running\": []", "\"running\": [],\n  \"unsettled\": [\"ha_setup\", \"services\"]").Replace(lines)},
		{"one that is settled", `{"unsettled": ["ha_setup", "ha_tested"]}`, "ha_tested=false", "", `{"unsettled": ["ha_setup"], "facts": {"ha_tested": false}}`},
		{"an unsettled fact in a new file", "", "ha_setup=unsettled", "", "{\n  \"unsettled\": [\"ha_setup\"]\n}\n"},
		{"a new file", "", "services=7 tenancy=multi", "", "{\n  \"facts\": {\n    \"services\": 7,\n    \"tenancy\": \"multi\"\n  }\n}\n"},
	} {
		f := shipped.Framework(t)
		settings, err := factsfile.ParseSettings(f, strings.Fields(test.set))
		if err != nil {
			t.Fatal(err)
		}
		got, _, err := factsfile.Edit(f, "facts.json", []byte(test.before), factsfile.Edits{Settings: settings, Source: test.source})
		if err != nil || string(got) != test.after {
			t.Errorf("%s: %v, got\n%s\nwant\n%s", test.name, err, got, test.after)
		}
		if !json.Valid(bytes.TrimPrefix(got, []byte("\ufeff"))) {
			t.Errorf("%s: it is no longer JSON:\n%s", test.name, got)
		}
	}
}

// TestEditSources changes what says a fact: one source for all that is set at once.
func TestEditSources(t *testing.T) {
	const before = "facts:\n  services: 6\n  tenancy: multi\nsources:\n  services: Anna\n  tenancy: Ben\n"
	for _, test := range []struct{ set, source, after, dropped string }{
		{"services=7", "", "facts:\n  services: 7\n  tenancy: multi\nsources:\n  tenancy: Ben\n", "services"},
		{"services=6", "", before, ""},
		{"services=7", "Cleo: counted", "facts:\n  services: 7\n  tenancy: multi\nsources:\n  services: \"Cleo: counted\"\n  tenancy: Ben\n", ""},
		{"services=6", "Cleo", "facts:\n  services: 6\n  tenancy: multi\nsources:\n  services: \"Cleo\"\n  tenancy: Ben\n", ""},
		{"services=7 tenancy=unset developers=9", "Cleo",
			"facts:\n  services: 7\n  developers: 9\nsources:\n  services: \"Cleo\"\n  developers: \"Cleo\"\n", "tenancy"},
	} {
		f := shipped.Framework(t)
		settings, err := factsfile.ParseSettings(f, strings.Fields(test.set))
		if err != nil {
			t.Fatal(err)
		}
		got, dropped, err := factsfile.Edit(f, "layer2.yaml", []byte(before), factsfile.Edits{Settings: settings, Source: test.source})
		if err != nil || string(got) != test.after || strings.Join(dropped, " ") != test.dropped {
			t.Errorf("%s by %q: %v, dropped %q, got\n%s\nwant\n%s", test.set, test.source, err, dropped, got, test.after)
		}
	}
}

// TestWordsOfUnsettledFacts changes what was said of facts that are left open: beside them, or among the sources.
func TestWordsOfUnsettledFacts(t *testing.T) {
	for _, test := range []struct{ name, before, set, source, after, dropped string }{
		{"a list has no room for words", "unsettled: [ha_setup]\n", "ha_setup=unsettled", "ask Anna", "unsettled: [ha_setup]\nsources:\n  ha_setup: \"ask Anna\"\n", ""},
		{"a new list", "facts: {services: 6}\n", "ha_setup=unsettled", "ask Anna",
			"facts: {services: 6}\nunsettled: [ha_setup]\nsources:\n  ha_setup: \"ask Anna\"\n", ""},
		{"a mapping has", "unsettled:\n  ha_tested: ask Ben\n", "ha_setup=unsettled ha_tested=unsettled", "ask Anna",
			"unsettled:\n  ha_tested: \"ask Anna\"\n  ha_setup: \"ask Anna\"\n", ""},
		{"a source that was there already", "unsettled: {ha_setup: null}\nsources: {ha_setup: Ben}\n", "ha_setup=unsettled", "Anna",
			"unsettled: {ha_setup: null}\nsources: {ha_setup: \"Anna\"}\n", ""},
		{"the same words again", "unsettled: {ha_setup: 'ask Anna'}\n", "ha_setup=unsettled", "ask Anna", "unsettled: {ha_setup: 'ask Anna'}\n", ""},
		{"a value that is doubted", "facts: {services: 6, ha_setup: true}\nsources: {ha_setup: Anna}\n", "ha_setup=unsettled", "Ben doubts it",
			"facts: {services: 6}\nsources: {ha_setup: \"Ben doubts it\"}\nunsettled: [ha_setup]\n", ""},
		{"a doubt without words", "facts: {services: 6, ha_setup: true}\nsources: {ha_setup: Anna}\n", "ha_setup=unsettled", "",
			"facts: {services: 6}\nunsettled: [ha_setup]\n", "ha_setup"},
		{"what is settled, by the same words", "facts: {services: 6}\nunsettled: {ha_setup: Anna}\n", "ha_setup=true", "Anna",
			"facts: {services: 6, ha_setup: true}\nsources:\n  ha_setup: \"Anna\"\n", ""},
		{"what is settled, by nobody", "facts: {services: 6}\nunsettled: {ha_setup: Anna}\n", "ha_setup=true", "", "facts: {services: 6, ha_setup: true}\n", "ha_setup"},
	} {
		f := shipped.Framework(t)
		settings, err := factsfile.ParseSettings(f, strings.Fields(test.set))
		if err != nil {
			t.Fatal(err)
		}
		got, dropped, err := factsfile.Edit(f, "layer2.yaml", []byte(test.before), factsfile.Edits{Settings: settings, Source: test.source})
		if err != nil || string(got) != test.after || strings.Join(dropped, " ") != test.dropped {
			t.Errorf("%s: %v, dropped %q, got\n%s\nwant\n%s", test.name, err, dropped, got, test.after)
		}
	}
}

func TestAWrongFileIsNotEdited(t *testing.T) {
	f := shipped.Framework(t)
	changes, err := factsfile.ParseSettings(f, []string{"services=7"})
	if err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{
		"facts: {servces: 6}\n":          `layer2.yaml:1:9: "servces" is not a fact; did you mean "services"?`,
		"? facts\n: {services: 6}\n":     "",
		"facts: {services: 6}\n---\n":    "layer2.yaml:2:1: a second document: a facts file holds one",
		"---\nfacts: {tenancy: multi}\n": "",
		"running: []\n...\n":             "layer2.yaml: it is written in a way that cannot be changed piece by piece; change it by hand",
	} {
		got, _, err := factsfile.Edit(f, "layer2.yaml", []byte(file), factsfile.Edits{Settings: changes})
		switch {
		case want == "" && err != nil:
			t.Errorf("%q: %v", file, err)
		case want != "" && (err == nil || err.Error() != want):
			t.Errorf("%q: %q, %v, want %s", file, got, err, want)
		}
	}
}

func TestSettingsOfACommandLine(t *testing.T) {
	for _, test := range []struct{ words, want string }{
		{"services=7", "services: 7"},
		{"services=5..6", "services: {at_least: 5, at_most: 6}"},
		{"services=5..5", "services: 5"},
		{"services=5..", "services: {at_least: 5}"},
		{"debugging_hours_per_week=..2.5", "debugging_hours_per_week: {at_most: 2.5}"},
		{"compliance=[gdpr,dora]", "compliance: [gdpr, dora]"},
		{"compliance=dora,gdpr", "compliance: [gdpr, dora]"},
		{"compliance=[]", "compliance: []"},
		{"compliance=none", "compliance: []"},
		{"layer1_stable=true tenancy=multi", "layer1_stable: true\ntenancy: multi"},
		{"services=unset", "services: null"},
		{"servces=7", `"servces" is not a fact; did you mean "services"?`},
		{"services=many tenancy=mlti", "services: \"many\" is a string, and services is a whole number of 0 or more\n" +
			`tenancy: "mlti" is not one of single, multi; did you mean "multi"?`},
		{"services=6..5", "services: at_least 6 is more than at_most 5"},
		{"services=..", "services: a range without a limit says nothing: leave it out, or write it as in 5..6, 5.., ..6, >1 or <60"},
		{"services=>5", "services: {at_least: 6}"},
		{"debugging_hours_per_week=<4", "debugging_hours_per_week: {less_than: 4}"},
		{"services=0..", "services: null"},
		{"services=5..x", `services: "5..x" is not a range: write it as in 5..6, 5.., ..6, >1 or <60`},
		{"services=-1", "services: -1 is negative, and services is a whole number of 0 or more"},
		{"services=007", "services: 007 is not a plain number: write it as in 7 or 1.5"},
		{"tenancy=1..2", `tenancy: "1..2" is not one of single, multi`},
		{"services", `"services" is not a FACT=VALUE`},
		{"services=5 services=6", "services is set twice"},
	} {
		f := shipped.Framework(t)
		settings, err := factsfile.ParseSettings(f, strings.Fields(test.words))
		var lines []string
		for _, s := range settings {
			lines = append(lines, f.Dictionary.Fact(s.Fact).Name+": "+s.Value.YAML())
		}
		got := strings.Join(lines, "\n")
		if err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.words, got, test.want)
		}
	}
}

// TestRefusedSettingsSayWhatToWrite covers what people write in a shell, or leave empty there.
func TestRefusedSettingsSayWhatToWrite(t *testing.T) {
	const (
		emptySet = "; write compliance=none for the empty set, or compliance=unset to make it unknown"
		whole    = " is a string, and services is a whole number of 0 or more"
		hours    = " is a string, and debugging_hours_per_week is a number of 0 or more"
	)
	const left = " if it was raised and left open, or services=unset to make it unknown"
	for word, want := range map[string]string{
		"services=unknown":               `services: "unknown"` + whole + "; write services=unsettled" + left,
		"services=?":                     `services: "?"` + whole + "; write services=unsettled" + left,
		"services=unsetled":              `services: "unsetled"` + whole + "; write services=unsettled" + left,
		"compliance=":                    "compliance: no value given" + emptySet,
		"compliance= ":                   "compliance: no value given" + emptySet,
		"compliance=,":                   `compliance: "," has an empty member` + emptySet,
		"compliance=[,]":                 `compliance: "[,]" has an empty member` + emptySet,
		`compliance=""`:                  `compliance: "\"\"" has an empty member`,
		"compliance=gdpr,":               `compliance: "gdpr," has an empty member`,
		"compliance=[gdpr":               `compliance: "[gdpr" has only one of its brackets`,
		"compliance=gdpr]":               `compliance: "gdpr]" has only one of its brackets`,
		"compliance=none,gdpr":           `compliance: "none" is not one of gdpr, dora, pci_dss, iso_27001, other`,
		"services=":                      "services: no value given; write services=unset to make it unknown",
		"layer1_stable=":                 "layer1_stable: no value given; write layer1_stable=unset to make it unknown",
		"tenancy=":                       "tenancy: no value given; write tenancy=unset to make it unknown",
		"layer1_stable=True":             `layer1_stable: "True" is a string, and layer1_stable is true or false; write layer1_stable=true`,
		"layer1_stable=yes":              `layer1_stable: "yes" is a string, and layer1_stable is true or false; write layer1_stable=true`,
		"layer1_stable=off":              `layer1_stable: "off" is a string, and layer1_stable is true or false; write layer1_stable=false`,
		"layer1_stable=0":                `layer1_stable: 0 is a number, and layer1_stable is true or false; write layer1_stable=false`,
		"layer1_stable=maybe":            `layer1_stable: "maybe" is a string, and layer1_stable is true or false`,
		"services=2,500":                 `services: "2,500"` + whole + "; write services=2500",
		"services=2,5":                   `services: "2,5"` + whole,
		"services=..5..6":                `services: "..5..6" is not a range: write it as in 5..6, 5.., ..6, >1 or <60`,
		"services=0..3..5":               `services: "0..3..5" is not a range: write it as in 5..6, 5.., ..6, >1 or <60`,
		"services=....9":                 `services: "....9" is not a range: write it as in 5..6, 5.., ..6, >1 or <60`,
		"services=7k":                    `services: "7k"` + whole,
		"services=1.5k":                  `services: "1.5k"` + whole,
		"services=9-5":                   `services: "9-5"` + whole,
		"services=>=2.5":                 `services: ">=2.5"` + whole,
		"rto_minutes=4h":                 `rto_minutes: "4h" is a string, and rto_minutes is a number of 0 or more; write rto_minutes=240, in minutes`,
		"rto_minutes=90s":                `rto_minutes: "90s" is a string, and rto_minutes is a number of 0 or more; give the number alone, in minutes`,
		"debugging_hours_per_week=30m":   `debugging_hours_per_week: "30m"` + hours + "; write debugging_hours_per_week=0.5, in hours",
		"services=5-6":                   `services: "5-6"` + whole + "; write services=5..6",
		"services=5+":                    `services: "5+"` + whole + "; write services=5..",
		"services=<=5":                   `services: "<=5"` + whole + "; write services=..5",
		"services=7 services":            `services: "7 services"` + whole + "; write services=7",
		"debugging_hours_per_week=2,5":   `debugging_hours_per_week: "2,5"` + hours + "; write debugging_hours_per_week=2.5, in hours",
		"debugging_hours_per_week=2,500": `debugging_hours_per_week: "2,500"` + hours, // 2.5 or 2500?
		"debugging_hours_per_week=4h":    `debugging_hours_per_week: "4h"` + hours + "; write debugging_hours_per_week=4, in hours",
		"services=null..5":               `services: "null..5" is not a range: write it as in 5..6, 5.., ..6, >1 or <60`,
	} {
		_, err := factsfile.ParseSettings(shipped.Framework(t), []string{word})
		if err == nil || err.Error() != want {
			t.Errorf("%s: got\n%v\nwant\n%s", word, err, want)
		}
	}
}

// TestEditsOfManyFiles writes files in random styles and changes them: what is read back is what was meant, and no comment is lost
// but those on the lines of what went.
func TestEditsOfManyFiles(t *testing.T) {
	f := shipped.Framework(t)
	random := rand.New(rand.NewPCG(3, 4))
	for range 3_000 {
		file := randomFile(random, f)
		w, err := factsfile.Read(f, "x", []byte(file))
		if err != nil {
			t.Fatalf("%v\n%s", err, file)
		}
		var changes []fact.Setting
		for range 1 + random.IntN(3) {
			index := random.IntN(20)
			if random.IntN(2) == 0 {
				for i, value := range w.Facts {
					if value.Mentioned() && random.IntN(2) == 0 {
						index = i
					}
				}
			}
			change := fact.Setting{Fact: index, Value: randomValue(random, f.Dictionary.Fact(index))}
			if random.IntN(4) == 0 {
				change.Value = fact.Value{Unsettled: true}
			}
			changes = append(slices.DeleteFunc(changes, func(s fact.Setting) bool { return s.Fact == index }), change)
		}
		edited, _, err := factsfile.Edit(f, "x", []byte(file), factsfile.Edits{Settings: changes})
		if err != nil {
			t.Fatalf("%v\n%s\n%v", err, file, changes)
		}
		got, err := factsfile.Read(f, "x", edited)
		if err != nil {
			t.Fatalf("%v\n%s\nbecame\n%s", err, file, edited)
		}
		for _, change := range changes {
			if !got.Facts[change.Fact].Equal(change.Value) {
				t.Fatalf("%s is not what was set:\n%s\nbecame\n%s", f.Dictionary.Fact(change.Fact).Name, file, edited)
			}
			w.Facts[change.Fact] = change.Value
		}
		if !slices.EqualFunc(got.Facts, w.Facts, fact.Value.Equal) {
			t.Fatalf("other facts changed:\n%s\nbecame\n%s", file, edited)
		}
		for line := range strings.SplitSeq(file, "\n") {
			if trimmed := strings.TrimSpace(line); strings.HasPrefix(trimmed, "#") && !strings.Contains(string(edited), trimmed) {
				t.Fatalf("%s is lost:\n%s\nbecame\n%s", trimmed, file, edited)
			}
		}
	}
}

func randomValue(random *rand.Rand, about fact.Fact) fact.Value {
	if random.IntN(5) == 0 {
		return fact.Value{}
	}
	v := fact.Value{Kind: about.Kind}
	switch about.Kind {
	case fact.Boolean:
		v.Bool = random.IntN(2) == 0
	case fact.Choice:
		v.Text = about.Values[random.IntN(len(about.Values))]
	case fact.Set:
		for _, member := range about.Values {
			if random.IntN(3) == 0 {
				v.Members = append(v.Members, member)
			}
		}
	default:
		v.Number = float64(random.IntN(20))
		if random.IntN(3) == 0 {
			return fact.Within(about.Kind, fact.Range{Low: v.Number, High: v.Number + 1 + float64(random.IntN(4))})
		}
	}
	return v
}

// randomFile writes facts, sources and what runs: in blocks or braces, with comments and blank lines between them.
func randomFile(random *rand.Rand, f *framework.Framework) string {
	var facts, unsettled, sources []string
	words := random.IntN(2) == 0 // beside each unsettled fact
	for i := range f.Dictionary.Len() {
		v := randomValue(random, f.Dictionary.Fact(i))
		if random.IntN(40) == 0 {
			entry := f.Dictionary.Fact(i).Name
			if words {
				entry += []string{": null", ": 'ask Anna'", ": \"ask # Ben\""}[random.IntN(3)]
			}
			unsettled = append(unsettled, entry)
			continue
		}
		if random.IntN(20) > 0 || v.Kind == fact.Unknown {
			continue
		}
		name := f.Dictionary.Fact(i).Name
		value := " " + v.YAML()
		switch {
		case v.Range != nil && random.IntN(2) == 0:
			value = fmt.Sprintf(" # limits\n      at_most: %v\n      at_least: %v", v.Range.High, v.Range.Low)
		case v.Kind == fact.Set && len(v.Members) > 0 && random.IntN(2) == 0:
			value = "\n    - " + strings.Join(v.Members, "\n    - ")
		case v.Kind == fact.Choice && random.IntN(3) == 0:
			value = fmt.Sprintf(" %q", v.Text)
		}
		facts = append(facts, name+":"+value)
		if random.IntN(3) == 0 {
			words := []string{"plain words: no", "\"quo\\\"ted # not\"", "'it''s # so'", "|\n      in it # too\n      lines\n\n      more", ">-\n      folded\n      text", "some\n      words"}
			words[0] = "plain words"
			sources = append(sources, name+": "+words[random.IntN(len(words))])
		}
	}
	parts := []string{section(random, "facts", facts), section(random, "sources", sources), "running: [observability]"}
	if words {
		parts = append(parts, section(random, "unsettled", unsettled))
	} else {
		parts = append(parts, listed(random, "unsettled", unsettled))
	}
	random.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
	return "# top\n" + strings.Join(parts, "\n# between\n") + strings.Repeat("\n# last\n", random.IntN(2))
}

// listed writes a list: in brackets, or in lines with comments between them.
func listed(random *rand.Rand, name string, items []string) string {
	if random.IntN(2) == 0 || len(items) == 0 {
		return name + ": [" + strings.Join(items, []string{", ", ",\n    "}[random.IntN(2)]) + "]"
	}
	text := name + ":"
	for i, item := range items {
		text += []string{"", "\n", fmt.Sprintf("\n  # %s %d", name, i)}[random.IntN(3)] + "\n  - " + item + []string{"", " # so it is"}[random.IntN(2)]
	}
	return text
}

func section(random *rand.Rand, name string, entries []string) string {
	block := slices.ContainsFunc(entries, func(e string) bool { return strings.Contains(e, "\n") })
	switch {
	case len(entries) == 0:
		return name + ":" + []string{"", " {}", " null", " # none"}[random.IntN(4)]
	case !block && random.IntN(2) == 0:
		return name + ": {" + strings.Join(entries, []string{", ", ",\n    "}[random.IntN(2)]) + "}"
	}
	var b strings.Builder
	b.WriteString(name + ":")
	for i, entry := range entries {
		fmt.Fprintf(&b, "%s\n  %s", []string{"", "\n", fmt.Sprintf("\n  # %s %d", name, i)}[random.IntN(3)], entry)
		if !strings.Contains(entry, "\n") && random.IntN(3) == 0 {
			b.WriteString(" # so it is")
		}
	}
	return b.String()
}
