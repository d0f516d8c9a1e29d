package simulate

import (
	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/plan"
	"zhida/matcher/profile"
	"zhida/matcher/table"
)

// freshColumns are attributes as they are known today, by name, each made once per block.
type freshColumns map[freshKey]*freshColumn

type freshKey struct {
	name string
	year int // 0: not by the year
}

type freshColumn struct {
	values *table.Column
	known  bits.Set
	coded  *table.Coded // nil: the texts have no numbers
}

// column is a stored attribute as it is known today.
func (c *Counter) column(name string) (*freshColumn, error) {
	return c.columnOf(condition.Column{Name: name})
}

// columnOf is an attribute of the enterprise as it is known today.
func (c *Counter) columnOf(of condition.Column) (*freshColumn, error) {
	key := freshKey{name: of.Name}
	if of.Yearly {
		key.year = of.Year.On(c.in.Today)
	}
	if f := c.fresh[key]; f != nil {
		return f, nil
	}
	a := c.in.Block.Attributes[of.Name]
	if of.Yearly {
		var err error
		if a, err = c.in.InYear(of.Name, key.year); err != nil {
			return nil, err
		}
	}
	if a == nil {
		return nil, &plan.MissingError{Block: c.in.Block.Number, Attribute: of.Name}
	}
	f := &freshColumn{}
	var layers []uint8
	f.values, f.known, layers = a.On(c.in.Today)
	if layers == nil {
		f.coded = codedOf(a)
	}
	c.fresh[key] = f
	return f, nil
}

// codedOf are the numbers of an attribute's texts, if its first layer has them.
func codedOf(a *profile.Attribute) *table.Coded { return a.Layers[0].Values.Coded }

// places counts by region and by industry.
func (c *Counter) places() error {
	if c.some.IsEmpty() {
		return nil
	}
	if err := c.byCode(c.sim.question.Region, c.result.Regions); err != nil {
		return err
	}
	return c.byCode(c.sim.question.Industry, c.result.Industries)
}

// byCode counts the verdicts by the code that an attribute is known by.
func (c *Counter) byCode(attribute string, into map[string]Counts) error {
	if attribute == "" {
		return nil
	}
	f, err := c.column(attribute)
	if err != nil {
		return err
	}
	code := f.textAt
	if f.coded != nil && len(f.coded.IDs) == c.in.Block.N {
		c.tally.begin(len(f.coded.Words))
		for door := range c.some.All() {
			at := &c.tally.counts[0]
			if f.known.Has(door) {
				at = &c.tally.counts[f.coded.IDs[door]]
			}
			c.count(at, door)
		}
		for id, n := range c.tally.counts {
			if n != (Counts{}) {
				put(into, f.coded.Words[id], n)
			}
		}
		return nil
	}
	c.tally.begin(0)
	for door := range c.some.All() { // neighbours mostly share a code
		c.count(c.tally.of(code(door)), door)
	}
	for text, n := range c.tally.texts {
		put(into, text, c.tally.counts[n])
	}
	return nil
}

func (f *freshColumn) textAt(door int) string {
	if !f.known.Has(door) {
		return ""
	}
	return f.values.Texts[door]
}

func put(into map[string]Counts, code string, n Counts) {
	sum := into[code]
	sum.add(n)
	into[code] = sum
}

func (c *Counter) count(at *Counts, door int) {
	switch {
	case c.sure.Has(door):
		at.Sure++
	case c.needs.Has(door):
		at.Needs++
	default:
		at.Near++
	}
}

// tally counts by number, or by text where nobody has numbered the texts.
type tally struct {
	counts   []Counts
	texts    map[string]int
	lastText string
	last     int
}

func (t *tally) begin(n int) {
	if cap(t.counts) < n {
		t.counts = make([]Counts, n)
	}
	t.counts = t.counts[:n]
	clear(t.counts)
	if t.texts == nil {
		t.texts = map[string]int{}
	}
	clear(t.texts)
	t.last = -1
}

func (t *tally) of(text string) *Counts {
	if t.last < 0 || text != t.lastText {
		n, ok := t.texts[text]
		if !ok {
			n = len(t.counts)
			t.texts[text] = n
			t.counts = append(t.counts, Counts{})
		}
		t.lastText, t.last = text, n
	}
	return &t.counts[t.last]
}
