// Package prompt is what a person can pick in a client to begin with: a task in words, with what layer2 knows about it already
// in it - the card, the verdict, the open questions, what would change it. It knows nothing of a protocol.
//
// What a person writes into an argument is data. Free text is quoted line by line, so that nothing in it reads as a part of the
// task; everything else is one of a few words, or read by the tools with their own strictness.
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

// Prompt is one prompt, ready for any protocol.
type Prompt struct {
	Name, Title, Description string
	Arguments                []Argument
	// Write makes the messages from arguments that are all known, and present where required. A mistake that only it can see
	// is a Mistake or a *tools.Mistakes.
	Write func(ctx context.Context, given map[string]string) ([]Message, error)
}

// Argument is what a person fills in. Blank is as good as left out.
type Argument struct {
	Name, Title, Description string
	Required                 bool
	// Values are what can stand there, in order, given what else was filled in; nil for free text.
	Values func(given map[string]string) []string
	// Many allows several values, with commas between.
	Many bool
}

// Message is one message of the person's: a text, or a page of the knowledge.
type Message struct {
	Text string
	Page *page.Resource
}

// Mistake is what the caller did wrong, in a sentence that lets them correct it.
type Mistake string

func (m Mistake) Error() string { return string(m) }

// maximumEcho is how much of a caller's word an error gives back, in characters.
const maximumEcho = 80

// All are the prompts over a framework, in the order in which they are shown. They answer as the tools do on the same workspace.
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

// Messages fills the prompt in. An error is the caller's Mistake, or the context's.
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

// check is the arguments that were filled in, if they are those of the prompt and none is missing.
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

// Argument is the argument of a name.
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

// Complete is what can follow where somebody types: what was typed so far and stays, and the values that can stand behind it.
// Of several values, the last one is being typed.
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

// echo quotes what the caller wrote, cut to a length that cannot hurt.
func echo(text string) string { return words.Quote(text, maximumEcho) }
