// Package grounding holds answers against what they rest on: the knowledge and the caller's own facts. It walks every leaf of a
// structured answer, and each must be an id that resolves, a word of the output schema, a text of the knowledge in its place, a fact
// with its given value, or one of the few sentences that the tools write themselves (a step's "then", the drawing of a plan). What
// it has no rule for is a finding, so that a new field cannot slip by.
//
// The text of an answer is read back and compared with the structured part: it says the same.
//
// Read it in this order: grounding, rules, verdict, comparison, plan, citations.
package grounding
