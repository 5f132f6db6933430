package peers

import (
	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"
)

func newExpr(s *Situations) (Peer, error) {
	peer := Peer{Name: "expr", Version: "v1.17.8", Prepared: "one program a capability, compiled for the struct; one VM used again",
		How: "cannot: a name without a value is an error or nil"}
	d := dialect{
		fact:    func(f column) string { return f.name },
		compare: plainly,
		filled:  func(f column) string { return "len(" + f.name + ") > 0" },
		has:     func(f column, member string) string { return member + " in " + f.name },
	}
	var programs [capabilityCount]*vm.Program
	for c, capability := range capabilities() {
		program, err := expr.Compile(d.choices(capability.tree()), expr.Env(&Facts{}), expr.AsInt())
		if err != nil {
			return peer, err
		}
		programs[c] = program
	}
	environments := make([]any, len(s.Full))
	for i := range s.Full {
		environments[i] = &s.Full[i]
	}
	machine := vm.VM{}
	peer.Known = func(i int) (answers Answers) {
		for c, program := range programs {
			out, err := machine.Run(program, environments[i])
			if err != nil {
				panic(err)
			}
			answers[c] = Outcome(out.(int))
		}
		return answers
	}
	return peer, nil
}
