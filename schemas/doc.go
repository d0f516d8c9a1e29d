// Package schemas holds the words of zhida as Go types and rules: the unified social credit code, regions,
// industries, size classes, dates, datasets, attributes, tags, policies and items.
//
// It is the leaf of the tree: it imports nothing of ours and does no I/O. Files are read by pipeline/workspace,
// which fills the types of this package; what a word means is decided here and nowhere else.
package schemas
