package sql

import (
	"bytes"
	"database/sql/driver"
	"fmt"
)

// appendLine appends a line of CSV, as COPY of PostgreSQL writes it: no value is empty, and an empty one quoted.
func appendLine(line []byte, values []driver.Value) []byte {
	for i, v := range values {
		if i > 0 {
			line = append(line, ',')
		}
		text, isBytes := v.([]byte)
		switch {
		case v == nil:
		case isBytes && (len(text) == 0 || bytes.ContainsAny(text, "\",\r\n")):
			line = append(line, '"')
			for {
				before, after, found := bytes.Cut(text, []byte{'"'})
				line = append(line, before...)
				if !found {
					break
				}
				line = append(line, `""`...)
				text = after
			}
			line = append(line, '"')
		default:
			line = appendValue(line, v)
		}
	}
	return append(line, '\n')
}

// appendValue appends a value of a row as text; none is nothing.
func appendValue(text []byte, v driver.Value) []byte {
	switch v := v.(type) {
	case nil:
		return text
	case []byte:
		return append(text, v...)
	default: // a count
		return fmt.Append(text, v)
	}
}
