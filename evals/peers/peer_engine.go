package peers

import (
	"fmt"
	"math/bits"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/knowledge"
)

// engine is this project's: the shipped knowledge, and the situations as cells of each capability.
type engine struct {
	decisions     [capabilityCount]*decide.Decision
	full          [][capabilityCount]decide.Complete
	half          [][capabilityCount]decide.State
	fullFacts     []fact.Situation
	halfFacts     []fact.Situation
	outcomeOf     [int(decide.Undetermined)][int(decide.NoPressure) + 1]Outcome
	verdictsOfBit [outcomes]Verdicts
}

func newEngine(s *Situations) (Peer, error) {
	peer := Peer{Name: "layer2", Version: "this tree", Prepared: "knowledge compiled; facts read into cells",
		How: "the leaves of the diagram that can be reached"}
	e, err := loadEngine(s)
	if err != nil {
		return peer, err
	}
	peer.Known = func(i int) Answers { return e.known(&e.full[i]) }
	peer.Unknown = func(i int) Possible { return e.unknown(&e.half[i]) }
	return peer, nil
}

// EngineWithCells is the engine with finding the cells inside the loop: what a caller pays who asks once.
func EngineWithCells(s *Situations) (Peer, error) {
	peer := Peer{Name: "layer2, cells too", Version: "this tree", Prepared: "knowledge compiled; facts read into cells in the loop",
		How: "the leaves of the diagram that can be reached"}
	e, err := loadEngine(s)
	if err != nil {
		return peer, err
	}
	peer.Known = func(i int) Answers { complete := e.complete(e.fullFacts[i]); return e.known(&complete) }
	peer.Unknown = func(i int) Possible { states := e.states(e.halfFacts[i]); return e.unknown(&states) }
	return peer, nil
}

func loadEngine(s *Situations) (*engine, error) {
	f, err := framework.Load(knowledge.Files, nil)
	if err != nil {
		return nil, err
	}
	e := &engine{}
	for i, c := range capabilities() {
		loaded, ok := f.Capability(c.id)
		if !ok {
			return nil, fmt.Errorf("no capability %s", c.id)
		}
		e.decisions[i] = loaded.Decision
	}
	e.name()
	for i := range s.Full {
		full, half := f.Dictionary.NewSituation(), f.Dictionary.NewSituation()
		for _, fact := range facts() {
			place, ok := f.Dictionary.Index(fact.name)
			if !ok {
				return nil, fmt.Errorf("no fact %s", fact.name)
			}
			full[place] = engineValue(f.Dictionary.Fact(place).Kind, s.Full[i].get(fact))
			if s.Known[i][fact.place] {
				half[place] = full[place]
			}
		}
		e.fullFacts, e.halfFacts = append(e.fullFacts, full), append(e.halfFacts, half)
		e.full, e.half = append(e.full, e.complete(full)), append(e.half, e.states(half))
	}
	return e, nil
}

// name translates the engine's outcomes, by their names.
func (e *engine) name() {
	byName := outcomesByName()
	for v := range e.outcomeOf {
		for b := range e.outcomeOf[v] {
			e.outcomeOf[v][b] = byName[fmt.Sprint(decide.Verdict(v), " ", decide.Reason(b))]
		}
	}
	for bit := range e.verdictsOfBit {
		set := decide.OutcomeSet(1) << bit
		e.verdictsOfBit[bit] = byName[fmt.Sprint(set.Verdicts()[0], " ", set.Reasons()[0])].Verdict()
	}
}

func engineValue(kind fact.Kind, value any) fact.Value {
	switch value := value.(type) {
	case bool:
		return fact.Value{Kind: kind, Bool: value}
	case string:
		return fact.Value{Kind: kind, Text: value}
	case []string:
		return fact.Value{Kind: kind, Members: value}
	case int:
		return fact.Value{Kind: kind, Number: float64(value)}
	}
	return fact.Value{Kind: kind, Number: value.(float64)}
}

func (e *engine) complete(s fact.Situation) (complete [capabilityCount]decide.Complete) {
	for i, d := range e.decisions {
		known, ok := d.Complete(s)
		if !ok {
			panic("a situation of known facts leaves one open")
		}
		complete[i] = known
	}
	return complete
}

func (e *engine) states(s fact.Situation) (states [capabilityCount]decide.State) {
	for i, d := range e.decisions {
		states[i] = d.State(s)
	}
	return states
}

func (e *engine) known(complete *[capabilityCount]decide.Complete) (answers Answers) {
	for i, d := range e.decisions {
		o := d.Outcome(complete[i])
		answers[i] = e.outcomeOf[o.Verdict][o.Reason]
	}
	return answers
}

func (e *engine) unknown(states *[capabilityCount]decide.State) (possible Possible) {
	for i, d := range e.decisions {
		for rest := d.Outcomes(states[i]); rest != 0; rest &= rest - 1 {
			possible[i] |= e.verdictsOfBit[bits.TrailingZeros16(uint16(rest))]
		}
	}
	return possible
}
