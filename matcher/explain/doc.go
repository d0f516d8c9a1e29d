// Package explain shows how the verdict of one enterprise on one condition comes about: the tree of the condition, each
// part with its verdict, each elementary test with the values it read, where they came from and when they were last
// confirmed, each 有 and 每 with the rows that decided.
//
// It has no semantics of its own. The block is cut down to the one enterprise, every part of the condition is added to
// a plan like any condition, and the plan is evaluated as at night; what explain says is what the night did.
//
//	node.go            the tree, also as JSON
//	explain.go walk.go condition -> tree, with what to ask the plan
//	tag.go             tags with their rules, each once
//	cut.go             a block of one enterprise
//	value.go amount.go what a test read, in words
//	render.go          the tree as text for an officer
package explain
