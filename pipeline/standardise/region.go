package standardise

import (
	"strings"

	"zhida/schemas"
)

// region reads where an enterprise, or whatever a row is about, lies. Real rows name the province in one column, the
// city in another and the county in the address, so the value is the finest level on which columns and address agree.
type region struct {
	codes    *schemas.Codes
	blank    blank
	fallback bool // whether characters 3-8 of the code serve where neither column nor address names a region
	unknown  flagID
	conflict flagID
	coarse   flagID
}

// newRegion compiles a region field. The code says where an enterprise is registered and nothing else, so it only
// serves the field of the registration dataset that is the row's scope, or its first region field if there is none.
func (s *Standardiser) newRegion(spec *schemas.Field, empty blank) *region {
	fallback := s.ds.Role == schemas.RoleRegistration && spec.Name == s.ds.Scope
	if s.ds.Role == schemas.RoleRegistration && s.ds.Scope == "" {
		fallback = true
		for i := range s.fields {
			fallback = fallback && s.fields[i].region == nil
		}
	}
	return &region{
		codes: s.codes, blank: empty, fallback: fallback,
		unknown:  s.flags.add(RegionUnknown, spec.Name),
		conflict: s.flags.add(RegionConflict, spec.Name),
		coarse:   s.flags.add(RegionCoarse, spec.Name),
	}
}

// place is what the region columns of a row come to.
type place struct {
	code     string // normal form, "" unknown
	filled   bool
	unread   bool // a cell names no region
	conflict bool // cells contradict each other
	coarse   bool // an abolished region that was split
	mapped   bool // an abolished code
}

// regionMemory remembers what combinations of region cells came to, by field and cells.
type regionMemory map[string]place

// readColumns combines the region columns of a row, coarse and fine in any order.
func (r *region) readColumns(cells []string, on schemas.Date) place {
	var p place
	for _, cell := range cells {
		text := fold(cell)
		if r.blank.is(text) {
			continue
		}
		p.filled = true
		code, ok := r.readOne(text, p.code, on, &p)
		switch {
		case !ok:
			p.unread = true
		case p.conflict:
			p.code = common(p.code, code)
		default:
			p.code, p.conflict = agree(p.code, code)
		}
	}
	return p
}

// readOne reads one cell: a code of 2 to 6 digits, or of 9 and 12 as statistics write them, or one or more names.
func (r *region) readOne(text, within string, on schemas.Date, p *place) (string, bool) {
	if digits(text) {
		code := text
		if len(text) == 9 || len(text) == 12 {
			code = text[:6]
		}
		now, ok, note := r.codes.CurrentRegion(code, on)
		p.mapped = p.mapped || note != ""
		p.coarse = p.coarse || note != "" && len(now) < len(schemas.NormalRegion(code))
		return strings.Clone(now), ok
	}
	code, rest, ok := r.codes.RegionByName(text, within)
	if !ok && within != "" {
		code, rest, ok = r.codes.RegionByName(text, "")
	}
	for range 4 { // province, city, county, and one to spare
		if !ok || rest == "" {
			break
		}
		finer, after, more := r.codes.RegionByName(strings.TrimLeft(rest, " -/,.、"), code)
		if !more {
			break
		}
		code, rest = finer, after
	}
	return code, ok
}

// readAddress reads the finest region an address names, first as one within the columns' region; an address that
// names nothing there may still name a region elsewhere in full.
func (r *region) readAddress(text, within string) string {
	found := r.codes.RegionOfAddress(text, within)
	// Columns may name a county, and the address another one of the same city: read within the first, it tells no more
	// than the city, and the conflict would not be seen.
	if within != "" && (found == "" || len(within) == 6 && len(found) < 6) {
		found = r.codes.RegionOfAddress(text, "")
	}
	return found
}

// settle decides the value from the columns, the address and the code.
func (r *region) settle(p place, address, code string, shaped bool, on schemas.Date) value {
	v := value{filled: p.filled || address != "", shared: true, mapped: p.mapped}
	n := 0
	flagged := func(why flagID) { v.flags[n] = why; n++ }
	found, apart := "", false
	if address != "" {
		found = r.readAddress(address, p.code)
	}
	v.text, apart = agree(p.code, found)
	switch {
	case p.conflict && found != "": // an address does not decide between columns
		v.text = common(p.code, found)
	case apart && r.moved(found, p.code, on):
		v.text, v.mapped, apart = found, true, false
	}
	if p.conflict || apart {
		flagged(r.conflict)
	}
	if p.unread {
		flagged(r.unknown)
	}
	if p.coarse {
		flagged(r.coarse)
	}
	if v.text == "" && n == 0 && r.fallback && shaped {
		if home, ok, note := r.codes.CurrentRegion(code[2:8], on); ok {
			v.text, v.home, v.mapped, v.shared = home, true, note != "", false
		}
	}
	v.known = v.text != ""
	return v
}

// moved reports whether a county now elsewhere lay in the city before: 简阳 went from 资阳 to 成都 in 2016, and columns
// still say 资阳 of it. That is no conflict: the address is right. Asked only of conflicts, some 1 in 2,000 rows.
func (r *region) moved(county, city string, on schemas.Date) bool {
	if len(county) != 6 || len(city) != 4 {
		return false
	}
	for i := range 100 {
		former := city + string([]byte{byte('0' + i/10), byte('0' + i%10)})
		if now, ok, note := r.codes.CurrentRegion(former, on); ok && note != "" && now == county {
			return true
		}
	}
	return false
}

// agree is the finer of two regions if one lies in the other, else the finest that holds both; an empty one agrees
// with anything.
func agree(a, b string) (code string, conflict bool) {
	switch {
	case strings.HasPrefix(a, b):
		return a, false
	case strings.HasPrefix(b, a):
		return b, false
	}
	return common(a, b), true
}

// common is the finest region that holds both, "" if there is none.
func common(a, b string) string {
	n := 0
	for n+2 <= len(a) && n+2 <= len(b) && a[n:n+2] == b[n:n+2] {
		n += 2
	}
	return a[:n]
}
