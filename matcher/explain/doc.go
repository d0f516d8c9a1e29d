// Package explain shows how the verdict of one enterprise on one condition comes about, and what follows from it: the
// tree of the condition, each part with its verdict, each elementary test with the values it read or computed, where
// they came from and when they were last confirmed, each 有, 每 and fold with the rows that decided; what would have to
// be known, and who can say it; what would have to change.
//
// It has no semantics of its own. The block is cut down to the one enterprise, every part of the condition and every
// value in it is added to a plan like any other, and the plan is evaluated as at night; what explain says is what the
// night did. What follows from the tree is read off its verdicts:
//
//   - Missing: the unknown things that the unknown parts read. Parts that are decided keep nothing open.
//   - Changes: the fewest tests that would have to come out otherwise for 不符合 to become 符合.
//   - Near: the tests of a near miss, by the rule of the language.
//
// The way through the package:
//
//	answer.go               what is known of a pair: the outcome, the lists, the amount, the tree
//	node.go value.go        the tree, also as JSON: the names of the fields are kept
//	explain.go walk.go      condition -> tree, with what to ask the plan
//	test.go column.go       tests and the columns they read, with what other sources say
//	compute.go cases.go words.go  arithmetic, derived attributes, 分档, 计分, 累进; the words a 分档 can still give
//	list.go                 rows of datasets, years
//	tag.go first.go         tags with their rules, each shown once
//	cut.go                  a block of one enterprise
//	fact.go change.go near.go gap.go  what follows
//	amount.go number.go hint.go       numbers in the words and units of an officer
//	render*.go              the answer as text for an officer
package explain
