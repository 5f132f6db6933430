// Package coverage measures what the checked-in cases exercise of the knowledge: every condition so far that each of its atoms is
// shown to matter by itself (MC/DC), and of the answers every citation, question, flip, class, status and outcome that the
// knowledge can give. What is not feasible is not left out by a list: it is proved, from the cells and diagrams.
//
// Read it in this order: expression, condition, independence, universe, seen, coverage.
package coverage
