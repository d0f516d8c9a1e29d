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
	return append(out, stored(ds, false)...)
}

// SealedFields are the columns of Run.Sealed for a dataset; none if it has no personal fields.
func SealedFields(ds *schemas.Dataset) []table.Field { return stored(ds, true) }

func stored(ds *schemas.Dataset, sealed bool) []table.Field {
	var out []table.Field
	for _, p := range ds.Physical() {
		if p.Sealed == sealed {
			out = append(out, table.Field{Name: p.Name, Kind: storedKind(p), Scale: p.Scale})
		}
	}
	return out
}

// storedKind is how the table holds a physical column.
func storedKind(p schemas.Physical) table.Kind {
	switch p.Kind {
	case schemas.KindDate:
		return table.Date
	case schemas.KindTruth:
		return table.Bool
	case schemas.KindNumber:
		if p.Scale == 0 {
			return table.Int
		}
		return table.Decimal
	case schemas.KindText, schemas.KindCode:
		return table.Text
	}
	return table.Text
}

// slot finds the stored column of that name.
func (s *Standardiser) slot(name string) slot {
	named := func(f table.Field) bool { return f.Name == name }
	if i := slices.IndexFunc(s.rowFields, named); i >= 0 {
		return slot{column: i}
	}
	return slot{sealed: true, column: slices.IndexFunc(s.sealed, named)}
}
