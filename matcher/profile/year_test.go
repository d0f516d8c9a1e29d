package profile_test

import (
	"testing"

	"zhida/matcher/profile"
	"zhida/matcher/table"
	"zhida/schemas"
)

// TestInYear makes an attribute of two yearly sources: the first that knows a year wins, each with its origin, and of
// two rows about one year the last counts.
func TestInYear(t *testing.T) {
	t.Parallel()
	datasets, rows := map[string]*schemas.Dataset{}, map[string]*profile.Rows{}
	def := schemas.Attribute{Name: "收入", Yearly: true, Type: schemas.Type{Kind: schemas.KindNumber}}
	add := func(name string, facts ...[3]int64) { // door, year, value
		datasets[name] = &schemas.Dataset{Name: name, Year: "年度", Fields: []schemas.Field{
			{Name: "年度", Type: schemas.FieldNumber}, {Name: "值", Type: schemas.FieldNumber},
		}}
		b := table.Blank([]table.Field{{Name: "年度", Kind: table.Decimal}, {Name: "值", Kind: table.Decimal}}, len(facts))
		var door []uint16
		confirmed, origin := make([]int64, len(facts)), make([]int64, len(facts))
		for i, f := range facts {
			door = append(door, uint16(f[0]))
			b.Columns[0].SetInt(i, f[1])
			b.Columns[1].SetInt(i, f[2])
			confirmed[i], origin[i] = 700000, int64(10*len(datasets)+i)
		}
		rows[name] = profile.NewRows(b, door, confirmed, origin)
		def.Sources = append(def.Sources, schemas.Source{Dataset: name, Field: "值"})
	}
	add("tax", [3]int64{0, 2024, 1}, [3]int64{0, 2025, 2}, [3]int64{2, 2024, 3}, [3]int64{2, 2024, 4})
	add("statistics", [3]int64{0, 2024, 5}, [3]int64{1, 2024, 6})
	a := profile.InYear(3, &def, 2024, rows, datasets)
	values, known, _ := a.On(700001)
	for door, want := range []int64{1, 6, 4} {
		if !known.Has(door) || values.Ints[door] != want {
			t.Errorf("door %d: %d, should be %d", door, values.Ints[door], want)
		}
	}
	if len(a.Layers) != 2 || a.Layers[1].Values.Ints[0] != 5 || a.Layers[0].Origin[1] != 21 || a.Layers[0].Origin[2] != 13 {
		t.Errorf("%+v", a.Layers)
	}
	if profile.IsStored(&def) {
		t.Error("it is stored")
	}
}
