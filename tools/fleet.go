package tools

import (
	"encoding/json"

	"github.com/vanhoutenbos/layer2/internal/framework"
)

// Team is the verdicts for one team of many: what a line of a fleet's file is answered with.
type Team struct {
	ID       string        `json:"id"`
	Verdicts []TeamVerdict `json:"verdicts"`
}

// TeamVerdict is one verdict, and those that are possible.
type TeamVerdict struct {
	Capability string   `json:"capability"`
	Verdict    string   `json:"verdict"`
	Reasons    []string `json:"because"`
	Possible   []string `json:"possible"`
}

// AssessTeam answers for one team, given as {"id": …, "running": […], "facts": {…}} and read with the strictness of a call. It
// explains nothing, so that a hundred thousand teams take a moment. The error is a *Mistakes.
func AssessTeam(f *framework.Framework, line json.RawMessage) (*Team, error) {
	a := readObject(f, line, "the line", "key of a team", []string{"id", "running", "facts"})
	id, given := a.text("id")
	if !given && len(a.mistakes.list) == 0 {
		a.mistakes.add("id", "id is missing: give each team a name.")
	}
	s := a.situation(Workspace{})
	if err := a.mistakes.err(); err != nil {
		return nil, err
	}
	team := &Team{ID: id, Verdicts: make([]TeamVerdict, 0, len(f.Capabilities))}
	for _, c := range f.Capabilities {
		set := c.Decision.Outcomes(c.Decision.State(s.Situation))
		team.Verdicts = append(team.Verdicts, TeamVerdict{
			Capability: c.ID.Value,
			Verdict:    set.Verdict().String(),
			Reasons:    names(set.Reasons()),
			Possible:   names(set.Verdicts()),
		})
	}
	return team, nil
}
