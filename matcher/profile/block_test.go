package profile_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"zhida/matcher/bits"
	"zhida/matcher/profile"
	"zhida/matcher/table"
	"zhida/schemas"
)

const doors = 70

// fact is what a dataset says of an enterprise, as the naive model keeps it.
type fact struct {
	value             any // nil: the row is there, the value is not known
	currency          string
	origin, confirmed int64
}

// world is datasets by name, each with facts by door, and the definitions over them.
type world struct {
	datasets map[string]*schemas.Dataset
	facts    map[string]map[int]fact
	defs     []schemas.Attribute
}

// kinds are the attributes of a world; every dataset has all their fields.
var kinds = []struct {
	field  schemas.Field
	kind   schemas.Type
	stored table.Kind
}{
	{schemas.Field{Name: "收入", Type: schemas.FieldMoney, Unit: schemas.UnitYuan}, schemas.Type{Kind: schemas.KindNumber, Unit: schemas.UnitYuan, Scale: 2}, table.Decimal},
	{schemas.Field{Name: "行业", Type: schemas.FieldIndustry}, schemas.Type{Kind: schemas.KindCode, System: schemas.SystemIndustry}, table.Text},
	{schemas.Field{Name: "成立", Type: schemas.FieldDate}, schemas.Type{Kind: schemas.KindDate}, table.Date},
	{schemas.Field{Name: "上市", Type: schemas.FieldTruth}, schemas.Type{Kind: schemas.KindTruth}, table.Bool},
}

func genWorld() *rapid.Generator[world] {
	return rapid.Custom(func(t *rapid.T) world {
		w := world{datasets: map[string]*schemas.Dataset{}, facts: map[string]map[int]fact{}}
		k := kinds[rapid.IntRange(0, len(kinds)-1).Draw(t, "kind")]
		low := int64(0)
		def := schemas.Attribute{Name: k.field.Name, Type: k.kind, Range: schemas.Range{Low: &low}}
		for s := range rapid.IntRange(0, 3).Draw(t, "sources") {
			name := fmt.Sprint("set", s)
			def.Sources = append(def.Sources, schemas.Source{Dataset: name, Field: k.field.Name})
			if rapid.IntRange(0, 9).Draw(t, "no dataset") == 0 {
				continue
			}
			w.datasets[name] = &schemas.Dataset{
				Name: name, Fields: []schemas.Field{k.field},
				Shelf: schemas.Span{Months: rapid.IntRange(0, 3).Draw(t, "shelf")},
			}
			if rapid.IntRange(0, 9).Draw(t, "no rows") == 0 {
				continue
			}
			w.facts[name] = rapid.MapOfN(rapid.IntRange(0, doors-1), genFact(k.stored), 0, 30).Draw(t, "facts")
		}
		w.defs = []schemas.Attribute{def}
		return w
	})
}

func genFact(kind table.Kind) *rapid.Generator[fact] {
	return rapid.Custom(func(t *rapid.T) fact {
		f := fact{
			origin:    rapid.Int64Range(0, 99).Draw(t, "origin"),
			confirmed: int64(schemas.NewDate(2026, 1, 1)) + rapid.Int64Range(0, 150).Draw(t, "confirmed"),
			currency:  rapid.SampledFrom([]string{"CNY", "CNY", "USD", ""}).Draw(t, "currency"),
		}
		if rapid.IntRange(0, 4).Draw(t, "unknown") == 0 {
			return f
		}
		f.value = rapid.Int64Range(0, 1).Draw(t, "value")
		if kind == table.Text {
			f.value = rapid.SampledFrom([]string{"C", "C39"}).Draw(t, "text")
		}
		return f
	})
}

// rows makes the rows of a dataset, from the last door to the first.
func (w world) rows() map[string]*profile.Rows {
	out := map[string]*profile.Rows{}
	for name, facts := range w.facts {
		fields := table.Stored(w.datasets[name], false)
		b := table.NewBuilder(fields)
		var door []uint16
		var confirmed, origin []int64
		for d := doors - 1; d >= 0; d-- {
			f, ok := facts[d]
			if !ok {
				continue
			}
			switch v := f.value.(type) {
			case string:
				b.Text(0, v)
			case int64:
				b.Int(0, v)
			}
			if len(fields) > 1 && f.currency != "" {
				b.Text(1, f.currency)
			}
			b.End()
			door, confirmed, origin = append(door, uint16(d)), append(confirmed, f.confirmed), append(origin, f.origin)
		}
		out[name] = profile.NewRows(b.Table(), door, confirmed, origin)
	}
	return out
}

