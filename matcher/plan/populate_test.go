package plan_test

import (
	"maps"
	"math/rand/v2"
	"slices"

	"zhida/matcher/plan"
	"zhida/schemas"
)

// pools are the values that decide: around each threshold that some condition names, by dataset field.
type pools struct {
	numbers map[string][]int64 // numbers and dates by field name
	texts   map[string][]string
}

// number picks a value for a field. Most are small, so that calculations meet each other at their thresholds; what a
// document's least and greatest value forbid never gets into a row.
func (p *pools) number(r *rand.Rand, f *schemas.Field) int64 {
	pool := p.numbers[f.Name]
	n := pool[r.IntN(len(pool))]
	if f.Kind() == schemas.KindNumber && r.IntN(2) == 0 {
		n = pick[int64](r, 0, 1, 2, 3, 4, 5, 6, 10, 20, 50)
		scale := f.Scale
		if f.Type == schemas.FieldMoney {
			scale = schemas.MoneyScale
		}
		for range scale {
			n *= 10
		}
	}
	if f.Min != nil {
		n = max(n, *f.Min)
	}
	if f.Max != nil {
		n = min(n, *f.Max)
	}
	return n
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
		for _, name := range slices.Sorted(maps.Keys(datasets)) {
			d := datasets[name]
			switch {
			case d.Year != "":
				one.rows[name] = randomYears(r, d, p)
				continue
			case slices.Contains(lists(), name):
				for range []int{0, 0, 1, 1, 2, 3}[r.IntN(6)] {
					one.rows[name] = append(one.rows[name], randomFact(r, d, p))
				}
			case r.IntN(8) > 0:
				one.rows[name] = append(one.rows[name], randomFact(r, d, p))
			}
		}
		w.people[i] = one
	}
	return w
}

// randomYears are rows of some of the years around the business date, at most one of each, and sometimes one of no year.
func randomYears(r *rand.Rand, d *schemas.Dataset, p *pools) []fact {
	var out []fact
	for year := int64(2021); year <= 2027; year++ {
		if r.IntN(3) == 0 {
			continue
		}
		f := randomFact(r, d, p)
		f.cells[d.Year] = cell{number: year}
		if year == 2027 {
			delete(f.cells, d.Year)
		}
		out = append(out, f)
	}
	r.Shuffle(len(out), func(i, k int) { out[i], out[k] = out[k], out[i] })
	return out
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
			c.number = p.number(r, &field)
		}
		if field.Type == schemas.FieldMoney {
			c.currency = []string{"CNY", "CNY", "CNY", "USD"}[r.IntN(4)]
		}
		f.cells[field.Name] = c
	}
	return f
}
