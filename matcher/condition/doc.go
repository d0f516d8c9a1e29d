// Package condition is the language in which policy officers write conditions. Text becomes a checked condition in
// the order of the files:
//
//	token.go lexer.go      text -> tokens: full-width forms folded, keywords known by both their spellings
//	syntax.go              the tree: what stands in the text, each node with its place
//	parser*.go             tokens -> tree; goes on after a fault, so that all faults of a text are told at once
//	checker*.go            tree -> Expr or Value: names, types, units and codes resolved against an Env
//	ir.go visit.go key*.go the checked condition, which plan and explain compile; walks through it; keys of equal conditions
//	attainable.go          which tests an enterprise can bring about, and would
//	format.go layout.go    tree -> the one canonical text
//	hint*.go faults.go     what was probably meant; from a place in the text to line and column of the file
//
// Nothing here reads files or knows an enterprise. Parse, Check and Format never panic, whatever the text: its size and
// its depth are limited, and so are the entries of a list, so that what walks a tree or a checked condition later may do
// so by recursion.
//
// Three things the checker does are worth knowing before its files. A bare number has the unit unitBare until it meets
// a unit and adopts it (checker_unit.go). A yearly attribute without a year is last year's, and the tree says so from
// then on (checker_value.go). A derived attribute is what its definition says, checked anew for the year or the rows it is
// asked of, and all that it stands for counts towards the size of the condition (checker_derived.go, checker_work.go).
//
// One node may stand in a tree more than once: what a 分档 looks at is the left side of each of its cases that are
// written without one.
package condition
