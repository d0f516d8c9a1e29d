package condition

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

func writeValueKey(b *strings.Builder, v Value) {
	switch v := v.(type) {
	case Column:
		writeColumn(b, v)
	case Number:
		b.WriteString("(number " + v.Value.RatString() + " " + strconv.Quote(string(v.Unit)) + ")")
	case Day:
		b.WriteString(v.Date.String())
	case Today:
		b.WriteString("today")
	case YearNumber:
		b.WriteString("(year" + v.Year.key() + ")")
	case YearDay:
		fmt.Fprintf(b, "(day%s %02d-%02d)", v.Year.key(), v.Month, v.Day)
	case Shift:
		b.WriteString("(shift ")
		writeValueKey(b, v.X)
		b.WriteString(" " + v.Span.String() + ")")
	case Word:
		b.WriteString(strconv.Quote(v.Text))
	case Truth:
		b.WriteString(strconv.FormatBool(v.Yes))
	case Named: // it asks what it stands for
		writeValueKey(b, v.X)
	default:
		writeComputedKey(b, v)
	}
}

// writeColumn tells attributes from fields, and years from one another.
func writeColumn(b *strings.Builder, c Column) {
	switch name := strconv.Quote(c.Name); {
	case c.Dataset != nil:
		b.WriteString("(field " + strconv.Quote(c.Dataset.Name) + " " + name + ")")
	case c.Within > 0:
		b.WriteString("(field last " + strconv.Itoa(c.Within) + " " + name + ")")
	case c.Yearly:
		b.WriteString("(attribute " + name + c.Year.key() + ")")
	default:
		b.WriteString("(attribute " + name + ")")
	}
}

// key writes a year as @2024, or as @-1 if it depends on the business date.
func (y Year) key() string {
	if y.Calendar != 0 {
		return " @" + strconv.Itoa(y.Calendar)
	}
	return fmt.Sprintf(" @%+d", y.Offset)
}

// writeComputedKey writes values that are made of others.
func writeComputedKey(b *strings.Builder, v Value) {
	switch v := v.(type) {
	case Arithmetic:
		writeArithmetic(b, v)
	case Extreme:
		word := "least"
		if v.Most {
			word = "most"
		}
		keys := make([]string, len(v.Parts))
		for i, part := range v.Parts {
			keys[i] = ValueKey(part)
		}
		writeParts(b, word, keys)
	case Tiers:
		b.WriteString("(tiers")
		for _, c := range v.Cases {
			b.WriteString(" " + caseKey(c))
		}
		b.WriteString(" else ")
		writeValueKey(b, v.Else)
		b.WriteByte(')')
	case Score:
		keys := make([]string, len(v.Cases))
		for i, c := range v.Cases {
			keys[i] = caseKey(c)
		}
		slices.Sort(keys)
		b.WriteString("(score " + strings.Join(keys, " ") + ")")
	case Bands:
		b.WriteString("(bands ")
		writeValueKey(b, v.X)
		for _, step := range v.Steps {
			b.WriteString(" " + step.UpTo.RatString() + ":" + step.Rate.RatString())
		}
		if v.Above != nil {
			b.WriteString(" above " + v.Above.RatString())
		}
		b.WriteByte(')')
	case Fold:
		writeOver(b, v.Op.word(), v.Over)
		if v.Of != nil {
			b.WriteString(" of ")
			writeValueKey(b, v.Of)
		}
		b.WriteByte(')')
	}
}

// writeArithmetic writes the sides of + and * in order.
func writeArithmetic(b *strings.Builder, v Arithmetic) {
	left, right, op := ValueKey(v.Left), ValueKey(v.Right), ""
	switch v.Op {
	case Add:
		op = "+"
	case Subtract:
		op = "-"
	case Multiply:
		op = "*"
	default:
		op = "/"
	}
	if (v.Op == Add || v.Op == Multiply) && left > right {
		left, right = right, left
	}
	b.WriteString("(" + op + " " + left + " " + right + ")")
}

func caseKey(c Case) string { return "(" + Key(c.When) + ": " + ValueKey(c.Then) + ")" }

func (op FoldOp) word() string {
	switch op {
	case FoldCount:
		return "count"
	case FoldSum:
		return "sum"
	case FoldAverage:
		return "average"
	case FoldMin:
		return "min"
	case FoldMax:
		return "max"
	}
	return "distinct"
}
