// Package plan turns many checked conditions into one shared plan and evaluates it over a block of enterprises.
//
// A Builder takes conditions one by one and keeps each distinct part once: two items that ask for 注册地 属于 510700
// share the test, and two that ask for the same pair of tests share the pair. What comes out is a graph of nodes:
//
//   - a test reads one or two columns and gives yes, no or unknown for each thing (number.go, date.go, code.go,
//     member.go, contains.go, …): what conditions mostly ask, in loops of their own; of codes, by stretches of their words in
//     order (numbered.go);
//   - a relation compares two expressions, run as programs (program.go, relation.go), and a point asks where one is
//     known exactly (已知, and amounts);
//   - all is 且, at least is 至少, sure makes unknown no (for 已知 of conditions);
//   - some reduces a condition on rows to enterprises, for 有 and 每 (rows.go); a fold makes a column of the rows' values
//     (fold.go), built once per block whoever reads it;
//   - near finds near misses (near.go).
//
// A Ref is a node or its negation. In Kleene's logic 非 only exchanges the yes and the no set, so it costs nothing,
// and 或 is 且 seen through 非 on both sides; there is one connective to get right.
//
// # Spaces
//
// What a truth is about is a space: the enterprises, the rows of a dataset, or the last years of each enterprise (近N年度).
// A frame lends the columns of a space, and the same tests, programs and folds run in all of them. Yearly attributes
// are not stored in a profile: a column per attribute and year is made from the rows of its sources when something asks
// for it (year.go), and a frame of years interleaves those.
//
// # Numbers
//
// Numbers are intervals, and verdicts are exact. A program runs over 512 things at a time in float64, each end of each
// interval with a proven bound of its error (end.go); what the bounds cannot decide is computed again for that one enterprise
// in fractions of two int64 (fraction.go) or, if these do not do, in rational numbers (exact.go, interval.go), which are what
// a program means. Units are kept apart from values, so that floating point sees the whole numbers that are stored and is
// mostly exact; see program. Folds are written once, for both kinds of ends (fold_rows.go), with a short way through rows of
// which all is known (fold_quick.go).
//
// What many conditions ask of one number is asked together. An expression that is compared with limits is computed once per
// block and kept as codes, integers in the order of its ends (value.go); a limit is then a scan, and only what lies within
// some codes of it is looked at again. For most enterprises one of the figures is unknown or 0, and what the expression comes
// to is the same for all of these (cases.go): that is worked out once, in monomials of the figures that are known
// (monomial.go). And a column that is scanned often, of numbers, dates or codes, is brought to ranks between all limits of the
// plan, a byte each (thresholds.go): 1.5 µs a test of 65,536 enterprises instead of 10.
//
// # Evaluation
//
// An Evaluator walks the graph on demand, one block after the other. It counts the uses of each node and gives its
// sets back to a pool after the last one, so a block of 65,536 enterprises needs a few hundred sets of 8 KiB
// at most, and nothing is allocated per item. 且 takes its cheapest parts first and stops where the whole block is
// already no: most items of a province concern one county, and their other tests are never evaluated elsewhere. Near
// misses stop likewise, as soon as nobody is a candidate.
//
// Items go another way than single conditions (item.go, items.go). What 且 joins in one, however it is nested, are its parts,
// and candidates go through all of them at once. The parts that nobody can bring about and that ask for a column's value
// are gates (alive.go): the values that occur in a block say whom a gate lets pass, before any door is looked at. A shut
// gate ends its items there. A dim one, unknown for some and yes for nobody, leaves those who may need facts, and they are
// looked for among these few (dim.go). describe.go tells all this of an item.
//
// # Simplifications
//
// None changes a Kleene result, and each is tried on all that its parts can be (TestMeaning, TestChoose, TestShares):
//
//   - 且 is flattened, a part named twice counts once, constants go (simplify_all.go); A 且 非 A stays;
//   - 至少 with constant parts, of one or of all becomes simpler (simplify_atleast.go);
//   - A < 5 is what A >= 5 denies, unless A can be absent (lower_compare.go);
//   - 分档 directly under a comparison is lifted out of it (lift.go), so that 分档 of words is known as the set of those still
//     possible (words.go);
//   - arithmetic on constants is done (constant.go); thresholds become whole numbers at a column's scale (number.go);
//   - derived attributes are seen through;
//   - statements (评审, 承诺) are constants under each grant (grant.go), and all else is shared between the grants.
package plan
