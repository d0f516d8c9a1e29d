package workspace

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"zhida/schemas"
)

// onlyFor says which types a key of a field means something for.
var onlyFor = []struct {
	key   string
	types []schemas.FieldType
	set   func(*datasetFile, int) bool
}{
	{"unit", []schemas.FieldType{schemas.FieldNumber, schemas.FieldMoney}, func(f *datasetFile, i int) bool { return f.Fields[i].Unit != "" }},
	{"scale", []schemas.FieldType{schemas.FieldNumber}, func(f *datasetFile, i int) bool { return f.Fields[i].Scale != 0 }},
	{"values", []schemas.FieldType{schemas.FieldText}, func(f *datasetFile, i int) bool { return f.Fields[i].Values != nil }},
	{"pattern", []schemas.FieldType{schemas.FieldText}, func(f *datasetFile, i int) bool { return f.Fields[i].Pattern != "" }},
	{"address", []schemas.FieldType{schemas.FieldRegion}, func(f *datasetFile, i int) bool { return f.Fields[i].Address != nil }},
	{"min", []schemas.FieldType{schemas.FieldNumber, schemas.FieldMoney, schemas.FieldDate}, func(f *datasetFile, i int) bool { return f.bounds[i].low != "" }},
	{"max", []schemas.FieldType{schemas.FieldNumber, schemas.FieldMoney, schemas.FieldDate}, func(f *datasetFile, i int) bool { return f.bounds[i].high != "" }},
}

// checkFields checks each field, and that no two claim one name or one column.
func (f *datasetFile) checkFields() {
	if len(f.Fields) == 0 && f.at("fields") != f.at() {
		f.report(f.at("fields"), "“fields”至少要有一个字段", "")
	}
	names, columns := map[string]bool{}, map[string]string{}
	for i := range f.Fields {
		field := &f.Fields[i]
		if field.Name != "" {
			f.checkWord("字段", field.Name, f.at("fields", i, "name"))
			if names[field.Name] {
				f.report(f.at("fields", i, "name"), fmt.Sprintf("字段“%s”重复", field.Name), "")
				continue
			}
			names[field.Name] = true
			f.claim(columns, field.Name, field.Name, f.at("fields", i, "name"))
		}
		for k, column := range field.Columns {
			if foldColumn(column) != foldColumn(field.Name) {
				f.claim(columns, column, field.Name, f.at("fields", i, "columns", k))
			}
		}
		f.checkField(i)
	}
}

// claim reports a column that another field reads already.
func (f *datasetFile) claim(columns map[string]string, column, field string, at spot) {
	folded := foldColumn(column)
	if folded == "" {
		return
	}
	if other, taken := columns[folded]; taken {
		f.report(at, fmt.Sprintf("列“%s”已经归字段“%s”", column, other), "一列只能归一个字段")
		return
	}
	columns[folded] = field
}

// foldColumn brings a column's name or a word to the form in which it is compared with a delivery's.
func foldColumn(name string) string {
	return strings.Join(strings.Fields(strings.ToLower(schemas.Fold(name))), "")
}

func (f *datasetFile) checkField(i int) {
	field := &f.Fields[i]
	if field.Type == "" {
		return
	}
	misplaced := false
	for _, rule := range onlyFor {
		if rule.set(f, i) && !slices.Contains(rule.types, field.Type) {
			misplaced = true
			f.report(f.atKey("fields", i, rule.key), fmt.Sprintf("“%s”只用于类型 %s，这个字段是 %s", rule.key, typeNames(rule.types), field.Type), "")
		}
	}
	if field.Personal == schemas.PersonalSoleTrader && field.Type != schemas.FieldText {
		f.report(f.at("fields", i, "personal"), fmt.Sprintf("“sole_trader”只用于类型 text，这个字段是 %s", field.Type), "改用 personal: always，或者删去")
	}
	if field.Required && field.Column == schemas.ColumnOptional {
		f.report(f.at("fields", i, "column"), "“required: true”与“column: optional”矛盾：没有这一列时每一行都会被拒收", "改为 column: required")
	}
	if field.Pattern != "" {
		if _, err := regexp.Compile(field.Pattern); err != nil {
			f.report(f.at("fields", i, "pattern"), "“pattern”不是正则表达式："+strings.TrimPrefix(err.Error(), "error parsing regexp: "), "")
		}
	}
	f.checkValues(i)
	known := f.checkUnit(field.Type, field.Unit, f.at("fields", i), f.at("fields", i, "unit"))
	if known && !misplaced {
		f.readBounds(i)
	}
}

// checkUnit checks a unit against the type it is for, and reports whether it can be calculated with.
func (d *document) checkUnit(kind schemas.FieldType, unit schemas.Unit, object, at spot) bool {
	if kind == schemas.FieldMoney && unit == "" {
		d.report(object, "类型 money 要写明“unit”：没有单位的数按它读", "写 unit: 元 或 unit: 万元")
		return false
	}
	if unit == "" || (kind != schemas.FieldMoney && kind != schemas.FieldNumber) {
		return true
	}
	info, ok := schemas.LookupUnit(string(unit))
	switch {
	case !ok:
		d.report(at, fmt.Sprintf("单位“%s”不认识", unit), "用 元、万元、美元、人、件、平方米、吨、千瓦时、% 等")
	case kind == schemas.FieldMoney && info.Base.Currency() == "":
		d.report(at, fmt.Sprintf("类型 money 的单位应是货币，不能是“%s”", unit), "写 元、万元、美元 等，或者改用 type: number")
		return false
	case kind == schemas.FieldNumber && info.Base.Currency() != "":
		d.report(at, fmt.Sprintf("类型 number 的单位不能是货币“%s”", unit), "改用 type: money")
		return false
	}
	return ok
}

// checkValues checks that every spelling of a closed list leads to one member.
func (f *datasetFile) checkValues(i int) {
	spelled := map[string]string{}
	claim := func(word, name string, at spot) {
		folded := foldColumn(word)
		if folded == "" {
			return
		}
		switch other, taken := spelled[folded]; {
		case taken && other == name:
			f.report(at, fmt.Sprintf("取值“%s”里“%s”重复", name, word), "删去其中一个")
		case taken:
			f.report(at, fmt.Sprintf("“%s”已经是取值“%s”的写法，不能又是“%s”的", word, other, name), "一个写法只能对应一个取值")
		default:
			spelled[folded] = name
		}
	}
	for k, v := range f.Fields[i].Values {
		claim(v.Name, v.Name, f.at("fields", i, "values", k, "name"))
	}
	for k, v := range f.Fields[i].Values {
		for s, word := range v.Spellings {
			if foldColumn(word) != foldColumn(v.Name) {
				claim(word, v.Name, f.at("fields", i, "values", k, "spellings", s))
			}
		}
	}
}
