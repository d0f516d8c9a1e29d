package workbook

import "strings"

// Heights in points: of a line of text, and the most a row gets. A spreadsheet does not fit rows to wrapped text by
// itself when it opens a file.
const (
	lineHeight = 16
	maxHeight  = 20 * lineHeight
)

// height is what a row needs for all lines of its texts, 0 if one line is enough.
func height[T any](columns []column[T], texts []string) float64 {
	most := 1
	for i, text := range texts {
		n := 0
		for line := range strings.SplitSeq(text, "\n") {
			n += 1 + max(0, letters(line)-1)/max(1, int(columns[i].width)-1)
		}
		most = max(most, n)
	}
	if most == 1 {
		return 0
	}
	return float64(min(most*lineHeight, maxHeight))
}

// letters is the width of a line as columns are measured, in Latin letters: Chinese characters take two.
func letters(line string) int {
	n := 0
	for _, r := range line {
		if n++; r >= 0x2E80 {
			n++
		}
	}
	return n
}
