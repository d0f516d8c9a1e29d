package standardise

// Report says what became of a delivery. It holds counts and names only, nothing of the rows.
type Report struct {
	Dataset string `json:"dataset"`
	Seq     int64  `json:"seq"`
	File    string `json:"file"`

	Read       int64 `json:"read"` // rows with some text in them = Accepted + Flagged + Rejected
	Accepted   int64 `json:"accepted"`
	Flagged    int64 `json:"flagged"` // taken, but something in the row is wrong or was assumed
	Rejected   int64 `json:"rejected"`
	Deletes    int64 `json:"deletes"`     // of the rows taken, those that delete
	EmptyLines int64 `json:"empty_lines"` // rows all of whose cells are empty, not counted as read

	Reasons map[string]int64 `json:"reasons"` // rejected rows by reason: code.field
	Flags   map[string]int64 `json:"flags"`   // flagged rows by flag: code.field
	Fields  []FieldReport    `json:"fields"`
	Unknown []string         `json:"unknown_columns,omitempty"` // columns of the file that serve no field
}

// FieldReport counts the values of one field over the rows taken that do not delete.
type FieldReport struct {
	Name    string   `json:"name"`
	Columns []string `json:"columns,omitempty"` // the columns of the file that served it; none: the field is unknown
	Filled  int64    `json:"filled"`            // the cell holds something
	Known   int64    `json:"known"`             // the row has a value
	Dropped int64    `json:"dropped"`           // filled, but not known: the value was flagged and left out
	// Regions only.
	Mapped   int64 `json:"mapped,omitempty"`    // read from a code that has been abolished, or from a county that has moved
	FromHome int64 `json:"from_home,omitempty"` // neither column nor address named a region: taken from the code
}

// count puts a row that is taken into the report.
func (s *session) count() {
	r := &s.row
	if len(r.flags) == 0 {
		s.report.Accepted++
	} else {
		s.report.Flagged++
	}
	for _, f := range r.flags {
		s.counts[f]++
	}
	if r.deletes {
		s.report.Deletes++
		return
	}
	for i := range r.values {
		v, report := &r.values[i], &s.report.Fields[i]
		if v.filled {
			report.Filled++
		}
		switch {
		case v.known:
			report.Known++
		case v.filled:
			report.Dropped++
		}
		if v.mapped {
			report.Mapped++
		}
		if v.home {
			report.FromHome++
		}
	}
}

// tally puts the counts by flag into the report.
func (s *session) tally() {
	for i, n := range s.counts {
		if n > 0 {
			s.report.Flags[s.flags.name(flagID(i)).key] += n
		}
	}
}
