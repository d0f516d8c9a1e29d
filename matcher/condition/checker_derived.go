package condition

import (
	"fmt"
	"slices"
	"strings"
)

// maxNested is how deep derived attributes may stand for one another.
const maxNested = 20

// derivation is a derived attribute with what its names mean: the year that 上年 is, and the years whose rows it is about.
type derivation struct {
	name string
	base Year
	rows int
}

// derived is what a derived attribute stands for. broken says why it stands for nothing.
type derived struct {
	x      Value
	yearly bool
	parts  int
	broken string
}

func (c *checker) derivation(name string, base Year) derivation {
	d := derivation{name: name, base: base}
	if c.rows != nil {
		d.rows = c.rows.years
	}
	return d
}

// expand checks the definition of a derived attribute, once for each base. The definition is read anew: Check writes
// into a tree, and the environment's trees belong to all.
func (c *checker) expand(name string, base Year) *derived {
	key := c.derivation(name, base)
	if d := c.work.derived[key]; d != nil {
		return d
	}
	if i := slices.Index(c.work.open, name); i >= 0 {
		return &derived{broken: "绕回到自己（" + strings.Join(append(slices.Clone(c.work.open[i:]), name), " → ") + "）"}
	}
	if len(c.work.open) >= maxNested {
		return &derived{broken: fmt.Sprintf("指标套指标，超过 %d 层", maxNested)}
	}
	tree := parse(c.env.Derived[name].Text)
	sub := &checker{tree: tree, env: c.env, rows: c.rows, given: c.rows, base: base, barred: "指标的定义里要数据能判定的条件", work: c.work}
	before := c.work.parts
	c.work.open = append(c.work.open, name)
	x, ok := sub.value(&tree.Root)
	c.work.open = c.work.open[:len(c.work.open)-1]
	d := &derived{x: x, yearly: sub.yearly, parts: c.work.parts - before}
	c.work.parts = before // each use counts them
	switch faults := sorted(tree.found); {
	case sub.cause != "": // not the whole way to it
		d.broken = sub.cause
	case len(faults) > 0:
		d.broken = faults[0].Message
	case !ok:
		d.broken = "写得不对"
	}
	if c.work.derived == nil {
		c.work.derived = map[derivation]*derived{}
	}
	c.work.derived[key] = d
	return d
}
