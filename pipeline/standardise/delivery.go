package standardise

import (
	"context"

	"github.com/apache/arrow/go/v15/arrow"

	"zhida/matcher/table"
	"zhida/schemas"
)

// Delivery says which delivery the rows come from.
type Delivery struct {
	Seq   int64        // arrival number in the ledger
	Date  schemas.Date // business date; abolished region codes are read as of this day
	Mode  schemas.Mode
	Scope string // declared scope; a region code or anything else a department agreed on; "": not declared
	File  string // name of the file, for the report
}

// Source yields the batches of one delivery. It is read by one goroutine.
type Source interface {
	// Header is the names of the file's columns as written, without #row and #line. It is called first and must be
	// known even if the file has no rows.
	Header() []string
	// Next returns the next batch, io.EOF after the last. Standardise owns the record and releases it. An error that is
	// not io.EOF ends the delivery: it is a fault of the file, not of a row, and runs already made must be thrown away.
	Next(ctx context.Context) (Batch, error)
	// Empty is the number of lines without content that were skipped so far.
	Empty() int64
}

// Batch is some rows of the file, and the lines in between that are no rows.
type Batch struct {
	// Record has the int64 columns #row (number of the data row, from 1) and #line (line of the file), then one utf8
	// column for each name of the header. It may be nil if there are only broken rows.
	Record arrow.Record
	Broken []Broken // in the order of their Row
}

// Broken is a row that could not be cut into the header's columns.
type Broken struct {
	Row, Line int64
	Raw       string
	Kind      BrokenKind
	Fields    int    // BrokenFields: fields found
	Column    string // BrokenKeys, BrokenValue: the key or column concerned, if it is known
}

// BrokenKind says what is wrong with a broken row.
type BrokenKind string

// The kinds of broken rows, as connectors/format names them. A kind that is not listed is rejected as RowBroken.
const (
	BrokenFields   BrokenKind = "fields"
	BrokenEncoding BrokenKind = "encoding"
	BrokenQuote    BrokenKind = "quote"
	BrokenLength   BrokenKind = "length"
	BrokenNUL      BrokenKind = "nul"
	BrokenSyntax   BrokenKind = "syntax"
	BrokenKeys     BrokenKind = "keys"
	BrokenValue    BrokenKind = "value"
)

// Names of the two position columns of a Record.
const (
	RowColumn  = "#row"
	LineColumn = "#line"
)

// Run is a part of the delivery's rows, sorted by home, code and position. The rows of a home stand together: they
// are a group, named after the home. Rows whose code is no unified social credit code are in the group Unplaced, all
// rows of a crosswalk dataset in the group Crosswalk.
//
// Rows has the columns code, op, pos and flags, then the dataset's physical columns that are not sealed. Sealed has
// the sealed ones, row by row beside Rows; it is nil if the dataset has none.
type Run struct {
	Rows, Sealed *table.Table
	Groups       []table.Group
}

// Groups that are not named after a home.
const (
	Unplaced  = "unplaced"
	Crosswalk = "crosswalk"
)

// Columns of Run.Rows before the dataset's own.
const (
	CodeColumn  = "code"  // text: the code as delivered: folded, upper case, without spaces
	OpColumn    = "op"    // int: OpUpsert or OpDelete
	PosColumn   = "pos"   // int: number of the data row in the file
	FlagsColumn = "flags" // text: flags joined by ";", unknown if there are none
)

// Values of the column op.
const (
	OpUpsert = 0
	OpDelete = 1
)

// Sink takes what standardise makes. Calls come one at a time. A Run, Reject or Doubt belongs to the sink once it is
// given away. An error ends the delivery and is returned by Standardiser.Run.
type Sink interface {
	Run(run *Run) error
	Reject(reject Reject) error
	Doubt(doubt Doubt) error
}

// Doubt is a row that was taken, with what the department should look at: cells that were left out, codes and regions
// that cannot be right. Of each flag the first MostDoubts rows of a delivery come; Report.Flags counts all. Nothing in it
// is personal.
type Doubt struct {
	Row     int64    `json:"row"`
	Line    int64    `json:"line"`
	Code    string   `json:"code,omitempty"` // the unified social credit code, if it is one
	Reasons []Reason `json:"reasons"`
}

// MostDoubts bounds what is told of one flag: who has a thousand cases of it knows what is wrong.
const MostDoubts = 1000

// Reject is a row that was not taken, with all the reasons. Cells and Raw are as they came and may be personal: the
// sink must encrypt them. Nothing else in it is personal.
type Reject struct {
	Row     int64    `json:"row"`
	Line    int64    `json:"line"`
	Code    string   `json:"code,omitempty"`  // the unified social credit code, if it is one
	Raw     string   `json:"raw,omitempty"`   // the line of a broken row
	Columns []string `json:"columns"`         // the header
	Cells   []string `json:"cells,omitempty"` // the row's cells by column; none for a broken row
	Reasons []Reason `json:"reasons"`
}

// Reason says why a row was rejected.
type Reason struct {
	Field string `json:"field,omitempty"` // the field of the dataset, "" if it concerns the row or its code
	Value string `json:"value,omitempty"` // what stood there, shortened; "" for personal fields
	Code  string `json:"code"`            // one of the codes of flags.go
	Kept  bool   `json:"kept,omitempty"`  // the value was taken all the same
	Text  string `json:"text"`            // the same for officers
}

// Key is the name the reason is counted under: its code, and the field if there is one.
func (r Reason) Key() string { return key(r.Code, r.Field) }
