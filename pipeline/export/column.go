package export

import (
	"errors"
	"fmt"
	"math"
	"math/big"

	"zhida/matcher/bits"
	"zhida/schemas"
)

// Kind is what the values of a column are.
type Kind uint8

// The kinds; doc.go says how each is written.
const (
	Text    Kind = iota + 1
	Integer      // int64
	Decimal      // int64 at Column.Scale decimal digits
	Real         // float64, for quotients: the nearest to the exact value
	Date         // a schemas.Date
	Truth
)

// MaxScale is the greatest scale of a Decimal.
const MaxScale = 18

// Column is a column of a table.
type Column struct {
	Name  string
	Kind  Kind
	Scale int
}

// ErrColumns is wrapped by errors about columns that cannot be written.
var ErrColumns = errors.New("columns cannot be written")

func check(columns []Column) error {
	seen := map[string]bool{}
	for _, c := range columns {
		if c.Name == "" || seen[c.Name] {
			return fmt.Errorf("column %q is without a name or there twice: %w", c.Name, ErrColumns)
		}
		seen[c.Name] = true
		if c.Kind < Text || c.Kind > Truth || c.Scale < 0 || c.Scale > MaxScale {
			return fmt.Errorf("column %q of kind %d and scale %d: %w", c.Name, c.Kind, c.Scale, ErrColumns)
		}
	}
	if len(columns) == 0 {
		return fmt.Errorf("no columns: %w", ErrColumns)
	}
	return nil
}

// ColumnOf is the column for values of a type, as they are stored.
func ColumnOf(name string, t schemas.Type) Column {
	switch t.Kind {
	case schemas.KindNumber:
		if t.Scale == 0 {
			return Column{Name: name, Kind: Integer}
		}
		return Column{Name: name, Kind: Decimal, Scale: t.Scale}
	case schemas.KindDate:
		return Column{Name: name, Kind: Date}
	case schemas.KindTruth:
		return Column{Name: name, Kind: Truth}
	case schemas.KindText, schemas.KindCode:
	}
	return Column{Name: name, Kind: Text}
}

// values are the values of a column in a batch. Ints has one element per row, Texts for Text and Reals for Real instead.
type values struct {
	ints  []int64
	texts []string
	reals []float64
	known bits.Set
}

func newValues(kind Kind) values {
	v := values{known: bits.New(batchRows)}
	switch kind {
	case Text:
		v.texts = make([]string, batchRows)
	case Real:
		v.reals = make([]float64, batchRows)
	default:
		v.ints = make([]int64, batchRows)
	}
	return v
}

// Rounding says where a number goes that lies between two decimals.
type Rounding uint8

// The roundings.
const (
	Down Rounding = iota + 1
	Up
	Nearest // half of one goes up
)

// Round is the decimal of a scale next to a number, and whether an int64 holds it.
func Round(x *big.Rat, scale int, r Rounding) (stored int64, ok bool) {
	ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)
	n := new(big.Int).Mul(x.Num(), ten)
	q, m := new(big.Int).DivMod(n, x.Denom(), new(big.Int)) // the remainder is not negative: q is below
	if r == Up && m.Sign() != 0 || r == Nearest && m.Lsh(m, 1).Cmp(x.Denom()) >= 0 {
		q.Add(q, big.NewInt(1))
	}
	if !q.IsInt64() || q.Int64() == math.MinInt64 {
		return 0, false
	}
	return q.Int64(), true
}
