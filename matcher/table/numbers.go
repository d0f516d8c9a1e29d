package table

import (
	"slices"
	"strings"
)

// mostNumbered bounds the dictionaries whose texts get numbers as a column is read: codes of regions and industries and
// words of closed lists have fewer. Names have more, nobody asks the same of many of them, and sorting them would cost more
// than reading does.
const mostNumbered = 4096

// numbers makes the Coded of a column out of its Parquet dictionary: the indexes in the file are the texts by number
// already, only not in the order of the texts. No text is hashed.
type numbers struct {
	ids    []uint16
	places []uint16 // by place in the dictionary, the place among the words
	words  []string
}

// begin takes the dictionary of a column of that many rows, of which some have been read.
func (u *numbers) begin(dictionary []string, read, rows int) {
	if dictionary == nil || len(dictionary) > mostNumbered || read > 0 || u.ids != nil {
		u.give()
		return
	}
	order := make([]int, len(dictionary))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(dictionary[a], dictionary[b]) })
	u.places = make([]uint16, len(dictionary))
	u.words = append(make([]string, 0, len(dictionary)+1), "")
	for i, at := range order {
		if i > 0 && dictionary[at] == dictionary[order[i-1]] {
			u.give() // another writer's: words are distinct
			return
		}
		u.words = append(u.words, dictionary[at])
		u.places[at] = uint16(i + 1)
	}
	u.ids = make([]uint16, rows)
}

// give gives up: a page without the dictionary came, or another dictionary.
func (u *numbers) give() { *u = numbers{} }

// coded is the column by number, nil if it has none.
func (u *numbers) coded() *Coded {
	if u.ids == nil {
		return nil
	}
	return &Coded{IDs: u.ids, Words: u.words}
}
