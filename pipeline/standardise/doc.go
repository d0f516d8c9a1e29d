// Package standardise turns one delivery of a dataset into typed rows: the first stage that looks into a file.
//
// A delivery arrives as batches of text columns (Source). Each row is accepted, flagged or rejected, never dropped:
// Report.Read = Accepted + Flagged + Rejected, always. What an accepted row holds is typed, in base units, and known
// or unknown per column; what could not be read is unknown and flagged, never guessed. Values that are personal leave
// the row here: Run.Sealed is the only place they go to, besides the raw text of a rejected row, which the sink
// encrypts. Neither a flag, nor a reason, nor an error, nor the report quotes them.
//
// The way of a row:
//
//	header.go     which column of the file serves which field, once per delivery
//	row.go        code, operation, fields, scope; collects flags and reasons
//	cell.go       a cell before its type matters: folding, empty words, several columns, remembered cells
//	text.go date.go number.go money.go region.go industry.go truth.go phone.go   one reader per type of field
//	run.go        accepted rows as columns, sorted by home, code and position, a group per home
//
// Standardising is a pure function of the delivery and the documents: the same delivery gives the same runs, rejects
// and report wherever and however often it is done.
package standardise
