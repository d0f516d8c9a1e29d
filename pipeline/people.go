package pipeline

import (
	"zhida/matcher/bits"
	"zhida/matcher/profile"
	"zhida/matcher/table"
	"zhida/pipeline/current"
	"zhida/pipeline/report/department"
	"zhida/schemas"
)

// nameField is the field of the registration that reports call enterprises by.
const nameField = "名称"

// people names the enterprises of a block.
type people struct {
	block   *profile.Block
	dir     *current.Directory
	codes   *schemas.Codes
	rows    *profile.Rows // of the registration; may be nil
	names   *table.Column // nil: there are none
	regions *table.Column // nil: nobody says where they are
	known   bits.Set      // of regions
	clear   map[int]string
}

// peopleOf names the enterprises of a block; sole traders by their name only where that is asked for.
func (b *departmentBlock) peopleOf(h *HomeState, number uint16) (*people, error) {
	registration := b.night.registration()
	p := &people{block: b.in.Block, dir: b.dir, codes: b.night.Workspace.Codes, rows: b.in.Block.Rows[registration.Name]}
	if p.rows != nil {
		p.names = p.rows.Column(nameField)
	}
	if a := b.in.Block.Attributes[b.night.Workspace.Region]; a != nil {
		p.regions, p.known, _ = a.On(b.in.Today)
	}
	if !b.options.Clear {
		return p, nil
	}
	st, err := b.view.files.state(h.Current[registration.Name], profile.GroupName(number))
	if err != nil || st.Sealed == nil {
		return p, err
	}
	p.clear = map[int]string{}
	ids, sealed := st.Rows.Column(current.ColumnID), st.Sealed.Column(nameField+schemas.SealedSuffix)
	if sealed == nil { // personal for everybody
		sealed = st.Sealed.Column(nameField)
	}
	from, to := blockRows(st, number)
	for i := from; i < to && sealed != nil; i++ {
		if sealed.Known.Has(i) {
			p.clear[int(ids.Ints[i]&0xffff)] = sealed.Texts[i]
		}
	}
	return p, nil
}

// of is who a row about a door is about.
func (p *people) of(door int) department.Enterprise {
	e := department.Enterprise{Code: p.dir.Code(p.block.Base() | uint32(door))}
	if p.regions != nil && p.known.Has(door) {
		info, _ := p.codes.Region(p.regions.Texts[door])
		e.County = info.Name
	}
	switch {
	case p.clear[door] != "":
		e.Name = p.clear[door]
	case schemas.IsSoleTrader(e.Code):
		e.Name = "个体工商户（92…" + e.Code[len(e.Code)-4:] + "）"
	case p.names != nil:
		from, to := p.rows.Span(uint16(door))
		for row := from; row < to; row++ {
			if p.names.Known.Has(row) {
				e.Name = p.names.Texts[row]
			}
		}
	}
	return e
}
