package main

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// jsonl renders the sheet as one object a line, its members in the order of the header. A cell that is empty has no
// member; whole numbers and decimals are numbers.
func (s *sheet) jsonl() []byte {
	var b bytes.Buffer
	for _, row := range s.rows {
		b.WriteByte('{')
		first := true
		for i, cell := range row {
			if cell == "" {
				continue
			}
			if !first {
				b.WriteByte(',')
			}
			first = false
			b.Write(quoted(s.header[i]))
			b.WriteByte(':')
			if _, err := strconv.ParseFloat(cell, 64); err == nil && kindOf(s.header[i]) != text {
				b.WriteString(cell)
				continue
			}
			b.Write(quoted(cell))
		}
		b.WriteString("}\n")
	}
	return b.Bytes()
}

// quoted is a text as JSON writes it.
func quoted(text string) []byte {
	out, err := json.Marshal(text)
	if err != nil {
		panic(err) // a text can be written
	}
	return out
}
