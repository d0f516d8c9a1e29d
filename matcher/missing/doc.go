// Package missing finds, for all enterprises of a block at once, which facts keep an item's verdict open: the answer of
// explain.Missing for each pair, without a step per pair.
//
// A Finder has the tree of each condition, rules of tags and derived attributes seen through (tree.go, value.go), with
// the questions it asks the plan at each place. To find what an item lacks, the set of enterprises that need facts goes
// down the tree (find.go): under a part only those go on for which the part is unknown, and what arrives at a column
// whose value is not known lacks that column. Lists are gone through row by row of those enterprises (rows.go). The rule
// of a tag is gone through once per item, for all places that read the tag.
//
// A fact is one that nobody has said, that was said too long ago, or not precisely enough: what in particular is wrong
// with it is for explain to say, of one enterprise.
package missing
