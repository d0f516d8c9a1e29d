// Package plan turns many checked conditions into one shared plan and evaluates it over a block of enterprises.
//
// A Builder takes conditions one by one and keeps each distinct part once: two items that ask for 注册地 属于 510700
// share the test, and two that ask for the same pair of tests share the pair. What comes out is a graph of nodes:
//
//   - a test reads one or two columns and gives yes, no or unknown for each enterprise (number.go, date.go, code.go, …);
//   - all is 且 of other nodes;
//   - some reduces a condition on rows of a dataset to the enterprises the rows belong to (rows.go).
//
// A Ref is a node or its negation. In Kleene's logic 非 only exchanges the yes and the no set, so it costs nothing,
// and 或 is 且 seen through 非 on both sides; there is one connective to get right.
//
// Rows of a dataset are just another set of columns: the same tests run over them, in another space.
//
// An Evaluator walks the graph on demand, one block after the other. It counts the uses of each node and gives its
// two bitsets back to a pool after the last one, so a block of 65,536 enterprises needs a few hundred sets of 8 KiB
// at most, and nothing is allocated per item. 且 takes its cheapest parts first and stops where the whole block is
// already no: most items of a province concern one county, and their other tests are never evaluated elsewhere.
//
// No rewrite here changes a Kleene result: parts are flattened, deduplicated and reordered, but A 且 非 A stays.
package plan
