package standardise

import (
	"slices"

	"zhida/matcher/table"
	"zhida/schemas"
)

// RowFields are the columns of Run.Rows for a dataset.
func RowFields(ds *schemas.Dataset) []table.Field {
	out := []table.Field{
		{Name: CodeColumn, Kind: table.Text},
		{Name: OpColumn, Kind: table.Int},
		{Name: PosColumn, Kind: table.Int},
		{Name: FlagsColumn, Kind: table.Text},
	}
	return append(out, table.Stored(ds, false)...)
}

// slot finds the stored column of that name.
func (s *Standardiser) slot(name string) slot {
	named := func(f table.Field) bool { return f.Name == name }
	if i := slices.IndexFunc(s.rowFields, named); i >= 0 {
		return slot{column: i}
	}
	return slot{sealed: true, column: slices.IndexFunc(s.sealed, named)}
}
