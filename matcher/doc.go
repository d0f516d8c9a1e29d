// Package matcher is the heart of zhida: it decides for every enterprise of a block and every item of the library
// whether the enterprise meets the item's condition for sure, may meet it once some fact is known, or does not.
//
// Compile makes a Library of the checked conditions of a workspace, once a night. Its parts are shared: an elementary
// test that stands in a hundred items is evaluated once per block (package plan). Tags evaluates the rules of the tags
// on a block, in the order of their dependence; Each then reads the tags from the block like any other fact.
//
//	profile.Block ──Tags──> block with tags ──Each──> for each item the sets Sure and Needs
//
// Everything here is a pure function of the block, the library and the business date. There is no clock, no network
// and no file in it, so it runs the same in a night, in explain and in a simulation.
package matcher
