// Package bits holds sets of doors as plain words, one bit per enterprise of a block, and the pair of sets that
// carries Kleene's three truth values.
//
// A block has at most 65,536 doors, so a Set is at most 8 KiB and a few hundred of them stay in cache while all items
// that concern the block are evaluated. The operations are loops over words that allocate nothing. Roaring bitmaps are
// for what is stored and for what spans blocks: a block is exactly one of their containers (id = block<<16 | door), and
// Set.AppendTo and Set.FromRoaring go between the two.
//
// A Set does not know how many bits it covers, only how many words. Bits beyond the last door of a block must stay
// clear: every operation here keeps them clear if its operands do, and those that could set them (Fill, Complement)
// take the number of bits.
package bits
