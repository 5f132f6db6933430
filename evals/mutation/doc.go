// Package mutation asks whether the cases would notice a mistake in the knowledge. It makes every small mistake that there is, one
// at a time: another operator, a constant one step off, a mark more or less, a guard gone. Each mutant is written as YAML, loaded
// like any knowledge, and then is one of four: refused by the loader; equivalent, because no diagram and no order differs; killed
// by a case of evals/cases that expects another answer; or a survivor, which is a case that is missing.
//
// Read it in this order: mutant, condition, marks, parts, judge, witness.
package mutation
