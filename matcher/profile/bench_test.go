package profile_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"

	"zhida/matcher/bits"
	"zhida/matcher/profile"
	"zhida/matcher/table"
	"zhida/schemas"
)

// province makes a full block of 60 attributes from six datasets, as a province has them: each dataset knows a third
// of the enterprises, its rows were last changed by one of a dozen deliveries and confirmed by the last two full ones.
func province() (map[string]*profile.Rows, []schemas.Attribute, map[string]*schemas.Dataset) {
	r := rand.New(rand.NewPCG(3, 4))
	rows, datasets := map[string]*profile.Rows{}, map[string]*schemas.Dataset{}
	var defs []schemas.Attribute
	for d := range 6 {
		dataset := &schemas.Dataset{Name: fmt.Sprintf("set%d", d), Shelf: schemas.Span{Months: 13}}
		var fields []table.Field
		for f := range 10 {
			name := fmt.Sprintf("指标%d", 10*d+f)
			field := schemas.Field{Name: name, Type: schemas.FieldNumber, Unit: schemas.UnitCount}
			t := schemas.Type{Kind: schemas.KindNumber, Unit: schemas.UnitCount}
			stored := table.Field{Name: name, Kind: table.Int}
			if f < 3 {
				field, t = schemas.Field{Name: name, Type: schemas.FieldIndustry}, schemas.Type{Kind: schemas.KindCode, System: schemas.SystemIndustry}
				stored.Kind = table.Text
			}
			dataset.Fields, fields = append(dataset.Fields, field), append(fields, stored)
			defs = append(defs, schemas.Attribute{Name: name, Type: t, Sources: []schemas.Source{{Dataset: dataset.Name, Field: name}}})
		}
		datasets[dataset.Name] = dataset
		b := table.NewBuilder(fields)
		var doors []uint16
		var confirmed, origin []int64
		for door := range profile.MaxDoors {
			if r.IntN(3) > 0 {
				continue
			}
			for i, f := range fields {
				if f.Kind == table.Text {
					b.Text(i, fmt.Sprintf("C%d", 30+r.IntN(10)))
				} else if r.IntN(5) > 0 {
					b.Int(i, int64(r.IntN(100_000)))
				}
			}
			b.End()
			doors = append(doors, uint16(door))
			confirmed = append(confirmed, int64(schemas.NewDate(2026, 5+r.IntN(20)/19, 1)))
			origin = append(origin, int64(100+r.IntN(12)))
		}
		rows[dataset.Name] = profile.NewRows(b.Table(), doors, confirmed, origin)
	}
	return rows, defs, datasets
}

func BenchmarkBuild(b *testing.B) {
	rows, defs, datasets := province()
	living := bits.New(profile.MaxDoors)
	for b.Loop() {
		profile.Build(1, profile.MaxDoors, living, rows, defs, datasets)
	}
}

func BenchmarkOn(b *testing.B) {
	rows, defs, datasets := province()
	block := profile.Build(1, profile.MaxDoors, bits.New(profile.MaxDoors), rows, defs, datasets)
	a := block.Attributes["指标5"]
	for b.Loop() {
		a.On(schemas.NewDate(2026, 6, 15))
	}
}

func BenchmarkWriteAttributes(b *testing.B) {
	rows, defs, datasets := province()
	block := profile.Build(1, profile.MaxDoors, bits.New(profile.MaxDoors), rows, defs, datasets)
	var out bytes.Buffer
	for b.Loop() {
		out.Reset()
		writeBlocks(b, &out, defs, datasets, block)
	}
	b.ReportMetric(float64(out.Len())/profile.MaxDoors, "bytes/door")
}

func BenchmarkReadBlock(b *testing.B) {
	rows, defs, datasets := province()
	block := profile.Build(1, profile.MaxDoors, bits.New(profile.MaxDoors), rows, defs, datasets)
	var out bytes.Buffer
	writeBlocks(b, &out, defs, datasets, block)
	rd, err := table.OpenReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		b.Fatal(err)
	}
	for _, n := range []int{1, 10, 60} {
		var names []string
		for _, d := range defs[:n] {
			names = append(names, d.Name)
		}
		b.Run(fmt.Sprintf("%d attributes", n), func(b *testing.B) {
			for b.Loop() {
				if _, err := profile.ReadBlock(rd, 1, names...); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func writeBlocks(t testing.TB, out io.Writer, defs []schemas.Attribute, datasets map[string]*schemas.Dataset, blocks ...*profile.Block) {
	t.Helper()
	w, err := profile.NewWriter(out, defs, datasets, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range blocks {
		if err := profile.WriteAttributes(w, b); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}
