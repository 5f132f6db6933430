package peers

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hyperjumptech/grule-rule-engine/ast"
	"github.com/hyperjumptech/grule-rule-engine/builder"
	gruleengine "github.com/hyperjumptech/grule-rule-engine/engine"
	"github.com/hyperjumptech/grule-rule-engine/pkg"
)

// GruleAnswer is what a rule writes. Grule sets exported fields only.
type GruleAnswer struct{ Outcome int64 }

// GruleSets gives the rules what Grule has no operator for: whether a list has a member.
type GruleSets struct{}

// Has reports whether the list has the member.
func (GruleSets) Has(list []string, member string) bool { return slices.Contains(list, member) }

func newGrule(s *Situations) (Peer, error) {
	peer := Peer{Name: "grule", Version: "v1.20.4",
		Prepared: "one knowledge base a capability, a rule a rung; instances and contexts reused",
		How:      "cannot: a fact that is not there is an error"}
	library := ast.NewKnowledgeLibrary()
	var instances [capabilityCount]*ast.KnowledgeBase
	for c, capability := range capabilities() {
		resource := pkg.NewBytesResource([]byte(gruleRules(capability)))
		if err := builder.NewRuleBuilder(library).BuildRuleFromResource(capability.id, "1", resource); err != nil {
			return peer, err
		}
		instance, err := library.NewKnowledgeBaseInstance(capability.id, "1")
		if err != nil {
			return peer, err
		}
		instances[c] = instance
	}
	answer := &GruleAnswer{}
	contexts := make([]ast.IDataContext, len(s.Full))
	for i := range s.Full {
		contexts[i] = ast.NewDataContext()
		if err := contexts[i].Add("Facts", &s.Full[i]); err != nil {
			return peer, err
		}
		if err := contexts[i].Add("Answer", answer); err != nil {
			return peer, err
		}
		if err := contexts[i].Add("Sets", &GruleSets{}); err != nil {
			return peer, err
		}
	}
	grule := gruleengine.NewGruleEngine()
	grule.ReturnErrOnFailedRuleEvaluation = true
	peer.Known = func(i int) (answers Answers) {
		for c, instance := range instances {
			answer.Outcome = -1
			if err := grule.Execute(contexts[i], instance); err != nil {
				panic(err)
			}
			answers[c] = Outcome(answer.Outcome)
		}
		return answers
	}
	return peer, nil
}

// gruleRules are the rungs as rules: of those that hold, the one with the highest salience is executed, and ends the execution.
func gruleRules(c capability) string {
	d := dialect{
		fact: func(f column) string { return "Facts." + f.field },
		compare: func(f column, o operator, number float64) string {
			return "Facts." + f.field + " " + signs[o] + " " + literal(f, number)
		},
		filled: func(f column) string { return "Facts." + f.field + ".Len() > 0" },
		has:    func(f column, member string) string { return "Sets.Has(Facts." + f.field + ", " + member + ")" },
		yes:    "true", no: "false",
	}
	var text strings.Builder
	rungs := c.rungs()
	for i, r := range rungs {
		fmt.Fprintf(&text, "rule Rung%d %q salience %d { when %s then Answer.Outcome = %d; Complete(); }\n",
			i, r.outcome, len(rungs)-i, d.write(r.when), r.outcome)
	}
	return text.String()
}
