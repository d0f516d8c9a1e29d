// Package ledger is the database of what must never be lost: the deliveries that arrived, the nights that were run,
// what gates found on them and who released it, and every push that was planned. Artefacts can be made again from deliveries; the ledger cannot, so it is the file to
// back up.
//
// It is a file of SQLite's in write-ahead mode with full synchronisation, or a database of PostgreSQL's: what a method has
// returned from survives a power cut. One transaction writes at a time, the others wait; reading never waits. The schema stands in
// migrations/, which are applied when a ledger is opened. Queries and migrations are the same for both databases, texts are ordered
// by their bytes in both, and both pass one suite; what they do differently is the interface database.
//
// A connection to a server may be lost. What was not committed is then done again, for about a minute, while the server restarts; a
// commit whose answer was lost is asked after by its number. The lock of a night is held by the connection that writes, and has a
// number: a process that has lost it cannot write unless nobody had it since.
//
// A backup is a file with the tables of either database as they were at one moment, with the number of their rows and the sum of
// their values, and restores into either.
//
// Days are stored as text 2026-06-15, moments as UTC text 2026-06-15T19:30:00.000Z: both sort as they read. The ledger
// reads no clock: every moment is passed in.
//
// # Which night follows which
//
// A business date has one or more revisions: 2026-06-15, then 2026-06-15.2. Publishing a revision supersedes the
// published one before it: that one's pushes which are still planned are cancelled, or planned anew if they are due
// again, and its baselines go. A night whose date lies before a published one is a backfill: it supersedes nothing and
// no night follows it.
package ledger
