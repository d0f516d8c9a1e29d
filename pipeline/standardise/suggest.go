package standardise

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"zhida/schemas"
)

// Suggest is what a department can do about a reason: what the field takes, where to look.
func Suggest(ds *schemas.Dataset, r Reason) string {
	f := ds.Field(r.Field)
	switch r.Code {
	case RowWidth, RowQuote, RowBroken, RowSyntax, RowKeys:
		return "检查这一行的分隔符和引号，或改用 xlsx 交付"
	case RowEncoding, RowNUL, RowLength:
		return "重新导出这一行；文本用 UTF-8 或 GB18030"
	case RowValue:
		return "公式改成数值，代码按文本存放，再重新交付"
	case CodeEmpty:
		return "补上 18 位统一社会信用代码"
	case CodePersonal:
		return "代码栏只填统一社会信用代码，不填个人证件号和电话"
	case CodeBadCheck:
		return "对照营业执照核对 18 位代码"
	case CodeNotUSCC:
		return "换成 18 位统一社会信用代码，或交付代码对照"
	case OpUnknown:
		return "操作一栏只用约定的词：" + strings.Join(operationWords(ds), "、")
	case OpInAppend:
		return "要删除的，交付全量或增量"
	case FieldEmpty, KeyEmpty:
		return "补上这一项"
	case RegionConflict:
		return "核对行政区划代码与住所"
	case ScopeOutside:
		return "核对行政区划，或把这一行放进它所属地区的文件"
	}
	if f == nil {
		return "核对这一项"
	}
	return Takes(f)
}

// mostValues is how many values of a closed list are named.
const mostValues = 12

// Takes says what a field takes.
func Takes(f *schemas.Field) string {
	var out string
	switch {
	case len(f.Values) > 0:
		var names []string
		for _, v := range f.Values {
			names = append(names, v.Name)
		}
		if len(names) > mostValues {
			names = append(names[:mostValues], "……")
		}
		return "只能填：" + strings.Join(names, "、")
	case f.Pattern != "":
		return "写法要符合 " + f.Pattern
	}
	switch f.Type {
	case schemas.FieldNumber, schemas.FieldMoney:
		out = "填一个数"
		if f.Unit != "" {
			out += fmt.Sprintf("，单位是%s时不用写单位", f.Unit)
		}
	case schemas.FieldDate:
		out = "写作 2026-06-15"
	case schemas.FieldRegion:
		out = "填六位行政区划代码，住所写明市和县（区）"
	case schemas.FieldIndustry:
		out = "填国民经济行业分类（GB/T 4754-2017）的代码，如 C39"
	case schemas.FieldTruth:
		out = "填 是 或 否"
	case schemas.FieldPhone:
		out = "填 11 位手机号"
	case schemas.FieldText:
		out = "核对这一项"
	}
	return out + limits(f)
}

// limits says between which values a field's lie.
func limits(f *schemas.Field) string {
	var parts []string
	for _, l := range []struct {
		at   *int64
		word string
	}{{f.Min, "不小于 "}, {f.Max, "不大于 "}} {
		switch {
		case l.at == nil:
		case f.Type == schemas.FieldDate:
			parts = append(parts, l.word+schemas.Date(*l.at).String())
		default:
			parts = append(parts, l.word+inUnit(f, *l.at))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "，" + strings.Join(parts, "，")
}

// inUnit is a stored number as it is written in the unit of its field.
func inUnit(f *schemas.Field, stored int64) string {
	scale := f.Scale
	if f.Type == schemas.FieldMoney {
		scale = schemas.MoneyScale
	}
	n := new(big.Rat).SetFrac(big.NewInt(stored), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil))
	if unit, ok := schemas.LookupUnit(string(f.Unit)); ok {
		n.Mul(n, big.NewRat(unit.Den, unit.Num))
	}
	text := n.FloatString(6)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".") + string(f.Unit)
}

// operationWords are the words that say what a row does.
func operationWords(ds *schemas.Dataset) []string {
	if ds.Op == nil {
		return nil
	}
	return slices.Concat(ds.Op.UpsertWords()[:min(3, len(ds.Op.UpsertWords()))], ds.Op.Delete)
}
