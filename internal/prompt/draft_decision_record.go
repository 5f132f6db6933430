package prompt

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/text"
	"github.com/vanhoutenbos/layer2/tools"
)

const recordText = `Write a record of the decision on %s, in Markdown, from the two texts below: the card of the capability, and what layer2 says on the
facts given, ready to be taken over.

Parts, in this order: title and status; context, with the facts that were given, those that were raised and left open, and nothing
beside them; decision; why, with the statement ids; what waits, and on which answers; what is not known; what would change it; measure
of success and exit strategy, if there are any; knowledge version. Do not invent a fact, a number or a reason. An undetermined verdict
has no because; a provisional one stays provisional and keeps what it assumes. What is not known or left open stays a question.
`

// What the prompt says about the decision and the verdict.
const (
	recordOpen   = "\nNo decision was given. Propose the verdict; if it is undetermined, leave the decision open and put the questions first.\n"
	recordSame   = "\nThe decision that was made is %s, which is also the verdict.\n"
	recordOther  = "\nThe decision that was made is %s; the verdict is %s. The record must say so, quote the statements that speak against it, and leave\nroom for the reason to depart from them: only a person can give it.\n"
	recordNotYet = "\nThe decision that was made is %s; the facts do not decide. The record must say what it takes for granted: the questions below.\n"
)

// What the prompt says about existing records.
const (
	recordThere      = "\nThere is a record of it already, %s: the verdict was %s, the decision %s. Its reasons stand until a person decides otherwise:"
	recordAddress    = " read it first, at\nlayer2://records/%s, and say in the new one what became of them.\n"
	recordUnreadable = "\nThere are decision records that cannot be read, in %s; one of them may be about this. Say so, and that layer2 check says what is wrong.\n"
	recordDiffers    = "Today's verdict differs from it: say which fact or statement makes the difference.\n"
)

func draftDecisionRecord(l *library) Prompt {
	return Prompt{
		Name: "draft-decision-record", Title: "Draft a decision record",
		Description: "A record of a decision on a capability, from its card and verdict, with ids, open questions and what would change it.",
		Arguments:   []Argument{l.capability(), facts(), l.unsettled(), l.decision(false)},
		Write: func(ctx context.Context, given map[string]string) ([]Message, error) {
			decision, err := l.decided(given)
			if err != nil {
				return nil, err
			}
			evaluation, err := l.evaluate(ctx, given)
			if err != nil {
				return nil, err
			}
			v := &evaluation.Verdicts[0]
			task := fmt.Sprintf(recordText, v.Title) + decisionNote(decision, v.Verdict) + recordNote(v.Record) + unreadableNote(evaluation.Unreadable)
			return []Message{{Text: task}, l.card(v.Capability), {Text: text.Section(evaluation)}}, nil
		},
	}
}

// recordNote says what to do with an existing record; empty if there is none.
func recordNote(o *tools.OptionalRecord) string {
	if o == nil || o.Record == nil {
		return ""
	}
	text := fmt.Sprintf(recordThere, echo(o.File), o.Verdict, o.Decision)
	text += fmt.Sprintf(recordAddress, url.PathEscape(o.Reference))
	if o.Differs {
		text += recordDiffers
	}
	return text
}

// unreadableNote warns of unreadable files that may hold a record; empty if there are none.
func unreadableNote(files []string) string {
	if len(files) == 0 {
		return ""
	}
	names := make([]string, len(files))
	for i, name := range files {
		names[i] = echo(name)
	}
	return fmt.Sprintf(recordUnreadable, strings.Join(names, ", "))
}

func decisionNote(decision, verdict string) string {
	switch {
	case decision == "":
		return recordOpen
	case decision == verdict:
		return fmt.Sprintf(recordSame, decision)
	case verdict == undetermined:
		return fmt.Sprintf(recordNotYet, decision)
	}
	return fmt.Sprintf(recordOther, decision, verdict)
}
