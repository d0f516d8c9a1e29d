// Package ledger is the database of what must never be lost: the deliveries that arrived, the nights that were run,
// what gates found on them and who released it, and every push that was planned. Artefacts can be made again from deliveries; the ledger cannot, so it is the file to
// back up.
//
// It is SQLite in write-ahead mode with full synchronisation: what a method has returned from survives a power cut.
// One process writes at a time, the others wait; reading never waits. The schema stands in migrations/, which Open
// applies. Queries keep to SQL that PostgreSQL understands as well.
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
