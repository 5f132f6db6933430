package text

import (
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/markdown"
	"github.com/vanhoutenbos/layer2/internal/record"
	"github.com/vanhoutenbos/layer2/internal/words"
	"github.com/vanhoutenbos/layer2/tools"
)

// Checked is a check of records as JSON.
type Checked struct {
	Knowledge tools.Knowledge `json:"knowledge"`
	Records   []CheckedRecord `json:"records"`
	// Skipped counts the records that are not in force, by status; PassedOver the files without a record, by kind, and Other the
	// Markdown among them.
	Skipped    map[string]int `json:"skipped"`
	Other      int            `json:"other"`
	PassedOver map[string]int `json:"passed_over"`
	Exit       int            `json:"exit"`
}

// CheckedRecord is one record and its state.
type CheckedRecord struct {
	File       string       `json:"file"`
	Number     int          `json:"number"`
	Line       int          `json:"line"`
	Capability string       `json:"capability"`
	Status     string       `json:"status"`
	State      record.State `json:"state"`
	// KnownAtBase means that it was already broken in the base.
	KnownAtBase bool       `json:"known_at_base"`
	Expected    []string   `json:"expected"`
	Decision    string     `json:"decision"`
	Possible    []string   `json:"possible"`
	Crossed     []Crossed  `json:"crossed"`
	Reworded    []Reworded `json:"reworded"`
	// Redefined are the facts whose meaning has changed since.
	Redefined []Redefined `json:"redefined"`
	Near      *NearFlip   `json:"near"`
	Says      string      `json:"says"`
	Then      []string    `json:"then"`
}

// Crossed is a fact that undid a record, and the statements that its change affected.
type Crossed struct {
	Fact   string     `json:"fact"`
	Was    fact.Value `json:"was"`
	Is     fact.Value `json:"is"`
	Turned []Turned   `json:"turned"`
}

// Turned is a statement with the boundaries in it that were crossed.
type Turned struct {
	ID         string   `json:"id"`
	Boundaries []string `json:"boundaries"`
}

// Reworded is a statement whose condition changed; null where the statement does not exist.
type Reworded struct {
	ID  string  `json:"id"`
	Was *string `json:"was"`
	Is  *string `json:"is"`
}

// NearFlip is a change of verdict that is one step away.
type NearFlip struct {
	Set     fact.Values `json:"set"`
	Given   fact.Values `json:"given"`
	Verdict string      `json:"verdict"`
}

// Check is a report with everything needed to print it.
type Check struct {
	Framework *framework.Framework
	Report    record.Report
	// Directory, Facts and Knowledge are as the caller named them. FromRoot is the directory relative to the repository.
	Directory, FromRoot, Facts, Knowledge string
	// Base is the revision that it was compared with, if any.
	Base   string
	Strict bool
	// AllowEmpty means that no record at all is not an error.
	AllowEmpty bool
}

func (c Check) Exit() int {
	if c.Report.Records() == 0 && !c.AllowEmpty {
		return 2
	}
	return c.Report.Exit(c.Strict)
}

// Structured returns the check as JSON has it.
func (c Check) Structured() Checked {
	out := Checked{
		Knowledge: tools.KnowledgeOf(c.Framework), Records: []CheckedRecord{}, Skipped: map[string]int{},
		PassedOver: map[string]int{}, Exit: c.Exit(),
	}
	for _, passed := range c.Report.Passed {
		out.PassedOver[passed.Kind.String()] = passed.Count
		if passed.Kind == record.Markdown {
			out.Other = passed.Count
		}
	}
	for _, f := range c.Report.Findings {
		r := CheckedRecord{
			File: c.path(c.Directory, f), Number: f.Number, Line: f.Line, State: f.State, KnownAtBase: f.Known, Says: c.says(f), Then: c.then(f),
			Expected: words.Each(f.Expected, decide.Verdict.String), Possible: words.Each(f.Possible, decide.Verdict.String),
			Crossed: []Crossed{}, Reworded: []Reworded{}, Redefined: c.redefined(f),
		}
		if f.Record != nil {
			r.Capability, r.Status, r.Decision = f.Record.Capability, words.Escape(f.Record.Status), f.Record.Decision.String()
		}
		for _, crossed := range f.Crossed {
			r.Crossed = append(r.Crossed, c.crossed(crossed))
		}
		for _, reworded := range f.Reworded {
			r.Reworded = append(r.Reworded, Reworded{words.Escape(reworded.ID), orNull(reworded.Was), orNull(reworded.Is)})
		}
		if flip := f.Nearest; flip != nil {
			r.Near = &NearFlip{c.Framework.Dictionary.Name(flip.Set), c.Framework.Dictionary.Name(flip.Given), flip.Verdict.String()}
		}
		out.Records = append(out.Records, r)
	}
	for _, s := range c.Report.Skipped {
		out.Skipped[words.Escape(s.Status)] += s.Count
	}
	return out
}

