package rows

import (
	"fmt"

	"zhida/connectors/format"
)

// CheckHeader refuses headers whose names cannot tell the columns apart: line is where it stands, look is what to do
// about too many columns. A name is not quoted: where the header was forgotten it is a person's.
func CheckHeader(file string, line int64, header []string, most int, look string) error {
	fatal := func(reason, suggestion string) error {
		return &format.FatalError{File: file, Line: line, Reason: reason, Suggestion: suggestion}
	}
	if len(header) > most {
		return fatal(fmt.Sprintf("the header has %d columns, more than %d", len(header), most), look)
	}
	seen := map[string]int{format.RowColumn: 0, format.LineColumn: 0}
	empty := 0
	for i, name := range header {
		if name == "" {
			empty++
			continue
		}
		if at, again := seen[name]; again {
			if at == 0 {
				return fatal(fmt.Sprintf("the header has a column %q, a name used for positions", name), "rename it in the delivery")
			}
			return fatal(fmt.Sprintf("columns %d and %d of the header have the same name", at, i+1),
				"rename one of them in the delivery; if the file begins with data, put the names of the columns first")
		}
		seen[name] = i + 1
	}
	if empty == len(header) {
		return fatal("the header has no names", "the first line must name the columns")
	}
	return nil
}
