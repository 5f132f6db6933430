// Package prompt holds the prompts that a person can pick in a client: a task in words, together with what layer2 knows about it - the
// card, the verdict, the open questions, what would change it. It knows nothing of a protocol.
//
// What a person types into an argument is data. Free text is quoted line by line, so that none of it reads as part of the task; other
// arguments are one of a few words, or parsed strictly by the tools.
package prompt

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/page"
	"github.com/vanhoutenbos/layer2/internal/words"
	"github.com/vanhoutenbos/layer2/tools"
)

type Prompt struct {
	Name, Title, Description string
	Arguments                []Argument
	// Write makes the messages. The arguments are known, and present if required. A mistake of the caller is a Mistake or a
	// *tools.Mistakes.
	Write func(ctx context.Context, given map[string]string) ([]Message, error)
}

// Argument is filled in by a person. A blank one counts as left out.
type Argument struct {
	Name, Title, Description string
	Required                 bool
	// Values returns the possible values, in order, given the other arguments; nil for free text.
	Values func(given map[string]string) []string
	// Many allows several values, separated by commas.
	Many bool
}

// Message is a message from the user: a text, or a page of the knowledge.
type Message struct {
	Text string
	Page *page.Resource
}

// Mistake is a mistake of the caller, in a sentence that lets them correct it.
type Mistake string

func (m Mistake) Error() string { return string(m) }

// maximumEcho is how much of the caller's text an error quotes, in characters.
const maximumEcho = 80

// All returns the prompts in the order in which they are shown. They answer as the tools do on the same workspace.
func All(f *framework.Framework, w tools.Workspace) []Prompt {
	l := newLibrary(f, w)
	return []Prompt{
		assessPlatform(l),
		compareOptions(l),
		planLayer3(l),
		challengeDecision(l),
		draftDecisionRecord(l),
	}
}

// Messages fills in the prompt. The error is a Mistake, or the context's.
func (p Prompt) Messages(ctx context.Context, given map[string]string) ([]Message, error) {
	filled, err := p.check(given)
	if err != nil {
		return nil, err
	}
	messages, err := p.Write(ctx, filled)
	var mistakes *tools.Mistakes
	if errors.As(err, &mistakes) {
		return nil, Mistake(mistakes.Error())
	}
	return messages, err
}

// check returns the arguments that are filled in. It is an error if one is unknown, or missing.
func (p Prompt) check(given map[string]string) (map[string]string, error) {
	var mistakes []string
	filled := map[string]string{}
	for _, a := range p.Arguments {
		if text := strings.TrimSpace(given[a.Name]); text != "" {
			filled[a.Name] = text
		} else if a.Required {
			mistakes = append(mistakes, a.Name+" is missing")
		}
	}
	var unknown []string
	for name := range given {
		if _, ok := p.Argument(name); !ok {
			unknown = append(unknown, name)
		}
	}
	slices.Sort(unknown)
	names := p.names()
	for _, name := range unknown {
		mistakes = append(mistakes, fmt.Sprintf("%s is not an argument of %s, which takes %s%s",
			echo(name), p.Name, strings.Join(names, ", "), words.DidYouMean(words.Nearest(name, names, 1))))
	}
	if len(mistakes) > 0 {
		return nil, Mistake(strings.Join(mistakes, "; "))
	}
	return filled, nil
}

func (p Prompt) Argument(name string) (Argument, bool) {
	i := slices.IndexFunc(p.Arguments, func(a Argument) bool { return a.Name == name })
	if i < 0 {
		return Argument{}, false
	}
	return p.Arguments[i], true
}

func (p Prompt) names() []string {
	names := make([]string, len(p.Arguments))
	for i, a := range p.Arguments {
		names[i] = a.Name
	}
	return names
}

// Complete returns the start of what was typed that stays, and the values that can follow it. Of several values, the last one is
// being typed.
func (a Argument) Complete(typed string, given map[string]string) (stays string, values []string) {
	if a.Values == nil {
		return "", nil
	}
	values = a.Values(given)
	if !a.Many {
		return "", values
	}
	comma := strings.LastIndex(typed, ",")
	if comma < 0 {
		return "", values
	}
	stays = typed[:comma+1] + " "
	there := list(typed[:comma])
	values = slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == none || slices.Contains(there, v) })
	return stays, values
}

// echo quotes the caller's text, cut to a safe length.
func echo(text string) string { return words.Quote(text, maximumEcho) }
