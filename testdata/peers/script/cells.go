package script

import (
	"fmt"
	"slices"
	"strings"

	"zhida/schemas"
)

// empty are the words that mean that nothing was entered.
func empty(more []string) string {
	return texts(slices.Concat([]string{"", "N/A", "n/a", "NULL", "-", "--", "—", "/", "无", "空", "暂无"}, more))
}

// wide are full-width characters, and narrow what they stand for.
func wide() (wide, narrow string) {
	for r := '!'; r <= '~'; r++ {
		wide, narrow = wide+string(r+0xFEE0), narrow+string(r)
	}
	return wide + "\u3000", narrow + " "
}

// folded is text in half-width characters. Most has none of the others, and is not gone through.
func folded(x string) string {
	from, to := wide()
	return fmt.Sprintf("CASE WHEN strlen(%[1]s) = length(%[1]s) THEN %[1]s ELSE translate(%[1]s, %[2]s, %[3]s) END", x, text(from), text(to))
}

// cleanCode is a code without what is wrong with how it is written.
func cleanCode(x string) string { return fmt.Sprintf("upper(trim(%s))", folded(x)) }

// isCode is whether a code is a unified social credit code by its shape.
const isCode = `regexp_full_match(code, '[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}')`

// cell is a field as SQL from the column of the file.
func cell(f *schemas.Field, c Column) string {
	x := quote(c.Name)
	typed := c.Type != "VARCHAR"
	switch f.Type {
	case schemas.FieldDate:
		return day(x, typed)
	case schemas.FieldNumber:
		return number(f, x, typed, f.Scale)
	case schemas.FieldMoney:
		return money(f, x, typed)
	case schemas.FieldTruth:
		return fmt.Sprintf("CASE %s WHEN '是' THEN true WHEN '否' THEN false END", x)
	case schemas.FieldIndustry:
		return fmt.Sprintf("upper(trim(%s))", x)
	case schemas.FieldText:
		if len(f.Values) > 0 {
			return "trim(" + x + ")"
		}
	}
	return fmt.Sprintf("CASE WHEN %[1]s NOT IN (%[2]s) THEN trim(%[1]s) END", x, empty(f.Empty))
}

// listed maps spellings, in brackets of either width, to the names of a closed list. It is made of a column and not of an
// expression, which the database would work out once for each spelling.
func listed(f *schemas.Field) string {
	var b strings.Builder
	fmt.Fprintf(&b, "CASE %s", quote(f.Name))
	seen := map[string]bool{}
	for _, v := range f.Values {
		for _, spelling := range append([]string{v.Name}, v.Spellings...) {
			narrow := schemas.Fold(spelling)
			for _, s := range []string{spelling, narrow, strings.NewReplacer("(", "（", ")", "）").Replace(narrow)} {
				if !seen[s] {
					seen[s] = true
					fmt.Fprintf(&b, " WHEN %s THEN %s", text(s), text(v.Name))
				}
			}
		}
	}
	return b.String() + " END AS " + quote(f.Name)
}

// day reads the shapes in which days are written.
func day(x string, typed bool) string {
	if typed {
		return x + "::DATE"
	}
	return fmt.Sprintf("coalesce(TRY_CAST(%[1]s AS DATE), try_strptime(%[1]s, ['%%Y年%%m月%%d日', '%%Y%%m%%d', '%%Y/%%m/%%d'])::DATE)", x)
}

// number reads a number at the scale, in the base of the field's unit.
func number(f *schemas.Field, x string, typed bool, scale int) string {
	factor := power(f.Unit, scale)
	if typed {
		return fmt.Sprintf("round(%s * %s)::BIGINT", x, factor)
	}
	return fmt.Sprintf(`round(coalesce(TRY_CAST(%[1]s AS DECIMAL(18, 4)), TRY_CAST(nullif(regexp_extract(replace(%[1]s, ',', ''), '^[-+]?[0-9]+(\.[0-9]+)?'), '') AS DECIMAL(18, 4))) * %[2]s)::BIGINT`, x, factor)
}

// money reads an amount in hundredths of 元; one of another currency is unknown, as no attribute takes it.
func money(f *schemas.Field, x string, typed bool) string {
	if typed {
		return number(f, x, typed, schemas.MoneyScale)
	}
	plain := fmt.Sprintf("TRY_CAST(replace(%s, ',', '') AS DECIMAL(18, 4)) * %s", x, power(f.Unit, schemas.MoneyScale))
	amount := fmt.Sprintf(`TRY_CAST(nullif(regexp_extract(replace(%[1]s, ',', ''), '^[-+]?[0-9]+(\.[0-9]+)?'), '') AS DECIMAL(18, 4))`, x)
	bare := fmt.Sprintf(`regexp_full_match(%s, '[-+0-9.,]+[()（） ]*')`, x)
	return fmt.Sprintf("round(coalesce(%[1]s, CASE WHEN NOT regexp_matches(%[2]s, '美元|欧元|港|日元|英镑|[A-Za-z]') THEN %[3]s * CASE WHEN %[4]s THEN %[5]s WHEN contains(%[2]s, '亿') THEN 10000000000 WHEN contains(%[2]s, '万') THEN 1000000 ELSE 100 END END))::BIGINT",
		plain, x, amount, bare, power(f.Unit, schemas.MoneyScale))
}

// power is what a bare number is multiplied by to be one of the base unit at a scale.
func power(unit schemas.Unit, scale int) string {
	info, ok := schemas.LookupUnit(string(unit))
	if !ok {
		info.Num, info.Den = 1, 1
	}
	n := info.Num
	for range scale {
		n *= 10
	}
	if n%info.Den == 0 {
		return fmt.Sprint(n / info.Den)
	}
	return fmt.Sprintf("%d / %d", n, info.Den)
}

// within is a field, read already, by the name that a closed list has for it, or without what lies outside its bounds.
func within(f *schemas.Field) string {
	if f.Type == schemas.FieldText && len(f.Values) > 0 {
		return listed(f)
	}
	var tests []string
	limit := func(op string, n int64) {
		if f.Type == schemas.FieldDate {
			tests = append(tests, fmt.Sprintf("%s %s DATE %s", quote(f.Name), op, text(schemas.Date(n).String())))
		} else {
			tests = append(tests, fmt.Sprintf("%s %s %d", quote(f.Name), op, n))
		}
	}
	if f.Min != nil {
		limit(">=", *f.Min)
	}
	if f.Max != nil {
		limit("<=", *f.Max)
	}
	if tests == nil {
		return quote(f.Name)
	}
	return fmt.Sprintf("CASE WHEN %s THEN %s END AS %s", strings.Join(tests, " AND "), quote(f.Name), quote(f.Name))
}