func (c Check) crossed(crossed record.Crossing) Crossed {
	name := c.Framework.Dictionary.Fact(crossed.Fact).Name
	out := Crossed{name, crossed.Was, crossed.Is, []Turned{}}
	for _, turn := range crossed.Turned {
		out.Turned = append(out.Turned, Turned(turn))
	}
	return out
}

func orNull(text string) *string {
	if text == "" {
		return nil
	}
	text = words.Escape(text)
	return &text
}

// Text returns the check for a terminal: each record, and the number in each state.
func (c Check) Text() string {
	var b strings.Builder
	for _, f := range c.Report.Findings {
		fmt.Fprintf(&b, "%s: %s. %s\n", c.path(c.Directory, f), c.state(f), c.says(f))
		if advice := c.advice(f); advice != "" {
			fmt.Fprintf(&b, "  then: %s\n", advice)
		}
	}
	if len(c.Report.Findings) > 0 {
		b.WriteByte('\n')
	}
	b.WriteString(c.summary() + "\n")
	return b.String()
}

// commitLength is how many characters of a commit id, or of another revision, are shown.
const commitLength = 12

// state returns a record's state in words, with the base if it was already broken there.
func (c Check) state(f record.Finding) string {
	if f.Known {
		base := []rune(c.Base)
		return "already broken at " + words.Escape(string(base[:min(len(base), commitLength)]))
	}
	return f.State.String()
}

// summary returns the counts.
func (c Check) summary() string {
	var parts []string
	for state := record.Unreadable + 1; state > record.Holds; {
		state--
		if n := c.Report.Count(state); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, state))
		}
	}
	text := words.Count(len(c.Report.Findings), "record")
	if len(c.Report.Findings) == 0 {
		text = "no record in force"
	}
	if len(parts) > 0 {
		text += ": " + strings.Join(parts, ", ")
	}
	for i, s := range c.Report.Skipped {
		text += []string{"; skipped: ", ", "}[min(i, 1)] + fmt.Sprintf("%d %s", s.Count, words.Escape(s.Status))
	}
	for i, passed := range c.Report.Passed {
		text += []string{"; passed over: ", ", "}[min(i, 1)] + passedOver(passed)
	}
	return text + fmt.Sprintf(". Knowledge %s (%s)", c.Framework.Version, c.Framework.Fingerprint)
}

// passedOver returns the number of files of a kind that hold no record.
func passedOver(p record.Passed) string {
	switch p.Kind {
	case record.Markdown:
		return words.Count(p.Count, "Markdown file")
	case record.Hidden:
		return words.Count(p.Count, "hidden file")
	case record.LinkOut:
		return words.Count(p.Count, "link") + " out of the folder"
	case record.LinkToFolder:
		return words.Count(p.Count, "link") + " to a folder"
	case record.NotRegular:
		return words.Count(p.Count, "special file")
	}
	return words.Count(p.Count, "other file")
}

// path returns a record's file in a directory, as the caller can open it, escaped where its name does not print.
func (c Check) path(directory string, f record.Finding) string {
	return words.Escape(path.Join(filepath.ToSlash(directory), f.Name))
}

// says returns what there is to say about a record, in a sentence or two on one line. It is escaped: anybody can write a record.
func (c Check) says(f record.Finding) string { return words.Escape(c.sentences(f)) }

func (c Check) sentences(f record.Finding) string {
	switch f.State {
	case record.Unreadable:
		return words.Capital(f.Problem) + "."
	case record.Broken, record.Doubtful:
		if f.Confirm {
			return words.Or(words.Each(f.Possible, decide.Verdict.String)) + ", but " + c.redefinitions(f) + ": confirm." + decided(f)
		}
		return c.cause(f) + ": " + words.Or(words.Each(f.Expected, decide.Verdict.String)) + " becomes " + words.Or(words.Each(f.Possible, decide.Verdict.String)) + "." + decided(f) + c.redefinedToo(f)
	}
	text := words.Or(words.Each(f.Possible, decide.Verdict.String))
	if flip := f.Nearest; flip != nil {
		set := flip.Set[0]
		text += "; " + c.change(set.Fact, f, set.Value) + " would make it " + flip.Verdict.String()
		if len(flip.Given) > 0 {
			text += ", given " + c.Framework.Dictionary.Name(flip.Given).String()
		}
	}
	return text + "." + decided(f)
}

