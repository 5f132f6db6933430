// Package decide is the engine: conditions over facts, cells, diagrams, outcomes and explanations.
//
// A capability is given as a Model: statements with conditions over facts, and marks that say what each does. Compile turns it
// into a Decision, one canonical multi-valued decision diagram with the outcomes of the ladder at its leaves. Every question is
// answered exactly on that diagram, for facts that are known, unknown or anything between, over all ways in which the unknown
// could turn out. Nothing is guessed and nothing is three-valued along the way.
//
// The package is pure: no files, no clock, no YAML, no protocol, and no capability's name. It knows nothing of service meshes.
// Read it in this order: condition, model, outcome, cell, diagram, compile, explain, ask, flip, theme.
package decide
