package department

// Heights in points, of a row of one line and of each further line. A spreadsheet does not fit rows to wrapped text by
// itself when it opens a file.
const (
	oneLine  = 18
	moreLine = 15
	mostRows = 12
)

// height is what a row needs for all lines of its texts; widths are those of its columns.
func height(widths []float64, values []any) float64 {
	lines := 1
	for i, v := range values {
		if s, ok := v.(string); ok {
			room := max(1, int(widths[i])-1)
			lines = max(lines, (letters(s)+room-1)/room)
		}
	}
	return oneLine + moreLine*float64(min(lines, mostRows)-1)
}

// letters is the width of a text as columns are measured, in Latin letters: Chinese characters take two.
func letters(s string) int {
	n := 0
	for _, r := range s {
		if n++; r >= 0x2E80 || r >= 0x2010 && r <= 0x203F {
			n++
		}
	}
	return n
}
