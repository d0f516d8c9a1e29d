package profile

// Pick returns the rows of some doors, given in ascending order, as those of a block that has only them: the first of
// them is door 0.
func (r *Rows) Pick(doors []uint16) *Rows {
	out := &Rows{}
	var rows []int
	for k, door := range doors {
		from, to := r.Span(door)
		for row := from; row < to; row++ {
			rows = append(rows, row)
			out.Door = append(out.Door, uint16(k))
			out.Confirmed = append(out.Confirmed, r.Confirmed[row])
			out.Origin = append(out.Origin, r.Origin[row])
		}
	}
	out.Table = r.Table.Take(rows)
	return out
}
