package framework

import (
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

// Document is one knowledge file. Every file may hold any of these parts; by custom a capability has a file of its own
// (its keys are at the top level), and facts.yaml, layer3.yaml, rules.yaml, readings.yaml and webshop.yaml hold the rest.
type Document struct {
	// Facts are the dictionary's entries, in fact order.
	Facts []Fact `yaml:"facts,omitempty" json:"facts,omitempty"`

	CapabilityFile `yaml:",inline"`
	RulesFile      `yaml:",inline"`
	Layer3File     `yaml:",inline"`

	// Readings are the choices made where the source is silent or contradicts itself.
	Readings []Reading `yaml:"readings,omitempty" json:"readings,omitempty"`
	// Shop is the worked example of the source.
	Shop *WorkedExample `yaml:"worked_example,omitempty" json:"worked_example,omitempty"`
}

// Fact is one thing that can be known about a platform.
type Fact struct {
	ID   strict.Text `yaml:"id" json:"id"`
	Type strict.Text `yaml:"type" json:"type" jsonschema:"enum=boolean,enum=integer,enum=number,enum=choice,enum=set"`
	// Values are the domain of a choice or the members of a set, in order.
	Values []strict.Text `yaml:"values,omitempty" json:"values,omitempty"`
	Unit   strict.Text   `yaml:"unit,omitempty" json:"unit,omitzero"`
	// Step is how far "just past a boundary" is for a number; an integer's is 1.
	Step float64 `yaml:"step,omitempty" json:"step,omitempty"`
	// Presumed is what a provisional answer assumes while the fact is unknown; absent if it assumes nothing.
	Presumed *Presumption `yaml:"presumed,omitempty" json:"presumed,omitempty"`
	Question strict.Text  `yaml:"question" json:"question"`
	Meaning  strict.Text  `yaml:"meaning" json:"meaning"`
	// Hint is a short meaning that a tool's schema shows if the name alone is not clear.
	Hint strict.Text `yaml:"hint,omitempty" json:"hint,omitzero"`
	// Since is the version of the knowledge in which the meaning last changed; absent where that is the first.
	Since strict.Text `yaml:"since,omitempty" json:"since,omitzero"`
}

// Presumption is a value to assume while a fact is unknown, and the sentence that says so.
type Presumption struct {
	Value fact.Written `yaml:"value" json:"value"`
	Says  strict.Text  `yaml:"says" json:"says"`
	// Check marks what is presumed to be in order and worth a look; all else is presumed because nobody asked or complained.
	Check bool `yaml:"check,omitempty" json:"check,omitempty"`
}

// CapabilityFile is one capability: what the framework says about it, statement by statement.
type CapabilityFile struct {
	ID      strict.Text `yaml:"id,omitempty" json:"id,omitzero"`
	Code    strict.Text `yaml:"code,omitempty" json:"code,omitzero"`
	Title   strict.Text `yaml:"title,omitempty" json:"title,omitzero"`
	Summary strict.Text `yaml:"summary,omitempty" json:"summary,omitzero"`
	// Mode is empty, or "prepare": the capability is prepared in Layer 2 and activated in Layer 3.
	Mode strict.Text `yaml:"mode,omitempty" json:"mode,omitzero" jsonschema:"enum=prepare"`
	// Complexity is the complexity cost stated by the source, if any.
	Complexity strict.Text `yaml:"complexity,omitempty" json:"complexity,omitzero" jsonschema:"enum=low,enum=low-medium,enum=medium,enum=medium-high,enum=high"`
	// Matrix is the row of the decision matrix, if the source has one.
	Matrix *MatrixRow `yaml:"matrix,omitempty" json:"matrix,omitempty"`
	// TriggersHeading is the source's own heading for the triggers.
	TriggersHeading strict.Text `yaml:"triggers_heading,omitempty" json:"triggers_heading,omitzero"`
	Triggers        []Statement `yaml:"triggers,omitempty" json:"triggers,omitempty"`
	DoNot           []Statement `yaml:"do_not,omitempty" json:"do_not,omitempty"`
	NowHeading      strict.Text `yaml:"now_heading,omitempty" json:"now_heading,omitzero"`
	Now             []Statement `yaml:"now,omitempty" json:"now,omitempty"`
	LaterHeading    strict.Text `yaml:"later_heading,omitempty" json:"later_heading,omitzero"`
	Later           []Statement `yaml:"later,omitempty" json:"later,omitempty"`
	// OptionsKind says what the options are: tools and approaches are alternatives and get ranked, levels and components add up.
	OptionsKind strict.Text `yaml:"options_kind,omitempty" json:"options_kind,omitzero" jsonschema:"enum=tools,enum=approaches,enum=levels,enum=components"`
	Options     []Option    `yaml:"options,omitempty" json:"options,omitempty"`
	Questions   []Question  `yaml:"questions,omitempty" json:"questions,omitempty"`
	BuildsOn    []Statement `yaml:"builds_on,omitempty" json:"builds_on,omitempty"`
	Keeps       []Statement `yaml:"keeps,omitempty" json:"keeps,omitempty"`
	// Maturity is the question in the source's maturity table.
	Maturity *Statement `yaml:"maturity,omitempty" json:"maturity,omitempty"`
	// Exit is the id of the question that asks for an exit strategy; rule R4 asks it if the capability has none.
	Exit strict.Text `yaml:"exit,omitempty" json:"exit,omitzero"`
}

// MatrixRow is a row of the decision matrix. It is a summary and decides only if it has a condition.
type MatrixRow struct {
	Statement `yaml:",inline"`
	Trigger   strict.Text `yaml:"trigger" json:"trigger"`
	SkipIf    strict.Text `yaml:"skip_if" json:"skip_if"`
}

// Statement is one sentence of the framework with its id and, if it decides, its condition and marks.
type Statement struct {
	ID   strict.Text `yaml:"id" json:"id"`
	Says strict.Text `yaml:"says" json:"says"`
	// When is the condition under which it holds; a statement without one is shown but decides nothing.
	When Condition `yaml:"when,omitempty" json:"when,omitzero"`
	// Effect is what it does when it holds: floor (too small: skip), blocker (fix first) or later (argues for waiting).
	Effect strict.Text `yaml:"effect,omitempty" json:"effect,omitzero" jsonschema:"enum=floor,enum=blocker,enum=later"`
	// Answers are the triggers or reasons for now that it answers when it holds.
	Answers []strict.Text `yaml:"answers,omitempty" json:"answers,omitempty"`
	// Required statements must hold for the platform to be big enough.
	Required bool `yaml:"required,omitempty" json:"required,omitempty"`
	// Lifts is the required statement that this reason for now makes contested instead of decisive.
	Lifts strict.Text `yaml:"lifts,omitempty" json:"lifts,omitzero"`
	// Measured marks a reason for now that is a measured problem (rule R3).
	Measured bool `yaml:"measured,omitempty" json:"measured,omitempty"`
	// Regulation marks a reason for now that comes from a regulation; plans are ordered by it.
	Regulation bool `yaml:"regulation,omitempty" json:"regulation,omitempty"`
	// SameAs is the id of the statement that this one repeats; Shown says why a statement changes no outcome.
	SameAs strict.Text `yaml:"same_as,omitempty" json:"same_as,omitzero"`
	Shown  strict.Text `yaml:"shown,omitempty" json:"shown,omitzero"`
	// Do marks a task rather than a condition: due always, or at this verdict (and when When holds, if given).
	Do strict.Text `yaml:"do,omitempty" json:"do,omitzero" jsonschema:"enum=always,enum=prepare,enum=adopt"`
	// Guidance is advice that is not a rule: durations, ratios, examples.
	Guidance []strict.Text `yaml:"guidance,omitempty" json:"guidance,omitempty"`
	// Disabled takes the statement out of every decision; Reason says why.
	Disabled bool        `yaml:"disabled,omitempty" json:"disabled,omitempty"`
	Reason   strict.Text `yaml:"reason,omitempty" json:"reason,omitzero"`
}

// Option is a tool, an approach, an alert level or a component.
type Option struct {
	ID      strict.Text   `yaml:"id" json:"id"`
	Name    strict.Text   `yaml:"name" json:"name"`
	UseWhen strict.Text   `yaml:"use_when" json:"use_when"`
	Pros    []strict.Text `yaml:"pros,omitempty" json:"pros,omitempty"`
	Cons    []strict.Text `yaml:"cons,omitempty" json:"cons,omitempty"`
	Fits    []Clause      `yaml:"fits,omitempty" json:"fits,omitempty"`
	Out     []Clause      `yaml:"out,omitempty" json:"out,omitempty"`
	Updates []Update      `yaml:"updates,omitempty" json:"updates,omitempty"`
	// Guidance is advice that is not a rule.
	Guidance []strict.Text `yaml:"guidance,omitempty" json:"guidance,omitempty"`
	Disabled bool          `yaml:"disabled,omitempty" json:"disabled,omitempty"`
	Reason   strict.Text   `yaml:"reason,omitempty" json:"reason,omitzero"`
}

// Clause is one condition of an option, in words and as an expression.
type Clause struct {
	Says strict.Text `yaml:"says" json:"says"`
	When Condition   `yaml:"when" json:"when"`
}

// Update is a dated note on a claim of the source that is out of date. It does not affect ranking.
type Update struct {
	Date   strict.Text `yaml:"date" json:"date"`
	Says   strict.Text `yaml:"says" json:"says"`
	Source strict.Text `yaml:"source" json:"source"`
}

// Question is something to answer before starting, with its sub-questions.
type Question struct {
	ID       strict.Text   `yaml:"id" json:"id"`
	Says     strict.Text   `yaml:"says" json:"says"`
	Parts    []Statement   `yaml:"parts,omitempty" json:"parts,omitempty"`
	Guidance []strict.Text `yaml:"guidance,omitempty" json:"guidance,omitempty"`
}

// RulesFile is what applies to all capabilities.
type RulesFile struct {
	// Version changes with every change of meaning.
	Version strict.Text `yaml:"version,omitempty" json:"version,omitzero"`
	Source  strict.Text `yaml:"source,omitempty" json:"source,omitzero"`
	// Order is the framework's order of capabilities, by id; others follow, by path.
	Order []strict.Text `yaml:"order,omitempty" json:"order,omitempty"`
	// Framework is what the framework is and is not (F), Layers its layers (Y), Rules its decision rules (R).
	Framework []Statement `yaml:"framework,omitempty" json:"framework,omitempty"`
	Layers    []Statement `yaml:"layers,omitempty" json:"layers,omitempty"`
	Rules     []Statement `yaml:"rules,omitempty" json:"rules,omitempty"`
	Conflicts []Conflict  `yaml:"conflicts,omitempty" json:"conflicts,omitempty"`
}

// Conflict is a combination of two or three facts that contradict each other. It is reported and never decides.
type Conflict struct {
	When Condition `yaml:"when" json:"when"`
	// NotRunning is the capability that must be known not to run for the conflict to hold.
	NotRunning strict.Text `yaml:"not_running,omitempty" json:"not_running,omitzero"`
	Says       strict.Text `yaml:"says" json:"says"`
}

// Layer3File is the themes of Layer 3.
type Layer3File struct {
	Themes []ThemeFile `yaml:"themes,omitempty" json:"themes,omitempty"`
}

// ThemeFile is one theme of Layer 3: what it needs, and what must hold before it starts.
type ThemeFile struct {
	ID    strict.Text `yaml:"id" json:"id"`
	Slug  strict.Text `yaml:"slug" json:"slug"`
	Title strict.Text `yaml:"title" json:"title"`
	Says  strict.Text `yaml:"says" json:"says"`
	// Need is a condition, or a list of triggers of which one must stand.
	Need ThemeNeed `yaml:"need" json:"need"`
	// Prerequisite is stated by the source and decides; Inferred ones are advice.
	Prerequisite Prerequisite   `yaml:"prerequisite" json:"prerequisite"`
	Inferred     []Prerequisite `yaml:"inferred,omitempty" json:"inferred,omitempty"`
	Guards       []Clause       `yaml:"guards,omitempty" json:"guards,omitempty"`
	// Routes are notes under a condition: an option that is ruled out, and what to use instead.
	Routes []Route `yaml:"routes,omitempty" json:"routes,omitempty"`
}

// ThemeNeed has exactly one of a condition and a list of statements of which one must stand.
type ThemeNeed struct {
	Says strict.Text `yaml:"says" json:"says"`
	When Condition   `yaml:"when,omitempty" json:"when,omitzero"`
	// AnyStands are triggers of the stated prerequisite.
	AnyStands []strict.Text `yaml:"any_stands,omitempty" json:"any_stands,omitempty"`
}

// Prerequisite is a capability that should run first, and the reason.
type Prerequisite struct {
	Capability strict.Text `yaml:"capability" json:"capability"`
	// Statement is the id of the statement that says so, if the source states it.
	Statement strict.Text `yaml:"statement,omitempty" json:"statement,omitzero"`
	Says      strict.Text `yaml:"says" json:"says"`
}

// Route is advice that applies under a condition.
type Route struct {
	When Condition   `yaml:"when" json:"when"`
	Says strict.Text `yaml:"says" json:"says"`
	// Options are the ids of the options it recommends.
	Options []strict.Text `yaml:"options,omitempty" json:"options,omitempty"`
}

// Reading is a named choice of interpretation.
type Reading struct {
	Slug strict.Text `yaml:"slug" json:"slug"`
	// On lists the ids that depend on it, each in full.
	On []strict.Text `yaml:"on,omitempty" json:"on,omitempty"`
	// Scope says in words what On cannot list: every trigger, all facts.
	Scope strict.Text `yaml:"scope,omitempty" json:"scope,omitzero"`
	Says  strict.Text `yaml:"says" json:"says"`
}

// WorkedExample is the source's own example, as facts.
type WorkedExample struct {
	Title      strict.Text `yaml:"title" json:"title"`
	Says       strict.Text `yaml:"says" json:"says"`
	Statements []Statement `yaml:"statements" json:"statements"`
	// Stated are the facts that the source gives; Assumed are those added to reach its conclusions, each with a reason.
	Stated  []ExampleFact `yaml:"stated" json:"stated"`
	Assumed []ExampleFact `yaml:"assumed" json:"assumed"`
}

// ExampleFact is a fact of the worked example and where it comes from.
type ExampleFact struct {
	Fact  strict.Text  `yaml:"fact" json:"fact"`
	Value fact.Written `yaml:"value" json:"value"`
	Why   strict.Text  `yaml:"why" json:"why"`
}
