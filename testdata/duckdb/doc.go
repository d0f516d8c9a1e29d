// Package duckdb checks zhida with another engine: DuckDB decides every item for every enterprise from nothing but what
// zhida export writes, and must come to the same verdicts. It is a module of its own, so that a database is never part of
// the product; make duckdb runs it.
//
// What it shares with zhida is the language, not the evaluation: it asks matcher/condition for a condition's checked tree
// and translates that into SQL by LANGUAGE.md. The translation is judged by its result only, pair by pair.
//
//	fraction.sql   exact numbers: a fraction of two HUGEINT, n/0 for what has no end; DuckDB refuses to overflow
//	oracle.go      the exported tables, and what they say of lists and of attributes by the year
//	sheet.go       one query over enterprises or rows, a column per part of a condition
//	truth.go       conditions: BOOLEAN, in which NULL is unknown: SQL's logic is Kleene's
//	number.go      numbers and dates: what they can be, from lo to hi, and whether they can be absent
//	word.go        texts and codes: the list of what they can be
//	fold.go        有, 每, 计数, 求和 … over rows
//
// A part of the language that is not translated is an error that names it, never a pair left out.
package duckdb
