package plan

import (
	"strconv"

	"zhida/schemas"
)

// space is what truths and columns are about: the enterprises of a block, the rows of a dataset, or the last calendar
// years of each enterprise. All three are lent by a frame, and the same tests run in them.
type space struct {
	dataset *schemas.Dataset // rows of it; nil: no rows
	years   int              // that many pseudo-rows per enterprise, the latest year last; 0: none
}

// enterprises is the number of the space of the doors of a block.
const enterprises = 0

func (s space) key() string {
	if s.dataset != nil {
		return s.dataset.Name
	}
	return "years " + strconv.Itoa(s.years)
}
