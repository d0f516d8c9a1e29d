package plan_test

import (
	"math/rand/v2"
	"testing"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// TestGates compares items that begin with a region on blocks where few regions occur: of most items the gate is shut, or
// unknown for some and yes for nobody.
func TestGates(t *testing.T) {
	t.Parallel()
	c := newComparison(t, schemas.NewCodes())
	attainable := c.can.Attribute
	c.can.Attribute = func(name string) bool { return name != "注册地" && attainable(name) }
	for i, size := range []int{65, 130, 1, 64, 300, 600} {
		r := rand.New(rand.NewPCG(uint64(i), 7))
		a := newAuthor(r)
		var conditions []string
		for range 60 {
			conditions = append(conditions, writeUntil(func(text string) bool { return acceptable(condition.Compile(schemas.Text{Text: text}, c.env)) },
				func() string {
					return "注册地 " + pick(r, "属于", "属于", "不属于") + " " +
						pick(r, "510703", "510704", "510722", "[510703, 510704]", "510700", "510104", "510700 除 510703") + " 且 (" + a.item(r.IntN(3)) + ")"
				}))
		}
		w := populate(r, size, a.pools)
		homes := [][]string{{"510104", "510104", "51", ""}, {"510703", "510703", "5107", "51"}, {"510104"}, {"51"}}[i%4]
		for p := range w.people {
			for name, facts := range w.people[p].rows {
				for _, fact := range facts {
					inRegion(fact, sets()[name], pick(r, homes...))
				}
			}
		}
		c.compare(conditions, nil, w)
	}
	if c.near == 0 || c.verdicts["unknown"] == 0 || c.verdicts["yes"] == 0 {
		t.Errorf("%d near misses, verdicts %v", c.near, c.verdicts)
	}
}

// inRegion puts a row into a region; "" is not known.
func inRegion(row fact, d *schemas.Dataset, region string) {
	for i := range d.Fields {
		f := &d.Fields[i]
		if f.Type != schemas.FieldRegion {
			continue
		}
		delete(row.cells, f.Name)
		if region != "" {
			row.cells[f.Name] = cell{text: region}
		}
	}
}
