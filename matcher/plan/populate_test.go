package plan_test

import (
	"math/rand/v2"

	"zhida/matcher/plan"
	"zhida/schemas"
)

// pools are the values that decide: around each threshold that some condition names, by dataset field.
type pools struct {
	numbers map[string][]int64 // numbers and dates by field name
	texts   map[string][]string
}

// populate makes a world of n enterprises whose values lie at the thresholds and one unit beside them.
func populate(r *rand.Rand, n int, p *pools) *world {
	w := &world{people: make([]person, n), coverage: coverages(r)}
	datasets := sets()
	for i := range w.people {
		one := person{closed: r.IntN(10) == 0, rows: map[string][]fact{}, tags: map[string]byte{}}
		for _, name := range tagNames() {
			one.tags[name] = "01?"[r.IntN(3)]
		}
		for _, name := range []string{"registration", "tax", "statistics", "park", "qualification", "dishonest", "penalty"} {
			count := 1
			if list := datasets[name]; len(list.Fields) > 0 && isList(name) {
				count = []int{0, 0, 1, 1, 2, 3}[r.IntN(6)]
			} else if r.IntN(8) == 0 {
				count = 0
			}
			for range count {
				one.rows[name] = append(one.rows[name], randomFact(r, datasets[name], p))
			}
		}
		w.people[i] = one
	}
	return w
}

func isList(name string) bool {
	for _, l := range lists() {
		if l == name {
			return true
		}
	}
	return false
}

// coverages are full deliveries in and out of date, for everybody and for parts of the world.
func coverages(r *rand.Rand) map[string][]plan.Coverage {
	choices := []plan.Coverage{
		{Scope: "", Full: today() - 10},
		{Scope: "", Full: today() - 40},
		{Scope: "5107", Full: today()},
		{Scope: "510703", Full: today().Add(schemas.Span{Months: -1})},
		{Scope: "5106", Full: today().Add(schemas.Span{Months: -1}) - 1},
		{Scope: "51", Full: today() - 300},
	}
	out := map[string][]plan.Coverage{}
	for _, name := range lists() {
		for range r.IntN(3) {
			out[name] = append(out[name], choices[r.IntN(len(choices))])
		}
	}
	return out
}

// randomFact is a row with a third of its values unknown, and a third of the rows near the end of their shelf lives.
func randomFact(r *rand.Rand, d *schemas.Dataset, p *pools) fact {
	f := fact{cells: map[string]cell{}, confirmed: today() - schemas.Date(r.IntN(25))}
	if r.IntN(3) == 0 {
		f.confirmed = today().Add(d.Shelf.Negate()) + schemas.Date(r.IntN(5)-3)
	}
	for _, field := range d.Fields {
		if r.IntN(3) == 0 {
			continue
		}
		c := cell{}
		switch field.Kind() {
		case schemas.KindText, schemas.KindCode:
			pool := p.texts[field.Name]
			c.text = pool[r.IntN(len(pool))]
		case schemas.KindTruth:
			c.number = int64(r.IntN(2))
		default:
			pool := p.numbers[field.Name]
			c.number = pool[r.IntN(len(pool))]
		}
		if field.Type == schemas.FieldMoney {
			c.currency = []string{"CNY", "CNY", "CNY", "USD"}[r.IntN(4)]
		}
		f.cells[field.Name] = c
	}
	return f
}
