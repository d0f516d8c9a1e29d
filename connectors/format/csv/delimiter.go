package csv

import "zhida/connectors/format"

// delimiterCount counts the candidates outside quotes in the lines of a header.
type delimiterCount struct {
	count  [4]int
	quoted bool
}

func candidates() [4]format.Delimiter {
	return [4]format.Delimiter{
		format.DelimiterComma, format.DelimiterSemicolon, format.DelimiterTab, format.DelimiterBar,
	}
}

// add counts one line and reports whether a quote is open at its end.
func (d *delimiterCount) add(text []byte) bool {
	for _, c := range text {
		if c == '"' {
			d.quoted = !d.quoted
			continue
		}
		for i, candidate := range candidates() {
			if c == candidate[0] && !d.quoted {
				d.count[i]++
			}
		}
	}
	return d.quoted
}

// best is the most frequent candidate, the earlier one of equals; a comma if none occurs.
func (d *delimiterCount) best() format.Delimiter {
	best := 0
	for i, n := range d.count {
		if n > d.count[best] {
			best = i
		}
	}
	return candidates()[best]
}
