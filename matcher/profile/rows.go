package profile

import (
	"fmt"
	"slices"
	"sort"

	"zhida/matcher/table"
)

// Rows are the current rows of one dataset in one block, in ascending order of their doors; rows of one door are in
// the order they were given. All slices have one element per row. Rows are not changed once they are made.
type Rows struct {
	Table     *table.Table // columns: those of Dataset.Physical that are not sealed
	Door      []uint16
	Confirmed []int64 // schemas.Date of the last delivery that confirmed the row
	Origin    []int64 // sequence number of the delivery that last changed the row; 0: not recorded
}

// NewRows brings rows into the order of their doors; it keeps the arguments if they are in order already. The slices
// have one element per row of t, else NewRows panics; origin may be nil.
func NewRows(t *table.Table, door []uint16, confirmed, origin []int64) *Rows {
	if origin == nil {
		origin = make([]int64, t.N)
	}
	if len(door) != t.N || len(confirmed) != t.N || len(origin) != t.N {
		panic(fmt.Sprintf("profile: %d doors, %d confirmations and %d origins for %d rows", len(door), len(confirmed), len(origin), t.N))
	}
	if slices.IsSorted(door) {
		return &Rows{Table: t, Door: door, Confirmed: confirmed, Origin: origin}
	}
	perm := make([]int, t.N)
	for i := range perm {
		perm[i] = i
	}
	slices.SortStableFunc(perm, func(a, b int) int { return int(door[a]) - int(door[b]) })
	r := &Rows{Table: t.Take(perm), Door: make([]uint16, t.N), Confirmed: make([]int64, t.N), Origin: make([]int64, t.N)}
	for i, from := range perm {
		r.Door[i], r.Confirmed[i], r.Origin[i] = door[from], confirmed[from], origin[from]
	}
	return r
}

// Len is the number of rows.
func (r *Rows) Len() int { return len(r.Door) }

// Column returns the column of that name, one value per row, or nil.
func (r *Rows) Column(name string) *table.Column { return r.Table.Column(name) }

// Span returns the rows of a door: from to to-1, none if from is to.
func (r *Rows) Span(door uint16) (from, to int) {
	from = sort.Search(len(r.Door), func(i int) bool { return r.Door[i] >= door })
	for to = from; to < len(r.Door) && r.Door[to] == door; to++ {
	}
	return from, to
}
