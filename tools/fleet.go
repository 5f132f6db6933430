package tools

import (
	"encoding/json"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// Team is the verdicts for one of many teams: the answer to one line of a fleet file.
type Team struct {
	ID       string        `json:"id"`
	Verdicts []TeamVerdict `json:"verdicts"`
}

// TeamVerdict is a verdict and, if it is undetermined, those that are possible.
type TeamVerdict struct {
	Capability string   `json:"capability"`
	Verdict    string   `json:"verdict"`
	Reasons    []string `json:"because"`
	Possible   []string `json:"possible"`
}

// AssessTeam answers for one team, given as {"id": …, "running": […], "facts": {…}, "unsettled": […]} and read as strictly as a call. It explains nothing,
// so that a hundred thousand teams take a moment. Its error is a *Mistakes.
func AssessTeam(f *framework.Framework, line json.RawMessage) (*Team, error) {
	a := readObject(f, line, "the line", "key of a team", []string{"id", "running", "facts", "unsettled"})
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
		verdict := TeamVerdict{Capability: c.ID.Value, Verdict: set.Verdict().String(), Reasons: []string{}, Possible: names(set.Verdicts())}
		if set.Verdict() != decide.Undetermined {
			verdict.Reasons = names(set.Reasons())
		}
		team.Verdicts = append(team.Verdicts, verdict)
	}
	return team, nil
}
