package table

import "zhida/schemas"

// Stored lists how a table holds the physical columns of a dataset: the open ones, or the sealed (personal) ones.
func Stored(ds *schemas.Dataset, sealed bool) []Field {
	var out []Field
	for _, p := range ds.Physical() {
		if p.Sealed == sealed {
			out = append(out, StoredAs(p))
		}
	}
	return out
}

// StoredAs is how a table holds one physical column.
func StoredAs(p schemas.Physical) Field {
	return Field{Name: p.Name, Kind: storedKind(p), Scale: p.Scale}
}

func storedKind(p schemas.Physical) Kind {
	switch p.Kind {
	case schemas.KindDate:
		return Date
	case schemas.KindTruth:
		return Bool
	case schemas.KindNumber:
		if p.Scale > 0 {
			return Decimal
		}
		return Int
	case schemas.KindText, schemas.KindCode:
		return Text
	}
	return Text
}
