package workspace

import (
	"fmt"

	"github.com/goccy/go-yaml/ast"

	"zhida/schemas"
)

// gates reads a dataset's gates; what is not written stays as it is.
func gates(into *schemas.Gates) reader {
	return object("“gates”",
		key{"held", optional, choice(&into.Held, schemas.HeldStop, schemas.HeldKeep)},
		key{"rows", optional, object("“rows”",
			key{"fall", optional, count(&into.Rows.Fall, 0, 100)},
			key{"rise", optional, count(&into.Rows.Rise, 1, maxRise)},
			gateLevel(&into.Rows.Level))},
		key{"rejects", optional, shareGate("“rejects”", &into.Rejects)},
		key{"unknown", optional, shareGate("“unknown”", &into.Unknown)},
		key{"fresh", optional, object("“fresh”",
			key{"within", required, span(&into.Fresh.Within)},
			gateLevel(&into.Fresh.Level))},
		key{"empty", optional, object("“empty”",
			key{"most", optional, count(&into.Empty.Most, 1, 100)},
			key{"rise", optional, count(&into.Empty.Rise, 1, 100)},
			key{"fields", optional, fieldShares(&into.Empty.Fields)},
			gateLevel(&into.Empty.Level))},
		key{"duplicates", optional, shareGate("“duplicates”", &into.Duplicates)},
		key{"columns", optional, object("“columns”",
			key{"level", required, choice(&into.Columns.Level, schemas.GateHold, schemas.GateWarn)})},
		key{"codes", optional, shareGate("“codes”", &into.Codes)},
	)
}

func shareGate(name string, into *schemas.ShareGate) reader {
	return object(name, key{"most", required, count(&into.Most, 1, 100)}, gateLevel(&into.Level))
}

func gateLevel(into *schemas.GateLevel) key {
	return key{"level", optional, choice(into, schemas.GateHold, schemas.GateWarn)}
}

// maxRise is a thousand times as many rows: a first delivery to a dataset that had a few.
const maxRise = 100_000

// fieldShares reads a table from fields to a share in percent.
func fieldShares(into *map[string]int) reader {
	return func(d *document, name string, at spot, n ast.Node) {
		pairs, ok := entries(n)
		if !ok {
			d.wrongShape(at, "“"+name+"”", "若干“字段: 百分之几”", n)
			return
		}
		*into = map[string]int{}
		for _, p := range pairs {
			field, _ := keyText(p.Key)
			if _, twice := (*into)[field]; twice {
				d.report(d.spot(p.Key), fmt.Sprintf("键“%s”重复", field), "删去其中一个")
				continue
			}
			var share int
			count(&share, 0, 100)(d, field, d.valueSpot(p), p.Value)
			(*into)[field] = share
		}
	}
}

// checkGates checks the fields that gates name.
func (f *datasetFile) checkGates() {
	if f.unnamed() {
		return
	}
	for field := range f.Gates.Empty.Fields {
		if f.Field(field) == nil {
			f.report(f.atKey("gates", "empty", "fields", field), fmt.Sprintf("“gates”里的字段“%s”不存在", field), suggest(field, f.fieldNames()))
		}
	}
}
