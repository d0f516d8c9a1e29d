package workspace

import (
	"fmt"
	"slices"

	"zhida/schemas"
)

// checkYear checks the field that says which calendar year a row is about.
func (f *datasetFile) checkYear() {
	d := &f.Dataset
	if d.Year == "" {
		return
	}
	if d.Role != "" && d.Role != schemas.RoleFacts {
		f.report(f.atKey("year"), "“year”只用于 role: facts 的数据类", "删去 year")
		return
	}
	at := f.at("year")
	field := f.checkReference("year", d.Year, at, schemas.FieldNumber)
	if field == nil {
		return
	}
	if field.Type == schemas.FieldNumber && (field.Scale != 0 || field.Unit != "") {
		f.report(at, fmt.Sprintf("“year”不能用字段“%s”：年度是没有单位的整数", field.Name), "删去这个字段的 unit 和 scale")
	}
	if !slices.Contains(d.Key, d.Year) {
		f.report(at, fmt.Sprintf("“year”所指的字段“%s”不在“key”里：每户每个年度要各有一行", field.Name),
			fmt.Sprintf("写上 key: [%s]", d.Year))
	}
}

// checkPaid checks what payments must say: which item was paid, and when.
func (f *datasetFile) checkPaid() {
	d := &f.Dataset
	switch isPayments := d.Role == schemas.RolePayments; {
	case !isPayments && d.Paid != nil && d.Role != "":
		f.report(f.atKey("paid"), "“paid”只用于兑付记录（role: payments）", "")
		return
	case isPayments && d.Paid == nil && f.at("paid") == f.at():
		f.report(spot{}, "兑付记录（role: payments）缺少键“paid”", "写上 paid: {item: 事项编号的字段, date: 兑付日期的字段}")
	case isPayments && len(d.Key) == 0:
		f.report(spot{}, "兑付记录（role: payments）缺少键“key”：每户可以兑付多次，没有它后一次会顶掉前一次", "写上能区分各次兑付的字段")
	}
	if d.Paid == nil {
		return
	}
	f.checkReference("paid.item", d.Paid.Item, f.at("paid", "item"), schemas.FieldText)
	f.checkReference("paid.date", d.Paid.Date, f.at("paid", "date"), schemas.FieldDate)
}
