// Package bits holds sets of doors as plain words, one bit per enterprise of a block, and the pair of sets that
// carries Kleene's three truth values.
//
// A block has at most 65,536 doors, so a Set is at most 8 KiB and a few hundred of them stay in cache while all items
// that concern the block are evaluated. The operations are loops over words that allocate nothing. Roaring bitmaps are
// for what is stored and for what spans blocks: a block is exactly one of their containers (id = block<<16 | door), and
// Set.AppendTo and Set.FromRoaring go between the two.
//
// What the matcher does most is written for AVX2 (the files named _amd64.s), each kernel with a twin in plain Go
// (plain.go, plain_scan.go) that is used where there is no AVX2, and that tests hold it to. On an EPYC with two cores in
// use, 65,536 doors: AND of two sets 0.2 µs instead of 0.9, five parts of a conjunction at
// once 2.2 instead of 19, one threshold over a column of int64 10 instead of 76, over bytes 1.1 instead of 50
// (BenchmarkKernels prints both, in one run; BenchmarkRank what brings a column to bytes). What gained less than
// twice stayed in Go: CountAnd, Xor, Equal, Copy, Fill.
//
// A Set does not know how many bits it covers, only how many words. Bits beyond the last door of a block must stay
// clear: every operation here keeps them clear if its operands do, and those that could set them (Fill, Complement)
// take the number of bits.
package bits
