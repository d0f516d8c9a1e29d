package current

import (
	"strings"

	"zhida/matcher/table"
	"zhida/schemas"
)

// Full is a full delivery: the rows of its scope that it does not contain are gone from then on.
type Full struct {
	Date  schemas.Date `json:"date"`
	Seq   int64        `json:"seq"`
	Scope string       `json:"scope"`
}

// Batch is what one delivery brings to a home: the rows as standardise made them.
type Batch struct {
	Full
	Mode   schemas.Mode
	Rows   *table.Table // code, op, pos, flags and the dataset's columns
	Sealed *table.Table // the personal columns, row by row; nil if the dataset has none
}

// State is a set of surviving rows. Placed rows have an id and are sorted by id and key; waiting rows have only a
// code, and are sorted by code and key. Sealed holds the personal columns, row by row; nil if the dataset has none.
type State struct {
	Rows, Sealed *table.Table
}

// Len is the number of rows, tombstones included.
func (s State) Len() int {
	if s.Rows == nil {
		return 0
	}
	return s.Rows.N
}

// Columns of a state's rows that come before the dataset's own.
const (
	ColumnID      = "id"      // uint32; unknown for waiting rows
	ColumnCode    = "code"    // as delivered; unknown for placed rows, whose code the directory knows
	ColumnDate    = "date"    // business date of the last delivery that contained the row: when it was confirmed
	ColumnSeq     = "seq"     // arrival number of that delivery
	ColumnPos     = "pos"     // position in it
	ColumnChanged = "changed" // arrival number of the delivery that last changed a value
	ColumnDeleted = "deleted" // a tombstone
	ColumnScope   = "scope"   // declared scope of the delivery that last contained the row
)

// StateFields are the columns of a state's rows for a dataset.
func StateFields(ds *schemas.Dataset) []table.Field {
	fields := []table.Field{
		{Name: ColumnID, Kind: table.Int},
		{Name: ColumnCode, Kind: table.Text},
		{Name: ColumnDate, Kind: table.Date},
		{Name: ColumnSeq, Kind: table.Int},
		{Name: ColumnPos, Kind: table.Int},
		{Name: ColumnChanged, Kind: table.Int},
		{Name: ColumnDeleted, Kind: table.Bool},
		{Name: ColumnScope, Kind: table.Text},
	}
	return append(fields, table.Stored(ds, false)...)
}

// InScope reports whether a row belongs to a scope: by the dataset's region field if it names one and the row knows it
// to the scope's level or finer; else by the scope its delivery declared. The empty scope is everything.
func InScope(ds *schemas.Dataset, scope, declared string, region string) bool {
	if scope == "" {
		return true
	}
	if ds.Scope == "" || strings.HasPrefix(scope, region) && len(region) < len(scope) {
		region = declared
	}
	return len(region) >= len(scope) && region[:len(scope)] == scope
}
