package prompt

import (
	"context"
	"fmt"
)

const challengeText = `Argue against the decision "%s" on %s, as strongly as the text below allows and no further. It holds everything that layer2's
framework has against it, on the facts given: use that, with its ids and facts, and nothing from elsewhere.

Open with the strongest point. Where the facts decide otherwise, say so plainly. Where they do not decide, name what the decision
takes for granted and the one answer that would end it. Where they bear the decision out, say that too, and how little would have
to change. If there is no case, say that there is none. Do not soften it, and do not make a proposal of your own.
`

func challengeDecision(l *library) Prompt {
	return Prompt{
		Name: "challenge-decision", Title: "Challenge a decision",
		Description: "The strongest grounded case against a decision: the statements against it, what would change it, what it assumes.",
		Arguments:   []Argument{l.capability(), l.decision(true), facts(), l.unsettled()},
		Write: func(ctx context.Context, given map[string]string) ([]Message, error) {
			decision, err := l.decided(given)
			if err != nil {
				return nil, err
			}
			evaluation, err := l.evaluate(ctx, given)
			if err != nil {
				return nil, err
			}
			c, err := l.caseAgainst(decision, evaluation)
			if err != nil {
				return nil, err
			}
			task := fmt.Sprintf(challengeText, decision, c.verdict.Title)
			return []Message{{Text: task}, l.card(c.verdict.Capability), {Text: c.text()}}, nil
		},
	}
}
