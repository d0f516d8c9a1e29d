package standardise

import (
	"fmt"
	"strings"

	"zhida/schemas"
)

// row is the row in work. Its slices are used again for the next one.
type row struct {
	code    string
	state   schemas.CodeState
	sole    bool // personal fields for sole traders are sealed
	deletes bool
	values  []value
	flags   []flagID
	reasons []Reason
	cells   []string // of a region
	key     []byte   // of a region's cells
}

// shaped reports whether the code has the form of a unified social credit code.
func (r *row) shaped() bool { return r.state == schemas.CodeUSCC || r.state == schemas.CodeBadCheck }

// take standardises row i of a batch.
func (s *session) take(t texts, i int) error {
	if empty(t, i) {
		s.report.EmptyLines++
		return nil
	}
	s.report.Read++
	r := &s.row
	r.flags, r.reasons = r.flags[:0], r.reasons[:0]
	s.readCode(t, i)
	if !s.readOperation(t, i) { // what must be there depends on it
		return s.reject(t, i)
	}
	for f := range s.fields {
		s.readField(t, i, f)
	}
	s.checkScope()
	if len(r.reasons) > 0 {
		return s.reject(t, i)
	}
	s.count()
	if len(r.flags) > 0 {
		if err := s.doubt(t, i); err != nil {
			return fmt.Errorf("write doubt: %w", err)
		}
	}
	if s.names >= 0 {
		s.addCells(t.row[i])
	} else {
		s.rows.add(r, s.flagText(r.flags), t.row[i])
	}
	if s.rows.n >= s.limit {
		return s.flush()
	}
	return nil
}

// empty reports whether all cells of a row are.
func empty(t texts, i int) bool {
	for c := range t.cells {
		if cell := t.cell(c, i); cell != "" && fold(cell) != "" {
			return false
		}
	}
	return true
}

// readCode reads the code: the first of the code columns that says something.
func (s *session) readCode(t texts, i int) {
	r := &s.row
	r.code = ""
	for _, c := range s.binding.code {
		cell := t.cell(c, i)
		if cell == "" {
			continue
		}
		if code := cleanCode(cell); !schemas.IsEmptyWord(code, nil) {
			r.code = code
			break
		}
	}
	r.state = schemas.ClassifyCode(r.code)
	// A sole trader may still go by an older number that does not tell; then what may be personal is sealed.
	r.sole = !r.shaped() || schemas.IsSoleTrader(r.code)
	switch {
	case r.state == schemas.CodeEmpty:
		r.reasons = append(r.reasons, Reason{Code: CodeEmpty, Text: explain(CodeEmpty)})
	case isPersonalNumber(r.code, r.state):
		r.reasons = append(r.reasons, Reason{Code: CodePersonal, Text: explain(CodePersonal)})
	case r.state == schemas.CodeBadCheck:
		r.flags = append(r.flags, s.badCheck)
	case !r.shaped():
		r.flags = append(r.flags, s.notUSCC)
	}
}

// readOperation reads whether the row deletes: the first of the operation columns that says something. It reports
// whether the word is one of the document's; any other refuses the row.
func (s *session) readOperation(t texts, i int) bool {
	r := &s.row
	r.deletes = false
	for _, c := range s.binding.op {
		word := fold(t.cell(c, i))
		deletes, known := s.deletes[squeeze(word)]
		if !known && schemas.IsEmptyWord(word, nil) {
			continue
		}
		if !known {
			s.refuseOperation(word)
			return false
		}
		r.deletes = deletes
		break
	}
	if !r.deletes {
		return true
	}
	switch s.delivery.Mode {
	case schemas.ModeFull:
		r.flags = append(r.flags, s.opInFull)
	case schemas.ModeAppend: // an event that happened cannot be taken back by what happens later: a full list can
		r.reasons = append(r.reasons, Reason{Code: OpInAppend, Text: explain(OpInAppend)})
		return false
	case schemas.ModeIncrement:
	}
	return true
}

// readField reads a field and notes what is wrong with it. Of a row that deletes only the key matters.
func (s *session) readField(t texts, i, at int) {
	f, r := &s.fields[at], &s.row
	v := &r.values[at]
	*v = value{}
	if at == s.names || r.deletes && !f.key {
		return
	}
	if f.region != nil {
		*v = s.readRegion(t, i, at)
	} else {
		for _, c := range s.binding.fields[at] {
			if *v = s.memories[at].read(t.cell(c, i), f.reader); v.filled {
				break
			}
		}
	}
	if !v.known && (f.spec.Required || f.key) {
		code := s.missing(f, v)
		if code != KeyEmpty {
			s.refuse(t, i, at, code)
			return
		}
		r.flags = append(r.flags, f.keyEmpty)
	}
	for _, why := range v.flags {
		if why != 0 {
			r.flags = append(r.flags, why)
		}
	}
}

// missing says what it means that a field which is required or part of the key has no value. An empty field of the key
// is a value like any other, except that a row to be deleted cannot be found by it.
func (s *session) missing(f *field, v *value) string {
	switch {
	case !v.filled && (f.spec.Required || s.row.deletes):
		return FieldEmpty
	case !v.filled:
		return KeyEmpty
	case f.key && !f.spec.Required:
		return KeyUnreadable
	case v.flags[0] != 0:
		return s.flags.name(v.flags[0]).code
	}
	return RegionUnknown // an address that names no region
}

// readRegion reads a region from its columns, its address and the code.
func (s *session) readRegion(t texts, i, at int) value {
	f, r := &s.fields[at], &s.row
	r.cells, r.key = r.cells[:0], append(r.key[:0], byte(at), byte(at>>8))
	for _, c := range s.binding.fields[at] {
		cell := t.cell(c, i)
		r.cells = append(r.cells, cell)
		r.key = append(append(r.key, cell...), 0)
	}
	p, ok := s.regions[string(r.key)]
	if !ok {
		p = f.region.readColumns(r.cells, s.delivery.Date)
		if len(s.regions) < memoryCells && len(r.key) <= memoryLength*2 {
			s.regions[string(r.key)] = p
		}
	}
	address := ""
	for _, c := range s.binding.address[at] {
		if address = fold(t.cell(c, i)); !f.region.blank.is(address) {
			break
		}
		address = ""
	}
	return f.region.settle(p, address, r.code, r.shaped(), s.delivery.Date)
}

// checkScope flags a row whose region neither lies in the delivery's scope nor contains it.
func (s *session) checkScope() {
	if s.scope < 0 || s.declared == "" {
		return
	}
	v := &s.row.values[s.scope]
	if v.known && !strings.HasPrefix(v.text, s.declared) && !strings.HasPrefix(s.declared, v.text) {
		s.row.flags = append(s.row.flags, s.outside)
	}
}