// layers are the facts about a door that count, in the order of the sources.
func (w world) layers(def schemas.Attribute, door int) (facts []fact, sources []int) {
	for s, source := range def.Sources {
		f, ok := w.facts[source.Dataset][door]
		if !ok || f.value == nil || def.Type.Unit == schemas.UnitYuan && f.currency != "CNY" {
			continue
		}
		facts, sources = append(facts, f), append(sources, s)
	}
	return facts, sources
}

// fresh reports whether a source's fact is within its shelf life.
func (w world) fresh(f fact, def schemas.Attribute, source int, today schemas.Date) bool {
	shelf := w.datasets[def.Sources[source].Dataset].Shelf
	return shelf.IsZero() || schemas.Date(f.confirmed).Add(shelf) >= today
}

func valueAt(c *table.Column, door int) any {
	if c.Texts != nil {
		return c.Texts[door]
	}
	return c.Ints[door]
}

func checkAttribute(t *rapid.T, w world, a *profile.Attribute, today schemas.Date) {
	def := w.defs[0]
	values, known, layer := a.On(today)
	for door := range doors {
		facts, sources := w.layers(def, door)
		want := -1
		for k, f := range facts {
			l := a.Layers[k]
			if !l.Values.Known.Has(door) || valueAt(l.Values, door) != f.value || int(l.Source[door]) != sources[k] ||
				l.Origin[door] != f.origin || l.Confirmed[door] != f.confirmed {
				t.Fatalf("door %d, layer %d: %v of source %d; want %v of %d", door, k, valueAt(l.Values, door), l.Source[door], f, sources[k])
			}
			if want < 0 && w.fresh(f, def, sources[k], today) {
				want = k
			}
		}
		for k := len(facts); k < len(a.Layers); k++ {
			if a.Layers[k].Values.Known.Has(door) {
				t.Fatalf("door %d has a value in layer %d", door, k)
			}
		}
		if known.Has(door) != (want >= 0) || a.KnownOn(today).Has(door) != (want >= 0) || !values.Known.Equal(known) {
			t.Fatalf("door %d: known %v, want layer %d", door, known.Has(door), want)
		}
		if want < 0 {
			continue
		}
		got := 0
		if layer != nil {
			got = int(layer[door])
		}
		if got != want || valueAt(values, door) != facts[want].value {
			t.Fatalf("door %d: %v of layer %d, want %v of %d", door, valueAt(values, door), got, facts[want].value, want)
		}
	}
}

func TestBuildIsTheNaiveOne(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := genWorld().Draw(t, "world")
		today := schemas.NewDate(2026, 1, 1) + schemas.Date(rapid.IntRange(0, 300).Draw(t, "today"))
		living := bits.Of(doors, 0, 3, 69)
		rows := w.rows()
		b := profile.Build(7, doors, living, rows, w.defs, w.datasets)
		name := w.defs[0].Name
		checkAttribute(t, w, b.Attributes[name], today)

		var out bytes.Buffer
		file, err := profile.NewWriter(&out, w.defs, w.datasets, map[string]string{"night": "2026-06-15"})
		if err != nil {
			t.Fatal(err)
		}
		if err := profile.WriteAttributes(file, b); err != nil {
			t.Fatal(err)
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
		rd, err := table.OpenReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
		if err != nil {
			t.Fatal(err)
		}
		read, err := profile.ReadBlock(rd, 7, name)
		if err != nil {
			t.Fatal(err)
		}
		a, was := read.Attributes[name], b.Attributes[name]
		if fmt.Sprint(a.Type, *a.Range.Low, a.Sources, len(a.Layers)) != fmt.Sprint(was.Type, *was.Range.Low, was.Sources, len(was.Layers)) {
			t.Fatalf("read %v, wrote %v", a, was)
		}
		if !read.Living.Equal(living) || read.N != doors || read.Base() != 7<<16 || rd.Note("night") != "2026-06-15" {
			t.Fatalf("read block %v", read)
		}
		checkAttribute(t, w, a, today)
	})
}

