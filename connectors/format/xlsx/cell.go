package xlsx

import (
	"bytes"
	"errors"
	"math"
	"strconv"

	"zhida/connectors/format/rows"
)

// What makes a cell no text.
var (
	errNoText  = errors.New("a text that the workbook does not have")
	errFormula = errors.New("a formula without a computed value")
	errTruth   = errors.New("neither true nor false")
	errKind    = errors.New("a kind of cell that is not known")
)

// cell is one cell as it stands in the sheet.
type cell struct {
	column   int
	kind     string // the attribute t
	style    style
	value    []byte // content of v, or of the inline text
	has      bool   // there is a value, if an empty one
	computed bool   // by a formula
}

// maxDigits is how many digits Excel keeps of a number. A longer whole number has lost its end.
const (
	maxDigits = 15
	maxWhole  = 1e15
)

// append writes the cell as text.
func (c *cell) append(dst []byte, s *shared, from1904 bool) ([]byte, error) {
	if !c.has {
		if c.computed {
			return dst, errFormula
		}
		return dst, nil
	}
	switch c.kind {
	case "s":
		t, err := s.get(c.value)
		return append(dst, t...), err
	case "str", "inlineStr":
		return append(dst, unescape(c.value)...), nil
	case "e":
		return append(dst, c.value...), nil // #N/A: cleaning knows what to make of it
	case "b":
		switch string(c.value) {
		case "1", "true":
			return append(dst, "true"...), nil
		case "0", "false":
			return append(dst, "false"...), nil
		}
		return dst, errTruth
	case "d":
		return appendISO(dst, c.value), nil
	case "", "n":
		return c.appendNumber(dst, bytes.TrimSpace(c.value), from1904)
	}
	return dst, errKind
}

// appendISO writes 2026-06-15T00:00:00 as other formats write it.
func appendISO(dst, value []byte) []byte {
	value = bytes.TrimSuffix(value, []byte("Z"))
	day, clock, _ := bytes.Cut(value, []byte("T"))
	dst = append(dst, day...)
	if len(bytes.Trim(clock, "0:.")) == 0 {
		return dst
	}
	return append(append(dst, ' '), clock...)
}

func (c *cell) appendNumber(dst, literal []byte, from1904 bool) ([]byte, error) {
	if len(literal) == 0 {
		if c.computed {
			return dst, errFormula
		}
		return dst, nil
	}
	if len(bytes.Trim(literal, "0123456789+-.eE")) > 0 {
		return dst, rows.ErrNoNumber
	}
	v, err := strconv.ParseFloat(string(literal), 64)
	if err != nil {
		return dst, rows.ErrNoNumber
	}
	switch c.style.kind {
	case moment:
		if out, ok := appendSerial(dst, v, from1904); ok {
			return out, nil
		}
	case year:
		if out, ok := appendSerial(dst, v, from1904); ok && v >= 1 {
			return out[:len(dst)+len("2026")], nil
		}
	case duration:
		if 0 <= v && v < maxSerial {
			return rows.AppendClock(dst, int64(math.Round(v*millis)), 1000), nil
		}
	case percent:
		number, err := appendDecimal(nil, literal, v)
		if err != nil {
			return dst, err
		}
		dst, err = rows.AppendLiteral(dst, append(number, "e2"...))
		return append(dst, '%'), err
	case padded:
		number, err := appendDecimal(nil, literal, v)
		for n := len(number); n < c.style.digits && v >= 0 && bytes.IndexByte(number, '.') < 0; n++ {
			dst = append(dst, '0')
		}
		return append(dst, number...), err
	case plain:
	}
	return appendDecimal(dst, literal, v)
}

// appendDecimal writes a number of at most the digits that Excel keeps: 0.1 stands in the file as 0.10000000000000001,
// and a sum of 0.1 and 0.2 as 0.30000000000000004.
func appendDecimal(dst, literal []byte, v float64) ([]byte, error) {
	if math.Abs(v) >= maxWhole {
		return dst, rows.ErrDigitsLost
	}
	if len(literal) <= maxDigits && len(bytes.Trim(literal, "0123456789")) == 0 {
		return append(dst, literal...), nil
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', maxDigits, 64), 64)
	if err != nil {
		return dst, rows.ErrNoNumber
	}
	return rows.AppendFloat(dst, rounded, 64)
}

const (
	millis    = 24 * 3600 * 1000
	maxSerial = 2_958_466 // 10000-01-01
	epoch1900 = -25_569   // days from 1970-01-01 to 1899-12-30
	epoch1904 = -24_107   // to 1904-01-01
)

// appendSerial writes a serial number as the day, moment or time of day it stands for. It reports false for numbers
// that stand for none: then the number itself is what cleaning gets to see.
func appendSerial(dst []byte, serial float64, from1904 bool) ([]byte, bool) {
	if serial < 0 || serial >= maxSerial {
		return dst, false
	}
	days := int64(serial)
	clock := int64(math.Round((serial - float64(days)) * millis))
	if clock == millis {
		days, clock = days+1, 0
	}
	switch {
	case days == 0 && !from1904:
		if clock == 0 {
			return dst, false // 1900-01-00
		}
		return rows.AppendClock(dst, clock, 1000), true
	case from1904:
		days += epoch1904
	case days == 60:
		return dst, false // 1900-02-29, a day that never was
	case days < 60:
		days += epoch1900 + 1
	default:
		days += epoch1900
	}
	out, err := rows.AppendMoment(dst, days*millis+clock, 1000, 0)
	return out, err == nil
}
