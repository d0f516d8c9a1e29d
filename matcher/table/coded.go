package table

import (
	"math"
	"slices"
)

// Coded is a column of texts by number: ids[row] is the place of its text among the words, which are distinct and in
// ascending order. Words[0] is "" and stands for unknown. As the words are in order, all codes that begin alike have
// neighbouring numbers.
type Coded struct {
	IDs   []uint16 // one per row
	Words []string
}

// Encode numbers the texts of a column of n rows, which it leaves alone. It returns nil if there are more than 65,535
// distinct ones.
func (c *Column) Encode(n int) *Coded {
	met := map[string]uint16{} // in the order met, from 1 up
	words := []string{""}
	ids := make([]uint16, n)
	last, lastID := "", uint16(0)
	for row := range c.Known.All() {
		text := c.Texts[row]
		if lastID == 0 || text != last { // neighbours are often alike
			id, ok := met[text]
			if !ok {
				if len(words) > math.MaxUint16 {
					return nil
				}
				id = uint16(len(words))
				met[text] = id
				words = append(words, text)
			}
			last, lastID = text, id
		}
		ids[row] = lastID
	}
	slices.Sort(words[1:])
	place := make([]uint16, len(words))
	for i, w := range words[1:] {
		place[met[w]] = uint16(i + 1)
	}
	for row, id := range ids {
		ids[row] = place[id]
	}
	return &Coded{IDs: ids, Words: words}
}
