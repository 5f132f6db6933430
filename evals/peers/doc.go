// Package peers times the engine against what else could have decided the framework: the ladder as hand-written Go, cel-go, expr,
// OPA, cedar-go, grule and json-logic. All of them get the same knowledge and the same situations, and have to agree before they are timed.
//
// The knowledge of the peers comes from one table that is typed by hand from logic.md §1 and §3 (table.go, ladder.go); the hand-written
// Go is written out separately (handwritten.go). Nothing here is made from the engine or from the knowledge that it loads.
// It is a module of its own, so that the product depends on none of them.
//
// Read it in this order: facts, condition, table, ladder, situations, peer, then one file a peer, measure, growth.
package peers
