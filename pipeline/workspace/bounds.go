package workspace

import (
	"fmt"
	"math/big"
	"strings"

	"zhida/schemas"
)

// readBounds reads the limits of a field as they are compared with stored values: numbers and money at the scale, in
// the base unit, dates as dates.
func (f *datasetFile) readBounds(i int) {
	field, written := &f.Fields[i], f.bounds[i]
	read := func(key, text string) *int64 {
		if text == "" {
			return nil
		}
		if field.Type == schemas.FieldDate {
			date, err := schemas.ParseDate(text)
			if err != nil {
				f.badDate(key, text, f.at("fields", i, key))
				return nil
			}
			bound := int64(date)
			return &bound
		}
		bound, err := stored(text, field.Unit, fieldScale(field))
		if err != nil {
			f.report(f.at("fields", i, key), fmt.Sprintf("“%s”不能是“%s”：%s", key, text, err), "")
			return nil
		}
		return &bound
	}
	field.Min, field.Max = read("min", written.low), read("max", written.high)
	if field.Min != nil && field.Max != nil && *field.Min > *field.Max {
		f.report(f.at("fields", i, "min"), "“min”大于“max”", "")
	}
}

// fieldScale is the decimal scale of the field's stored values.
func fieldScale(f *schemas.Field) int {
	if f.Type == schemas.FieldMoney {
		return schemas.MoneyScale
	}
	return f.Scale
}

// boundError says in Chinese why a text is no bound.
type boundError string

func (e boundError) Error() string { return string(e) }

// stored reads a number such as 1000, 2000万, 50%, 3亿元 as it is stored: in the base unit of its own unit or else of
// unit, at the scale. It is exact or an error.
func stored(text string, unit schemas.Unit, scale int) (int64, error) {
	folded := strings.ReplaceAll(schemas.Fold(text), " ", "")
	end := strings.LastIndexAny(folded, "0123456789.") + 1
	digits, word := folded[:end], folded[end:]
	value, ok := new(big.Rat).SetString(digits)
	if !ok || strings.Trim(digits, "+-.0123456789") != "" || len(digits) > 24 {
		return 0, boundError("不是一个数")
	}
	own, _ := schemas.LookupUnit(string(unit))
	info := own
	if word != "" {
		if info, ok = schemas.LookupUnit(word); !ok {
			return 0, boundError("单位“" + word + "”不认识")
		}
		switch {
		case info.Base == own.Base:
		case info.Base == schemas.UnitNone && info.Den == 1: // 2000万 is of the base unit: nobody means 万 times 万元
			info.Base = own.Base
		default:
			return 0, boundError(fmt.Sprintf("单位“%s”与“%s”不能相比", word, unit))
		}
	}
	value.Mul(value, big.NewRat(info.Num, max(1, info.Den)))
	value.Mul(value, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)))
	if !value.IsInt() {
		if scale == 0 {
			return 0, boundError("不是整数")
		}
		return 0, boundError(fmt.Sprintf("小数位太多，最多 %d 位", scale))
	}
	if !value.Num().IsInt64() {
		return 0, boundError("数太大")
	}
	return value.Num().Int64(), nil
}

// parseRange reads [0,), (0,100%], (,5000万]: what an unknown number can be. A round bracket leaves its bound out.
func parseRange(text string, unit schemas.Unit, scale int) (schemas.Range, error) {
	var r schemas.Range
	folded := strings.ReplaceAll(schemas.Fold(text), " ", "")
	if len(folded) < 3 || !strings.ContainsAny(folded[:1], "[(") || !strings.ContainsAny(folded[len(folded)-1:], "])") {
		return r, boundError("应是 [0,)、[0,100%] 这样的区间")
	}
	low, high, found := strings.Cut(folded[1:len(folded)-1], ",")
	if !found || strings.Contains(high, ",") || low+high == "" {
		return r, boundError("应是 [0,)、[0,100%] 这样的区间，两端用逗号隔开，数里不用逗号")
	}
	for _, end := range []struct {
		text   string
		open   bool
		inward int64
		into   **int64
	}{
		{low, folded[0] == '(', 1, &r.Low},
		{high, folded[len(folded)-1] == ')', -1, &r.High},
	} {
		if end.text == "" {
			if !end.open {
				return r, boundError("没有数的一端用圆括号：[0,)")
			}
			continue
		}
		bound, err := stored(end.text, unit, scale)
		if err != nil {
			return r, fmt.Errorf("“%s”%w", end.text, err)
		}
		if end.open {
			bound += end.inward
		}
		*end.into = &bound
	}
	if r.Low != nil && r.High != nil && *r.Low > *r.High {
		return r, boundError("里面没有数：左端大于右端")
	}
	return r, nil
}
