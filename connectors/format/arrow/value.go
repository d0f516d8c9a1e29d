package arrow

import (
	"errors"
	"fmt"
	"math/big"
	"strconv"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"

	"zhida/connectors/format/rows"
)

// convert writes value i of an array, which is not null, as text.
type convert func(dst []byte, a arrow.Array, i int) ([]byte, error)

// errClock is a time of day that no day has.
var errClock = errors.New("a time of day beyond 24 hours")

// converterOf is how values of a column become texts; an error says that none stands for them.
func converterOf(t arrow.DataType) (convert, error) {
	switch t := t.(type) {
	case *arrow.NullType:
		return func(dst []byte, _ arrow.Array, _ int) ([]byte, error) { return dst, nil }, nil
	case *arrow.BooleanType:
		return func(dst []byte, a arrow.Array, i int) ([]byte, error) {
			return strconv.AppendBool(dst, a.(*array.Boolean).Value(i)), nil
		}, nil
	case *arrow.StringType, *arrow.LargeStringType, *arrow.StringViewType:
		return func(dst []byte, a arrow.Array, i int) ([]byte, error) {
			return append(dst, a.(interface{ Value(i int) string }).Value(i)...), nil
		}, nil
	case *arrow.BinaryType, *arrow.LargeBinaryType:
		return func(dst []byte, a arrow.Array, i int) ([]byte, error) {
			return append(dst, a.(interface{ Value(i int) []byte }).Value(i)...), nil
		}, nil
	case *arrow.DictionaryType:
		return dictionaryOf(t)
	case arrow.DecimalType:
		return decimalOf(t)
	case *arrow.Date32Type:
		return func(dst []byte, a arrow.Array, i int) ([]byte, error) {
			return rows.AppendDay(dst, int64(a.(*array.Date32).Value(i)))
		}, nil
	case *arrow.Date64Type:
		return func(dst []byte, a arrow.Array, i int) ([]byte, error) {
			return rows.AppendMoment(dst, int64(a.(*array.Date64).Value(i)), 1000, 0)
		}, nil
	case *arrow.TimestampType:
		return momentOf(t), nil
	case *arrow.Time32Type, *arrow.Time64Type:
		return clockOf(t.(arrow.TemporalWithUnit).TimeUnit()), nil
	}
	return numberOf(t)
}

// numberOf converts the types that are numbers as they stand.
func numberOf(t arrow.DataType) (convert, error) {
	switch t.ID() {
	case arrow.INT8:
		return integer(func(a arrow.Array, i int) int64 { return int64(a.(*array.Int8).Value(i)) }), nil
	case arrow.INT16:
		return integer(func(a arrow.Array, i int) int64 { return int64(a.(*array.Int16).Value(i)) }), nil
	case arrow.INT32:
		return integer(func(a arrow.Array, i int) int64 { return int64(a.(*array.Int32).Value(i)) }), nil
	case arrow.INT64:
		return integer(func(a arrow.Array, i int) int64 { return a.(*array.Int64).Value(i) }), nil
	case arrow.UINT8:
		return integer(func(a arrow.Array, i int) int64 { return int64(a.(*array.Uint8).Value(i)) }), nil
	case arrow.UINT16:
		return integer(func(a arrow.Array, i int) int64 { return int64(a.(*array.Uint16).Value(i)) }), nil
	case arrow.UINT32:
		return integer(func(a arrow.Array, i int) int64 { return int64(a.(*array.Uint32).Value(i)) }), nil
	case arrow.UINT64:
		return func(dst []byte, a arrow.Array, i int) ([]byte, error) {
			return strconv.AppendUint(dst, a.(*array.Uint64).Value(i), 10), nil
		}, nil
	case arrow.FLOAT32:
		return func(dst []byte, a arrow.Array, i int) ([]byte, error) {
			return rows.AppendFloat(dst, float64(a.(*array.Float32).Value(i)), 32)
		}, nil
	case arrow.FLOAT64:
		return func(dst []byte, a arrow.Array, i int) ([]byte, error) {
			return rows.AppendFloat(dst, a.(*array.Float64).Value(i), 64)
		}, nil
	}
	return nil, fmt.Errorf("values of type %s", t.Name())
}

func integer(value func(a arrow.Array, i int) int64) convert {
	return func(dst []byte, a arrow.Array, i int) ([]byte, error) {
		return strconv.AppendInt(dst, value(a, i), 10), nil
	}
}

func dictionaryOf(t *arrow.DictionaryType) (convert, error) {
	if _, again := t.ValueType.(*arrow.DictionaryType); again {
		return nil, errors.New("values of a dictionary of dictionaries")
	}
	inner, err := converterOf(t.ValueType)
	if err != nil {
		return nil, err
	}
	return func(dst []byte, a arrow.Array, i int) ([]byte, error) {
		d := a.(*array.Dictionary)
		values, at := d.Dictionary(), d.GetValueIndex(i)
		if values.IsNull(at) {
			return dst, nil
		}
		return inner(dst, values, at)
	}, nil
}

// maxScale is the most digits behind the point of a decimal: 256 bits have 77 digits.
const maxScale = 100

func decimalOf(t arrow.DecimalType) (convert, error) {
	scale := int(t.GetScale())
	if scale < -maxScale || scale > maxScale {
		return nil, fmt.Errorf("decimals of scale %d", scale)
	}
	return func(dst []byte, a arrow.Array, i int) ([]byte, error) {
		var n *big.Int
		switch a := a.(type) {
		case *array.Decimal128:
			n = a.Value(i).BigInt()
		case *array.Decimal256:
			n = a.Value(i).BigInt()
		}
		return rows.AppendScaled(dst, n.Append(nil, 10), scale), nil
	}, nil
}

func perSecond(u arrow.TimeUnit) int64 {
	switch u {
	case arrow.Millisecond:
		return 1e3
	case arrow.Microsecond:
		return 1e6
	case arrow.Nanosecond:
		return 1e9
	}
	return 1
}

func momentOf(t *arrow.TimestampType) convert {
	unit, offset := perSecond(t.Unit), int64(0)
	if t.TimeZone != "" {
		offset = rows.ChinaOffset
	}
	return func(dst []byte, a arrow.Array, i int) ([]byte, error) {
		return rows.AppendMoment(dst, int64(a.(*array.Timestamp).Value(i)), unit, offset)
	}
}

func clockOf(u arrow.TimeUnit) convert {
	unit := perSecond(u)
	return func(dst []byte, a arrow.Array, i int) ([]byte, error) {
		var ticks int64
		switch a := a.(type) {
		case *array.Time32:
			ticks = int64(a.Value(i))
		case *array.Time64:
			ticks = int64(a.Value(i))
		}
		if ticks < 0 || ticks > 24*3600*unit {
			return dst, errClock
		}
		return rows.AppendClock(dst, ticks, unit), nil
	}
}
