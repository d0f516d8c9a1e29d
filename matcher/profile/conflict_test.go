package profile_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/explain"
	"zhida/matcher/plan"
	"zhida/matcher/profile"
	"zhida/matcher/table"
	"zhida/schemas"
)

// TestConflictsAgreeWithExplain: what is found for a block at once is what an explanation of each enterprise shows.
func TestConflictsAgreeWithExplain(t *testing.T) {
	t.Parallel()
	codes, found := schemas.NewCodes(), 0
	r := rand.New(rand.NewPCG(4, 4))
	for range 150 {
		w := conflictingWorld(r)
		block := profile.Build(0, doors, bits.New(doors), w.rows(), w.defs, w.datasets)
		in := &plan.Input{
			Block: block, Datasets: w.datasets, Codes: codes, Attributes: map[string]*schemas.Attribute{w.defs[0].Name: &w.defs[0]},
			Today: schemas.NewDate(2026, 3, 1) + schemas.Date(r.IntN(90)),
		}
		var got []string
		for _, c := range block.Conflicts(&w.defs[0], in.Today, w.datasets) {
			got = append(got, line(c.Door, c.Used.Source.Dataset, c.Used.Origin, c.Used.Confirmed.String(), c.Other.Source.Dataset, c.Other.Origin, c.Other.Confirmed.String()))
		}
		if want := explained(t, in, &w.defs[0]); !slices.Equal(got, want) {
			t.Fatalf("found %q, explained %q", got, want)
		}
		found += len(got)
	}
	if found < 500 {
		t.Errorf("%d conflicts", found)
	}
}

// conflictingWorld is a world of two or three sources that say much about few enterprises.
func conflictingWorld(r *rand.Rand) world {
	k := kinds[r.IntN(len(kinds))]
	w := world{
		datasets: map[string]*schemas.Dataset{}, facts: map[string]map[int]fact{},
		defs: []schemas.Attribute{{Name: k.field.Name, Type: k.kind}},
	}
	for s := range 2 + r.IntN(2) {
		name := fmt.Sprint("set", s)
		w.defs[0].Sources = append(w.defs[0].Sources, schemas.Source{Dataset: name, Field: k.field.Name})
		w.datasets[name] = &schemas.Dataset{Name: name, Fields: []schemas.Field{k.field}, Shelf: schemas.Span{Months: r.IntN(4)}}
		w.facts[name] = map[int]fact{}
		for door := range 20 {
			f := fact{origin: r.Int64N(99), confirmed: int64(schemas.NewDate(2026, 1, 1)) + r.Int64N(150), currency: "CNY"}
			switch n := r.Int64N(4); {
			case n == 0:
			case k.stored == table.Text:
				f.value = []string{"", "C", "C39", "I"}[n]
			case k.stored == table.Bool:
				f.value = n % 2
			default:
				f.value = n
			}
			if r.IntN(10) == 0 {
				f.currency = "USD"
			}
			if r.IntN(4) > 0 {
				w.facts[name][door] = f
			}
		}
	}
	return w
}

// explained are the conflicts that explanations show.
func explained(t *testing.T, in *plan.Input, def *schemas.Attribute) []string {
	t.Helper()
	var out []string
	column := condition.Column{Name: def.Name, Kind: def.Type, Range: def.Range}
	for door := range in.Block.N {
		answer, err := explain.Explain(&explain.Question{In: in, Door: door, Expr: condition.Known{X: column}, Benefit: column})
		if err != nil {
			t.Fatal(err)
		}
		v := answer.Benefit
		if v.State != explain.StateKnown {
			continue
		}
		for _, o := range v.Others {
			if o.Differs && o.State == explain.StateKnown {
				out = append(out, line(door, v.Dataset, v.Origin, v.Confirmed, o.Dataset, o.Origin, o.Confirmed))
			}
		}
	}
	return out
}

func line(door int, used string, origin int64, confirmed, other string, otherOrigin int64, otherConfirmed string) string {
	return fmt.Sprintf("%d: %s %d %s, %s %d %s", door, used, origin, confirmed, other, otherOrigin, otherConfirmed)
}

// TestConflictsOfLastYear: of a yearly attribute last year's count, with what each source says.
func TestConflictsOfLastYear(t *testing.T) {
	t.Parallel()
	datasets, rows := map[string]*schemas.Dataset{}, map[string]*profile.Rows{}
	def := schemas.Attribute{Name: "收入", Yearly: true, Type: schemas.Type{Kind: schemas.KindNumber}}
	today := schemas.NewDate(2026, 6, 15)
	add := func(name string, confirmed schemas.Date, facts ...[3]int64) { // door, year, value
		datasets[name] = &schemas.Dataset{Name: name, Year: "年度", Shelf: schemas.Span{Months: 18}, Fields: []schemas.Field{
			{Name: "年度", Type: schemas.FieldNumber}, {Name: "值", Type: schemas.FieldNumber},
		}}
		b := table.NewBuilder(table.Stored(datasets[name], false))
		var door []uint16
		var days []int64
		for _, f := range facts {
			b.Int(0, f[1])
			b.Int(1, f[2])
			b.End()
			door, days = append(door, uint16(f[0])), append(days, int64(confirmed))
		}
		rows[name] = profile.NewRows(b.Table(), door, days, nil)
		def.Sources = append(def.Sources, schemas.Source{Dataset: name, Field: "值"})
	}
	add("finance", today-5, [3]int64{0, 2025, 1}, [3]int64{1, 2025, 2}, [3]int64{2, 2024, 3})
	add("tax", today-7, [3]int64{0, 2025, 9}, [3]int64{1, 2025, 2}, [3]int64{2, 2024, 9})
	add("old", today-900, [3]int64{0, 2025, 10}, [3]int64{1, 2025, 11})
	block := profile.Build(0, 3, bits.New(3), rows, []schemas.Attribute{def}, datasets)
	got := block.Conflicts(&def, today, datasets)
	if len(got) != 1 {
		t.Fatalf("%+v", got)
	}
	c := got[0]
	if c.Door != 0 || c.Year != 2025 || c.Used.Int != 1 || c.Other.Int != 9 || c.Used.Source.Dataset != "finance" || c.Other.Source.Dataset != "tax" || c.Other.Confirmed != today-7 {
		t.Errorf("%+v", c)
	}
	def.Sources = def.Sources[:1]
	if more := block.Conflicts(&def, today, datasets); more != nil {
		t.Errorf("one source disagrees with itself: %+v", more)
	}
}
