package table

import (
	"sync"

	"zhida/matcher/bits"
)

// packed keeps the columns read of one row group that several groups share: who reads one of these mostly reads the next.
type packed struct {
	mu       sync.Mutex
	rowGroup int
	columns  []*Column // by field; nil: not read
}

// of returns a reader of the columns of a group out of its row group, which read reads. The caller holds mu.
func (p *packed) of(at place, fields int, read func(field int) (*Column, error)) func(field int) (*Column, error) {
	if p.columns == nil || p.rowGroup != at.rowGroup {
		p.rowGroup, p.columns = at.rowGroup, make([]*Column, fields)
	}
	return func(field int) (*Column, error) {
		if p.columns[field] == nil {
			c, err := read(field)
			if err != nil {
				return nil, err
			}
			p.columns[field] = c
		}
		return p.columns[field].part(at.from, at.to), nil
	}
}

// part is a copy of the rows from from to to-1 of a column: who reads may change what he got.
func (c *Column) part(from, to int) *Column {
	out := &Column{Known: bits.New(to - from)}
	copyBits(out.Known, 0, c.Known, from, to-from)
	if c.Texts != nil {
		out.Texts = append(make([]string, 0, to-from), c.Texts[from:to]...)
	} else {
		out.Ints = append(make([]int64, 0, to-from), c.Ints[from:to]...)
	}
	return out
}
