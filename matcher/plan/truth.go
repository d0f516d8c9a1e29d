package plan

import (
	"strconv"

	"zhida/matcher/bits"
)

// truthTest asks whether a truth column is yes. An unknown one is unknown.
type truthTest struct{ field field }

func (t truthTest) key() string { return keyOf("truth", t.field.String()) }

func (truthTest) cost() int { return costScan }

func (t truthTest) eval(f *frame, out bits.Truth) error {
	c, err := f.column(t.field)
	if err != nil {
		return err
	}
	scan(f, nil, c, bounds{low: 1, high: 1}, out)
	return nil
}

// knownTest asks whether a column is known today. It is yes or no for everybody.
type knownTest struct{ field field }

func (t knownTest) key() string { return keyOf("known", t.field.String()) }

func (knownTest) cost() int { return costTag }

func (t knownTest) eval(f *frame, out bits.Truth) error {
	c, err := f.column(t.field)
	if err != nil {
		return err
	}
	out.Yes.Copy(c.known)
	out.No.Copy(c.known)
	out.No.Complement(f.n)
	return nil
}

// tagTest reads the truth of a tag from the block.
type tagTest struct{ name string }

func (t tagTest) key() string { return keyOf("tag", strconv.Quote(t.name)) }

func (tagTest) cost() int { return costTag }

func (t tagTest) eval(f *frame, out bits.Truth) error {
	tag, ok := f.in.Block.Tags[t.name]
	if !ok {
		return &MissingError{Block: f.in.Block.Number, Tag: t.name}
	}
	out.Copy(tag)
	return nil
}
