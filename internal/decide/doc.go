// Package decide is the engine: conditions over facts, cells, diagrams, outcomes and explanations.
//
// A capability is given as a Model: statements with conditions over facts, and marks that say what each does. Compile turns it
// into a Decision, one canonical multi-valued decision diagram with the outcomes of the ladder at its leaves. Every question is
// answered exactly on that diagram, for facts that are known, unknown or anything between, over all ways in which the unknown
// could turn out. Nothing is guessed and nothing is three-valued along the way.
//
// The package is pure: no files, no clock, no YAML, no protocol, and no capability's name. It knows nothing of service meshes.
//
// Its files, in the order in which they read best:
//
//	model      what a capability is to the engine: statements, their roles and marks
//	token      a condition's words
//	condition  the grammar of conditions, a fragment of CEL, and the tree that it is read into
//	threshold  the numbers at which conditions divide a fact
//	cell       the values of a fact that the conditions never tell apart
//	range      a number of which only a range is known, against cells
//	diagram    the diagrams: how they are built, reduced, walked and restricted
//	outcome    verdicts, reasons, and the ladder of outcomes at the leaves
//	compile    from a Model to a Decision
//	predicate  one condition for itself, compiled: an option's clause, a guard, a conflict
//	theme      a theme of Layer 3, compiled, and its explanation
//	trait      what the order of questions has to know of a fact
//	ask        which facts can still matter, first things first
//	settle     how much of the verdict an answer is expected to settle
//	explain    everything about one situation: reasons, sufficient facts, the provisional verdict
//	flip       the least change that would give another verdict
//	boundary   what a change of one value crosses
//	space      all situations at once, for questions about the knowledge itself
//	region     a set of situations, and facts that lead into it
//	outcomemap the outcome of every situation, and how two versions differ
//	canonical  one text for equal decisions, which evals compare
package decide
