// Package rows is what the readers of all formats share: Reader makes batches of the rows that a format's Scanner
// cuts, with their positions, faults and counts; Cells collects the texts of a row in formats that hold typed values,
// and writes them canonically; CheckHeader refuses names that cannot tell columns apart; File remembers errors of the
// bytes below that a library hides.
//
// Canonical texts: true and false; numbers without exponent, grouping and rounding, doubles as the shortest decimal
// that reads back as the same double; days as 2026-06-15, moments as 2026-06-15 08:30:00 with as many decimals as they
// have, in China's time if the format knows the instant, and at midnight as the day; nothing for a null.
package rows
