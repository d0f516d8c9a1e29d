// Package current keeps the rows that hold now (现势): it gives enterprises their doors, follows corrected codes, and
// applies tonight's rows to last night's.
//
// A home is worked on alone, and nothing here reads a file or a clock. The order of everything is the version of a
// row: business date, arrival number of its delivery, position in it. A row that comes late therefore never undoes a
// newer one, and a deleted row is kept as a tombstone so that an older insert cannot bring it back.
package current