// decided names the decision if it differs from what was expected.
func decided(f record.Finding) string {
	if len(f.Expected) == 1 && f.Expected[0] == f.Record.Decision {
		return ""
	}
	return " The decision is " + f.Record.Decision.String() + "."
}

// cause names the facts and boundaries, or the statements, that undid a record.
func (c Check) cause(f record.Finding) string {
	var parts []string
	for _, crossed := range f.Crossed {
		text := c.crossed(crossed).words()
		var turned []string
		for _, turn := range crossed.Turned {
			turned = append(turned, turn.ID+" ("+strings.Join(turn.Boundaries, ", ")+")")
		}
		if len(turned) > 0 {
			verb := " crossed "
			if crossed.Is.Kind == fact.Unknown {
				verb = " left open "
			}
			text += verb + words.And(turned)
		}
		parts = append(parts, text)
	}
	for _, r := range f.Reworded {
		switch {
		case r.Was == "":
			parts = append(parts, r.ID+" is new, "+markdown.Code(r.Is))
		case r.Is == "":
			parts = append(parts, r.ID+" is gone, "+markdown.Code(r.Was))
		default:
			parts = append(parts, r.ID+" read "+markdown.Code(r.Was)+" and reads "+markdown.Code(r.Is))
		}
	}
	if len(parts) == 0 {
		return "no fact or statement differs, but the framework decides differently"
	}
	return strings.Join(parts, "; ")
}

// change returns a fact's present value and a possible one.
func (c Check) change(fact int, f record.Finding, to fact.Value) string {
	return Crossed{Fact: c.Framework.Dictionary.Fact(fact).Name, Was: f.Today[fact], Is: to}.words()
}

func (c Crossed) words() string { return c.Fact + " " + known(c.Was) + " → " + known(c.Is) }

// known returns a value in words, including "unknown".
func known(v fact.Value) string {
	switch {
	case v.Unsettled:
		return "unsettled"
	case v.Kind == fact.Unknown:
		return "unknown"
	}
	return v.String()
}

// then returns the commands that resolve a record that no longer holds. "…" marks what to fill in.
func (c Check) then(f record.Finding) []string {
	switch f.State {
	case record.Broken:
		supersede := "layer2 record " + flagged("supersedes", f.Reference)
		if len(f.Possible) > 1 {
			supersede += " --decision " + f.Possible[0].String() + ` --reason "…"`
		}
		return []string{supersede + c.flags(), c.reaffirm(f)}
	case record.Doubtful:
		if f.Confirm {
			return []string{c.cite(f), c.reaffirm(f)}
		}
		var commands []string
		if len(f.Ask) > 0 {
			command := "layer2 facts set " + c.Framework.Dictionary.Fact(f.Ask[0]).Name + "=…"
			if c.Facts != defaultFacts {
				command += " " + flagged("facts", c.Facts)
			}
			commands = append(commands, command)
		}
		return append(commands, c.reaffirm(f))
	}
	return []string{}
}

func (c Check) reaffirm(f record.Finding) string {
	return "layer2 record " + flagged("reaffirm", f.Reference) + ` --reason "…"` + c.flags()
}

// defaultFacts is the facts file that commands use by default.
const defaultFacts = "layer2.yaml"

// flags returns the flags without which a command would look elsewhere than this check.
func (c Check) flags() string {
	text := ""
	for _, flag := range []struct{ name, value, otherwise string }{
		{"dir", c.Directory, record.DefaultDirectory}, {"facts", c.Facts, defaultFacts}, {"knowledge", c.Knowledge, ""},
	} {
		if flag.value != flag.otherwise {
			text += " " + flagged(flag.name, flag.value)
		}
	}
	return text
}

// plainWord matches what a shell needs no quotes for.
var plainWord = regexp.MustCompile(`^[\pL\pN_./+:@%-]+$`)

// flagged returns a flag and its value as typed in a shell.
func flagged(name, value string) string {
	between := " "
	if strings.HasPrefix(value, "-") && value != "-" {
		between = "=" // otherwise the value looks like a flag
	}
	if !plainWord.MatchString(value) {
		value = "'" + strings.ReplaceAll(value, "'", `'\''`) + "'"
	}
	return "--" + name + between + value
}

// advice says what to do about a record; empty if there is nothing to do.
func (c Check) advice(f record.Finding) string {
	then := c.then(f)
	if f.Confirm {
		return words.Escape("read what it means now with " + then[0] + "; if it is still so, keep the decision with " + then[1])
	}
	if f.State == record.Doubtful && len(then) > 1 {
		return words.Escape("find out the missing fact and set it with " + then[0] + ", or keep the decision with " + then[1])
	}
	return words.Escape(strings.Join(then, ", or "))
}
