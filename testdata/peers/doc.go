// Command peers measures zhida beside what people would use instead, in one run and on the same columns: DuckDB with a query
// per item, and plain roaring bitmaps with FastAnd and FastOr. It is a module of its own, since DuckDB is a library in C++
// that zhida does not depend on.
//
//	peers -only match              who is sure of what: 10 million enterprises, 10,488 items
//	peers -only nation             189 million enterprises, 325,000 items in 31 provinces, for zhida alone
//	peers -only night              whole nights, the next one, explain and simulate: zhida alone, as processes
//	peers -only sqlnight           a whole night, and the same deliveries read, joined, tagged and matched by a script in DuckDB
//
// A question is put to all three from the checked condition (question.go), never from zhida's plan, and every answer is
// compared, its count and a hash of its ids, before a time is printed; of a night, how many are sure of each item. Each has two
// threads. match.go has the match, duck.go and bitmaps.go the peers, nation.go and night.go what is measured of zhida itself;
// sqlnight.go runs the night that package script writes in SQL; main.go prints the table and writes bench.json.
package main
