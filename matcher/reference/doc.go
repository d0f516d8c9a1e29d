// Package reference says what a checked condition means, one enterprise at a time: it is LANGUAGE.md's section on meaning
// written out as plainly as it can be, in exact rationals, for tests only. The bulk engine of matcher/plan, the reports of
// matcher/explain and test scripts are judged against it, so it shares nothing with them but the checked forms of
// matcher/condition and the documents of schemas, and nothing but tests imports it.
//
// A truth is the pair of what can still come true: yes, no, or both. A number or a date is an interval, a text or a
// code the list of all it can be, and either may besides be absent: the latest of no rows.
//
// Read truth.go first, then value.go and fold.go; near.go is the rule of near misses.
package reference
