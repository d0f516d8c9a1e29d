// Package matcher is the heart of zhida: it decides for every enterprise of a block and every item of the library
// whether the enterprise meets the item's condition for sure, may meet it once some fact is known, or does not.
//
// Compile makes a Library of the checked conditions of a workspace, once a night. Its parts are shared: an elementary
// test that stands in a hundred items is evaluated once per block (package plan). Tags evaluates the rules of the tags
// on a block, in the order of their dependence; Each then reads the tags from the block like any other fact.
//
//	profile.Block ──Tags──> block with tags ──Each──> for each item its Verdict
//
// A verdict takes 评审 and 承诺 as met and says which of the sure are subject to them (matcher.go). It names near misses, for
// which reach.go knows what an enterprise can bring about, and who is ready for 免申即享 or 易申快享: that rests on amounts,
// lists, payments (readiness.go) and on which item of an exclusive group is kept (exclusive.go).
//
// Everything here is a pure function of the block, the library and the business date. There is no clock, no network
// and no file in it, so it runs the same in a night, in explain and in a simulation.
package matcher