func TestRows(t *testing.T) {
	t.Parallel()
	b := table.NewBuilder([]table.Field{{Name: "n", Kind: table.Int}})
	for i := range 6 {
		b.Int(0, int64(i))
		b.End()
	}
	r := profile.NewRows(b.Table(), []uint16{9, 2, 9, 0, 2, 9}, []int64{0, 1, 2, 3, 4, 5}, nil)
	want := []int64{3, 1, 4, 0, 2, 5}
	if !slices.Equal(r.Column("n").Ints, want) || !slices.Equal(r.Confirmed, want) || !slices.Equal(r.Door, []uint16{0, 2, 2, 9, 9, 9}) ||
		!slices.Equal(r.Origin, make([]int64, 6)) || r.Len() != 6 {
		t.Errorf("sorted: %v %v %v", r.Door, r.Column("n").Ints, r.Confirmed)
	}
	for door, span := range map[uint16][2]int{0: {0, 1}, 1: {1, 1}, 2: {1, 3}, 9: {3, 6}, 10: {6, 6}} {
		if from, to := r.Span(door); from != span[0] || to != span[1] {
			t.Errorf("door %d: rows %d to %d, want %v", door, from, to, span)
		}
	}
	if r.Column("m") != nil {
		t.Error("a column that is not there was found")
	}
}

// A source whose column cannot feed the attribute has no values; the next source then counts.
func TestSourcesThatDoNotFit(t *testing.T) {
	t.Parallel()
	money := schemas.Attribute{
		Name: "收入", Type: kinds[0].kind,
		Sources: []schemas.Source{{Dataset: "bad", Field: "收入"}, {Dataset: "good", Field: "收入"}},
	}
	good := kinds[0].field
	for name, c := range map[string]struct {
		field  schemas.Field
		stored []table.Field
	}{
		"no such field":      {schemas.Field{Name: "利润", Type: schemas.FieldMoney, Unit: schemas.UnitYuan}, []table.Field{{Name: "利润", Kind: table.Decimal, Scale: 2}}},
		"no such column":     {good, []table.Field{{Name: "利润", Kind: table.Decimal, Scale: 2}}},
		"sealed":             {schemas.Field{Name: "收入", Type: schemas.FieldMoney, Unit: schemas.UnitYuan, Personal: schemas.PersonalAlways}, []table.Field{{Name: "收入", Kind: table.Decimal, Scale: 2}}},
		"another kind":       {schemas.Field{Name: "收入", Type: schemas.FieldDate}, []table.Field{{Name: "收入", Kind: table.Date}}},
		"another scale":      {schemas.Field{Name: "收入", Type: schemas.FieldNumber, Scale: 4}, []table.Field{{Name: "收入", Kind: table.Decimal, Scale: 4}}},
		"no currency column": {good, []table.Field{{Name: "收入", Kind: table.Decimal, Scale: 2}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			datasets := map[string]*schemas.Dataset{
				"bad":  {Name: "bad", Fields: []schemas.Field{c.field}},
				"good": {Name: "good", Fields: []schemas.Field{good}},
			}
			bad := table.NewBuilder(c.stored)
			bad.Int(0, 1)
			bad.End()
			fine := table.NewBuilder(table.Stored(datasets["good"], false))
			fine.Int(0, 2)
			fine.Text(1, "CNY")
			fine.End()
			rows := map[string]*profile.Rows{
				"bad":  profile.NewRows(bad.Table(), []uint16{0}, []int64{1}, nil),
				"good": profile.NewRows(fine.Table(), []uint16{0}, []int64{1}, nil),
			}
			a := profile.Build(0, 1, bits.New(1), rows, []schemas.Attribute{money}, datasets).Attributes["收入"]
			values, known, _ := a.On(1)
			if !known.Has(0) || values.Ints[0] != 2 || a.Layers[0].Source[0] != 1 || len(a.Layers) != 1 {
				t.Errorf("known %v, value %d of source %d", known.Has(0), values.Ints[0], a.Layers[0].Source[0])
			}
		})
	}
}
