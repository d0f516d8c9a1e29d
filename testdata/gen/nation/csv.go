package nation

import "bytes"

// appendCSV writes rows as comma-separated text; cells with a comma, a quote or a line's end are quoted.
func appendCSV(to []byte, b *batch) []byte {
	cell, from := 0, 0
	plain := bytes.IndexByte(b.data, '"') < 0 && bytes.IndexByte(b.data, '\n') < 0 && bytes.IndexByte(b.data, '\r') < 0
	for _, end := range b.rows {
		for ; cell < end; cell++ {
			text := b.data[from:b.ends[cell]]
			from = b.ends[cell]
			if plain && bytes.IndexByte(text, ',') < 0 {
				to = append(to, text...)
			} else {
				to = appendQuoted(to, text)
			}
			to = append(to, ',')
		}
		to[len(to)-1] = '\n'
	}
	return to
}

func appendQuoted(to, text []byte) []byte {
	if !bytes.ContainsAny(text, ",\"\r\n") {
		return append(to, text...)
	}
	to = append(to, '"')
	for _, c := range text {
		if c == '"' {
			to = append(to, '"')
		}
		to = append(to, c)
	}
	return append(to, '"')
}
