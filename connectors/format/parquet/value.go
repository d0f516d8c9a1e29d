package parquet

import (
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"
	"strconv"

	"github.com/parquet-go/parquet-go"
	pqformat "github.com/parquet-go/parquet-go/format"

	"zhida/connectors/format/rows"
)

// convert writes a value that is not null as text.
type convert func(dst []byte, v parquet.Value) ([]byte, error)

// converterOf is how values of a column become texts; an error says that none stands for them.
func converterOf(t parquet.Type) (convert, error) {
	kind := t.Kind()
	if l := t.LogicalType(); l != nil && l.Value != nil {
		switch l := l.Value.(type) {
		case *pqformat.StringType, *pqformat.EnumType, *pqformat.JsonType:
			if kind == parquet.ByteArray {
				return appendBytes, nil
			}
		case *pqformat.DecimalType:
			if l.Scale >= 0 && l.Scale <= maxScale {
				return decimalOf(kind, int(l.Scale))
			}
		case *pqformat.DateType:
			if kind == parquet.Int32 {
				return appendDay, nil
			}
		case *pqformat.TimestampType:
			if unit := perSecond(l.Unit); unit > 0 && kind == parquet.Int64 {
				return momentOf(unit, l.IsAdjustedToUTC), nil
			}
		case *pqformat.TimeType:
			if unit := perSecond(l.Unit); unit > 0 && (kind == parquet.Int64 || kind == parquet.Int32) {
				return clockOf(unit, kind), nil
			}
		case *pqformat.IntType:
			return integerOf(kind, !l.IsSigned)
		case *pqformat.UUIDType:
			if kind == parquet.FixedLenByteArray && t.Length() == 16 {
				return appendUUID, nil
			}
		case *pqformat.NullType:
			return appendBytes, nil // never called: there are no values
		}
		return nil, fmt.Errorf("values of type %s", l)
	}
	return physical(t)
}

// maxScale is the most digits behind the point of a decimal: 256 bits have 77 digits.
const maxScale = 100

// physical converts values whose type says no more than how they are stored.
func physical(t parquet.Type) (convert, error) {
	switch kind := t.Kind(); kind {
	case parquet.Boolean:
		return func(dst []byte, v parquet.Value) ([]byte, error) { return strconv.AppendBool(dst, v.Boolean()), nil }, nil
	case parquet.Int32, parquet.Int64:
		return integerOf(kind, false)
	case parquet.Int96:
		return appendInt96, nil
	case parquet.Float:
		return func(dst []byte, v parquet.Value) ([]byte, error) {
			return rows.AppendFloat(dst, float64(v.Float()), 32)
		}, nil
	case parquet.Double:
		return func(dst []byte, v parquet.Value) ([]byte, error) { return rows.AppendFloat(dst, v.Double(), 64) }, nil
	case parquet.ByteArray:
		if t.String() != "INTERVAL" {
			return appendBytes, nil
		}
	}
	return nil, fmt.Errorf("values of type %s", t)
}

func appendBytes(dst []byte, v parquet.Value) ([]byte, error) {
	return append(dst, v.ByteArray()...), nil
}

func integerOf(kind parquet.Kind, unsigned bool) (convert, error) {
	switch {
	case kind == parquet.Int32 && unsigned:
		return func(dst []byte, v parquet.Value) ([]byte, error) {
			return strconv.AppendUint(dst, uint64(v.Uint32()), 10), nil
		}, nil
	case kind == parquet.Int64 && unsigned:
		return func(dst []byte, v parquet.Value) ([]byte, error) { return strconv.AppendUint(dst, v.Uint64(), 10), nil }, nil
	case kind == parquet.Int32:
		return func(dst []byte, v parquet.Value) ([]byte, error) {
			return strconv.AppendInt(dst, int64(v.Int32()), 10), nil
		}, nil
	case kind == parquet.Int64:
		return func(dst []byte, v parquet.Value) ([]byte, error) { return strconv.AppendInt(dst, v.Int64(), 10), nil }, nil
	}
	return nil, fmt.Errorf("integers stored as %s", kind)
}

