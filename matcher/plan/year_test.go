package plan

import (
	"testing"

	"zhida/matcher/profile"
	"zhida/matcher/table"
	"zhida/schemas"
)

// yearly is a block with an attribute 收入 by the year, for the three years before 2026.
func yearly(tb testing.TB, n int, value func(door, year int) (int64, bool)) *Input {
	tb.Helper()
	d := &schemas.Dataset{Name: "report", List: schemas.ListOpen, Year: "年度", Key: []string{"年度"}, Fields: []schemas.Field{
		{Name: "年度", Type: schemas.FieldNumber}, {Name: "收入", Type: schemas.FieldNumber},
	}}
	rows := table.Blank([]table.Field{{Name: "年度", Kind: table.Decimal}, {Name: "收入", Kind: table.Decimal}}, 3*n)
	door, confirmed := make([]uint16, 3*n), make([]int64, 3*n)
	for i := range 3 * n {
		door[i], confirmed[i] = uint16(i/3), int64(testDay())
		year := 2025 - i%3
		rows.Columns[0].SetInt(i, int64(year))
		if v, ok := value(i/3, year); ok {
			rows.Columns[1].SetInt(i, v)
		}
	}
	in := blockOf(n, 0, nil)
	in.Datasets["report"] = d
	in.Block.Rows["report"] = profile.NewRows(rows, door, confirmed, nil)
	in.Attributes["收入"] = &schemas.Attribute{
		Name: "收入", Yearly: true, Type: schemas.Type{Kind: schemas.KindNumber}, Sources: []schemas.Source{{Dataset: "report", Field: "收入"}},
	}
	return in
}
