package source

import (
	"path"

	"zhida/schemas"
)

// Request asks an HTTP interface for the rows of a business date, page by page.
type Request struct {
	URL     string // path and query, with {date} or {yyyymmdd}, {page} and {size}; "": it is none
	Size    int    // rows per page
	Rows    string // where in the answer the rows are: data.list
	Total   string // where the number of the rows of all pages is: data.total
	Version string // where something is that becomes another when the rows do; "": nowhere
	Success string // how an answer says that it is one: code=1; "": by a code that is 0 or 200, if it has a code
}

// Name is the name of the object that the request brings for a date, as it is written in names.
func (d Delivery) Name(date string) string {
	return path.Join(d.Dataset, schemas.NormalRegion(d.Scope), date+".jsonl")
}