func decimalOf(kind parquet.Kind, scale int) (convert, error) {
	switch kind {
	case parquet.Int32, parquet.Int64:
		return func(dst []byte, v parquet.Value) ([]byte, error) {
			n := v.Int64()
			if kind == parquet.Int32 {
				n = int64(v.Int32())
			}
			var digits [20]byte
			return rows.AppendScaled(dst, strconv.AppendInt(digits[:0], n, 10), scale), nil
		}, nil
	case parquet.ByteArray, parquet.FixedLenByteArray:
		return func(dst []byte, v parquet.Value) ([]byte, error) {
			raw := v.ByteArray()
			if len(raw) > maxDecimal {
				return dst, errDecimal
			}
			n := new(big.Int).SetBytes(raw)
			if len(raw) > 0 && raw[0] >= 0x80 { // two's complement
				n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(raw))))
			}
			return rows.AppendScaled(dst, n.Append(nil, 10), scale), nil
		}, nil
	}
	return nil, fmt.Errorf("decimals stored as %s", kind)
}

// maxDecimal bounds the bytes of a decimal: 256 bits are the most that other programs read.
const maxDecimal = 32

var errDecimal = errors.New("a decimal of more than 256 bits")

func appendDay(dst []byte, v parquet.Value) ([]byte, error) {
	return rows.AppendDay(dst, int64(v.Int32()))
}

func perSecond(u pqformat.TimeUnit) int64 {
	switch u.Value.(type) {
	case *pqformat.MilliSeconds:
		return 1e3
	case *pqformat.MicroSeconds:
		return 1e6
	case *pqformat.NanoSeconds:
		return 1e9
	}
	return 0
}

func momentOf(unit int64, instant bool) convert {
	offset := int64(0)
	if instant {
		offset = rows.ChinaOffset
	}
	return func(dst []byte, v parquet.Value) ([]byte, error) {
		return rows.AppendMoment(dst, v.Int64(), unit, offset)
	}
}

func clockOf(unit int64, kind parquet.Kind) convert {
	return func(dst []byte, v parquet.Value) ([]byte, error) {
		ticks := v.Int64()
		if kind == parquet.Int32 {
			ticks = int64(v.Int32())
		}
		if ticks < 0 || ticks > 24*3600*unit {
			return dst, errClock
		}
		return rows.AppendClock(dst, ticks, unit), nil
	}
}

var errClock = errors.New("a time of day beyond 24 hours")

// appendInt96 writes a moment of nanoseconds of a day and the day's Julian number, as older Spark and Hive write it.
func appendInt96(dst []byte, v parquet.Value) ([]byte, error) {
	const julian, nanos = 2_440_588, 24 * 3600 * 1_000_000_000
	n := v.Int96()
	clock := int64(n[1])<<32 | int64(n[0])
	if clock < 0 || clock >= nanos {
		return dst, errClock
	}
	const micro = 1000 // nanoseconds: days of 9,999 years do not fit in 64 bits of them
	if clock%micro == 0 {
		return rows.AppendMoment(dst, (int64(n[2])-julian)*(nanos/micro)+clock/micro, 1e6, rows.ChinaOffset)
	}
	days := int64(n[2]) - julian
	if days < -100_000 || days > 100_000 {
		return dst, rows.ErrNoDay
	}
	return rows.AppendMoment(dst, days*nanos+clock, 1e9, rows.ChinaOffset)
}

func appendUUID(dst []byte, v parquet.Value) ([]byte, error) {
	raw := v.ByteArray()
	if len(raw) != 16 { // the type says it is
		return dst, errDecimal
	}
	for i, part := range [][]byte{raw[:4], raw[4:6], raw[6:8], raw[8:10], raw[10:]} {
		if i > 0 {
			dst = append(dst, '-')
		}
		dst = hex.AppendEncode(dst, part)
	}
	return dst, nil
}
