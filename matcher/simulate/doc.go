// Package simulate says what a condition that nobody has published yet would come to: how many enterprises would be
// sure, need facts or narrowly miss; where they are, what they do and how big they are; what each part of the condition
// costs (the funnel); what other thresholds would give (the curves); what the benefit would cost; and who would enter
// or leave against a condition that is published.
//
// A Question is compiled into a Simulation, which is immutable; each goroutine counts blocks with a Counter of its own,
// and Result adds the counts up. Every number is a count or an exact sum, so that the result is the same in whatever
// order the blocks come and however many goroutines share them.
//
// It has no semantics of its own: the condition, its parts, the condition without each of them and each threshold's test
// at other thresholds are conditions like any other, in one plan (compile.go), and sets of enterprises are all that is
// computed here.
//
//	question.go          what is asked
//	compile.go           question -> plan
//	counter.go           a block's counts
//	funnel.go            the parts joined by 且
//	threshold.go rewrite.go ladder.go curve.go   the thresholds of a condition, its tests at others, what comes of them
//	place.go             counts by region and industry
//	money.go sum.go      the benefit
//	result.go            the counts of many blocks
//
// # Curves
//
// A threshold's test stands in one place of the condition. With it taken as yes, a condition is yes for some
// enterprises (with), with it taken as no for others (without); in Kleene's logic the condition, in which the test stands
// once, is then yes for those of with where the test is yes, those of without where it is no, and those of both wherever
// it is unknown. So one evaluation of the rest serves all rungs of the ladder, and a block in which the test changes
// nothing for anybody is not asked about them.
package simulate
