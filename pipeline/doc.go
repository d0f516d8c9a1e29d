// Package pipeline is the night: it wires the stages to a seam of coarse tasks, and an engine runs the tasks.
//
//	map     one delivery              -> typed rows by home, rejects, a report      (Standardise)
//	seal    all maps                  -> crosswalk, blocks for new enterprises, which home reads what
//	reduce  a group of homes          -> current rows, profile blocks, verdicts, changes
//	commit  all of it                 -> past the gates: push lists, manifest, summary; the ledger makes it published
//
// and, for those who read of it, two more when it is published:
//
//	scan    a group of homes          -> what departments' workbooks say of them, ordered by department
//	book    a department              -> its workbook; of who delivers data, what to put right and sheets to fill in
//
// A task is named by a small spec: the artefacts it reads, by content. Its output is a small record too, and the
// artefacts it wrote are in the store. So a task may run anywhere and any number of times, a killed night goes on at
// the unit it reached, and the same history of deliveries gives the same bytes.
//
// What changed since the last published night is found where the verdicts are made, block by block (changing.go), and
// explained by matcher/changes: a night keeps the definitions it judged by, so that the next one can judge by them again
// (transition.go). Where nothing changed nothing of the last night is read but its verdicts.
//
// What nothing tonight concerns is taken over from the last night, and a night that takes over says what one says that
// judges everybody (zhida run --afresh). A delivery that brings what the last night's brought is not parsed again (again.go).
// Rows are a base and deltas, each all rows of the doors it has (rows.go); tags and verdicts are a base and what flipped
// (bitmaps.go). Only the affected doors of a block are judged (moved.go, judging.go). When layers come to a quarter of their
// base, or to eight, all is written anew: that goes by what the layers are and nothing else, so a replay does so alike. The
// profile's file is written anew only then (HomeState.Stale); readers make a taken-over block from its rows.
//
// Where a gate of a dataset holds, and its document says that nights go on without it, the homes are reduced once more without its
// deliveries: those wait for the next night, its rows stand, and nobody vouches that they are all (keep.go). The plan then says so:
// a replay asks no gate.
//
// What people read of a published night is made from its artefacts after it is published (reports.go, report_*.go,
// departments*.go), so no push list waits for it; zhida status says what is still to come.
//
// Nothing here reads the clock: the business date and the moments of start and end are passed in.
package pipeline
