// Package decide is the engine: conditions over facts, cells, diagrams, outcomes and explanations.
//
// A capability is given as a [Model]: statements with conditions over facts, and marks that say what each does. [Compile] turns it
// into a [Decision], one canonical multi-valued decision diagram with the outcomes of the ladder as its leaves. Every question is
// answered exactly on that diagram, over every completion of the facts that are unknown or known only in part. Nothing is
// guessed, and no three-valued logic is involved.
//
// The package is pure: no files, no clock, no YAML, no protocol, and no capability's name. It knows nothing about service meshes.
//
// Its files, in reading order:
//
//	model      what a capability is to the engine: statements, their roles and marks
//	token      the tokens of a condition
//	condition  the grammar of conditions, a fragment of CEL, and its syntax tree
//	threshold  the numbers at which conditions divide a fact
//	cell       sets of values of a fact that the conditions never tell apart
//	range      numbers known only within a range, and cells
//	diagram    decision diagrams: how they are built, reduced, walked and restricted
//	outcome    verdicts, reasons, and the outcomes at the leaves
//	compile    from a Model to a Decision
//	predicate  a single compiled condition: an option's clause, a guard, a conflict
//	theme      a theme of Layer 3, compiled, and its explanation
//	trait      what the order of questions depends on for each fact
//	ask        which facts can still matter, in the order to ask
//	settle     how much of the verdict an answer is expected to settle
//	explain    everything about one situation: reasons, and the given facts that suffice
//	waiting    what holds and may still be answered, and what is certain whatever the answers
//	provisional what follows if what nobody mentioned is unremarkable, and what happens otherwise
//	answer     the ways to answer a question, and where each leads
//	edge       the known numbers that lie one step from other verdicts
//	flip       the least change that would give another verdict
//	boundary   what a change of one value crosses
//	space      all situations at once, for questions about the knowledge itself
//	region     a set of situations, and facts that lead into it
//	outcomemap the outcome of every situation, and how two versions differ
//	canonical  the same text for equal decisions, which evals compare
package decide
