package nation

import (
	"slices"

	"zhida/matcher/bits"
	"zhida/matcher/plan"
	"zhida/matcher/profile"
	"zhida/matcher/table"
	"zhida/schemas"
)

// matterColumns decides what of an enterprise is known in the columns, and what it holds.
const matterColumns uint32 = 1100

// Block makes the profile of block k. One in four of the enterprises has no figures at all, of the others each figure is
// known of eight or nine in ten, as in open data of departments; of 6% the region is known to the city only, and
// of some with the province's code to the province.
func (c *Columns) Block(k int) *profile.Block {
	at := c.blocks[k]
	n := int(at.to - at.from)
	b := &profile.Block{
		Number: uint16(k), N: n, Living: bits.New(n), Attributes: map[string]*profile.Attribute{}, Tags: map[string]bits.Truth{},
		Rows: map[string]*profile.Rows{},
	}
	stored := columnAttributes()
	shared := profile.Layer{Source: make([]uint8, n), Origin: make([]int64, n), Confirmed: make([]int64, n)}
	for i := range shared.Confirmed {
		shared.Confirmed[i] = int64(c.g.Date) - 10
	}
	columns := make([]*table.Column, len(stored))
	for i := range stored {
		kind := table.Decimal
		switch stored[i].Type.Kind {
		case schemas.KindCode:
			kind = table.Text
		case schemas.KindDate:
			kind = table.Date
		}
		columns[i] = table.BlankColumn(kind, n)
		layer := shared
		layer.Values = columns[i]
		b.Attributes[stored[i].Name] = &profile.Attribute{
			Name: stored[i].Name, Type: stored[i].Type, Range: stored[i].Range,
			Sources: []profile.Source{{Dataset: "columns", Field: stored[i].Name}}, Layers: []profile.Layer{layer},
		}
	}
	tags := make([]bits.Truth, len(columnTags()))
	for i, name := range columnTags() {
		tags[i] = bits.NewTruth(n)
		b.Tags[name] = tags[i]
	}
	var e enterprise
	for door := range n {
		c.g.enter(&e, at.province, at.from+uint64(door), 0)
		c.g.live(&e)
		b.Living.Put(door, !e.closed)
		d := stream(c.g.seed, e.number, matterColumns)
		putCodes(&d, &e, door, columns)
		putFigures(&d, &e, door, columns)
		putTags(&d, &e, door, tags)
	}
	for _, i := range []int{0, 1} {
		columns[i].Coded = columns[i].Encode(n)
	}
	return b
}

// putCodes fills region, industry and day of foundation.
func putCodes(d *dice, e *enterprise, door int, columns []*table.Column) {
	region := e.county.code
	switch n := d.below(100); {
	case n < 2 && e.home.level == 0:
		region = region[:2]
	case n < 6 && e.county.cityCode != "":
		region = e.county.cityCode[:4]
	}
	columns[0].SetText(door, schemas.NormalRegion(region))
	switch n := d.below(100); {
	case n < 3:
	case n < 6:
		columns[1].SetText(door, e.industry[:3])
	default:
		columns[1].SetText(door, e.industry)
	}
	columns[2].SetInt(door, int64(e.founded))
}

// putFigures fills the numbers; money is stored in hundredths of 元.
func putFigures(d *dice, e *enterprise, door int, columns []*table.Column) {
	const cents = 10_000 // of a hundredth of 万元
	if e.capital > 0 && e.foreign == "" {
		columns[3].SetInt(door, int64(e.capital)*100*cents)
	}
	f := e.economy.last()
	told := !d.percent(25) && f != nil
	put := func(i, percent, value int, unit int64) {
		if d.percent(percent) && told {
			columns[i].SetInt(door, int64(value)*unit)
		}
	}
	if f == nil {
		f = &figures{}
	}
	put(4, 90, f.revenue, cents)
	put(5, 85, e.economy.years[len(e.economy.years)-2].revenue, cents)
	put(6, 85, f.research, cents)
	put(7, 90, f.tax, cents)
	put(8, 80, f.assets, cents)
	put(9, 80, f.debts, cents)
	put(10, 85, f.people, 1)
	put(11, 90, f.insured, 1)
	patents := 0
	if e.economy.inventive {
		patents = d.skewed(0, 12)
	}
	columns[12].SetInt(door, int64(patents))
}

// putTags fills the tags: titles mostly of those who do research, all known but for 3% of the lists.
func putTags(d *dice, e *enterprise, door int, tags []bits.Truth) {
	for i, inventive := range []int{26, 32, 12, 18, 0, 0, 0} {
		of := []int{0, 0, 0, 0, 6, 30, 3}[i] // per mille of everybody
		if e.economy.inventive {
			of += 10 * inventive
		}
		n := d.below(1000)
		switch {
		case n >= 970:
		case n < of:
			tags[i].Yes.Add(door)
		default:
			tags[i].No.Add(door)
		}
	}
}

// Input is a block as the matcher takes it.
func (c *Columns) Input(b *profile.Block) *plan.Input {
	return &plan.Input{Block: b, Today: c.g.Date, Attributes: c.env.Attributes, RegionOf: "注册地", Codes: c.codes}
}

// Names are the stored columns and the tags, in order.
func (c *Columns) Names() (columns, tags []string) {
	for _, a := range columnAttributes() {
		columns = append(columns, a.Name)
	}
	return columns, slices.Clone(columnTags())
}
