package nation

import (
	"slices"

	"zhida/schemas"
)

// batch holds rows of texts one after the other: the cells' bytes, and where each ends.
type batch struct {
	data []byte
	ends []int // in data, by cell
	rows []int // where each ends, in ends
}

func (b *batch) reset() { b.data, b.ends, b.rows = b.data[:0], b.ends[:0], b.rows[:0] }

// endRow ends a row. Rows may differ in their number of cells: broken ones do.
func (b *batch) endRow() { b.rows = append(b.rows, len(b.ends)) }

// end ends a cell that was appended to data.
func (b *batch) end() { b.ends = append(b.ends, len(b.data)) }

func (b *batch) text(parts ...string) {
	for _, p := range parts {
		b.data = append(b.data, p...)
	}
	b.end()
}

func (b *batch) bytes(cell []byte) {
	b.data = append(b.data, cell...)
	b.end()
}

func (b *batch) number(n int) {
	b.data = appendInt(b.data, n)
	b.end()
}

// hundredths writes a number of hundredths with two places.
func (b *batch) hundredths(n int) {
	b.data = appendHundredths(b.data, n)
	b.end()
}

func (b *batch) date(d schemas.Date) {
	b.data = appendDate(b.data, d)
	b.end()
}

// last is the cell that was ended last.
func (b *batch) last() []byte {
	from := 0
	if n := len(b.ends); n > 1 {
		from = b.ends[n-2]
	}
	return b.data[from:]
}

// replace puts another cell in the place of the last one.
func (b *batch) replace(cell []byte) {
	b.data = append(b.data[:len(b.data)-len(b.last())], cell...)
	b.ends[len(b.ends)-1] = len(b.data)
}

// blank empties the last cell, as often as percent says, in one of the ways people leave it.
func (b *batch) blank(d *dice, percent int) {
	if d.below(100) < percent {
		b.replace([]byte(one(d, []string{"", "", "N/A", "-"})))
	}
}

// cell is the i-th of all.
func (b *batch) cell(i int) []byte {
	if i == 0 {
		return b.data[:b.ends[0]]
	}
	return b.data[b.ends[i-1]:b.ends[i]]
}

var pow10 = [...]uint64{1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000}

func appendInt(to []byte, n int) []byte {
	if n < 0 {
		to, n = append(to, '-'), -n
	}
	at := len(to)
	for n >= 10 {
		to = append(to, byte('0'+n%10))
		n /= 10
	}
	to = append(to, byte('0'+n))
	slices.Reverse(to[at:])
	return to
}

// appendPadded writes the last digits of a number.
func appendPadded(to []byte, n, digits int) []byte {
	for i := digits - 1; i >= 0; i-- {
		to = append(to, byte('0'+uint64(n)/pow10[i]%10))
	}
	return to
}

func appendHundredths(to []byte, n int) []byte {
	if n < 0 {
		to, n = append(to, '-'), -n
	}
	to = append(appendInt(to, n/100), '.')
	return appendPadded(to, n%100, 2)
}

func appendDate(to []byte, on schemas.Date) []byte {
	y, m, d := on.YMD()
	to = append(appendPadded(to, y, 4), '-')
	to = append(appendPadded(to, m, 2), '-')
	return appendPadded(to, d, 2)
}

func yearOf(d schemas.Date) int {
	y, _, _ := d.YMD()
	return y
}
