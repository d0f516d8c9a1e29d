package standardise

// addCells takes the row in work of a supplement: as one row for each cell that has a value, with the fields of the key and
// the name of the cell's field. A row in which nothing is filled in becomes none.
func (s *session) addCells(pos int64) {
	r := &s.row
	one := *r
	one.values = make([]value, len(r.values))
	for at := range s.fields {
		if s.fields[at].key {
			one.values[at] = r.values[at]
		}
	}
	flags := s.flagText(r.flags)
	for at := range s.fields {
		if s.fields[at].key || !r.values[at].known {
			continue
		}
		one.values[at] = r.values[at]
		one.values[s.names] = value{text: s.fields[at].spec.Name, known: true, shared: true}
		s.rows.add(&one, flags, pos)
		one.values[at] = value{}
	}
}
