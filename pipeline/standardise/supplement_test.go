package standardise

import (
	"slices"
	"strings"
	"testing"

	"zhida/schemas"
)

func supplementData() *schemas.Dataset {
	return &schemas.Dataset{
		Name: "supplement", Title: "补充采集", Role: schemas.RoleFacts, List: schemas.ListOpen,
		Code: schemas.Code{Columns: []string{"统一社会信用代码"}}, Key: []string{"年度", "填报项"}, Year: "年度", Supplement: "填报项",
		Fields: []schemas.Field{
			{Name: "年度", Type: schemas.FieldNumber, Min: limit(2000), Max: limit(2100), Required: true},
			{Name: "填报项", Type: schemas.FieldText},
			{Name: "营业收入", Type: schemas.FieldMoney, Unit: "万元", Min: limit(0)},
			{Name: "从业人数", Type: schemas.FieldNumber, Unit: "人", Min: limit(0)},
			{Name: "入库日期", Type: schemas.FieldDate},
		},
	}
}

// TestSupplement: each cell that is filled in becomes a row, an empty one none; what cannot be read is told, and the other
// cells of its row are taken.
func TestSupplement(t *testing.T) {
	t.Parallel()
	src := &fakeSource{
		header: []string{"统一社会信用代码", "名称", "区县", "年度", "等它的事项", "待补", "营业收入", "从业人数", "入库日期", "备注"},
		rows: [][]string{
			{"91510724700000028G", "甲厂", "涪城区", "2025", "3", "营业收入", " １２００ ", "", "", ""},
			{"915107047000000447", "乙厂", "", "2025", "2", "", "九百", "35　", "2025年3月1日", "补报"},
			{"91510724700000028G", "丙厂", "", "2025", "1", "", "", "-", "—", ""},
			{"91510724700000028G", "丙厂", "", "", "1", "", "5", "", "", ""},
		},
		size: 10,
	}
	d := testDelivery()
	d.Mode = schemas.ModeIncrement
	sink, report := deliver(t, mustNew(t, supplementData()), d, src, 1000)
	var got []string
	for _, run := range sink.runs {
		got = append(got, strings.Split(strings.TrimSpace(dump(run.Rows)), "\n")...)
	}
	want := []string{
		"915107047000000447 | 0 | 2 | money.no_amount.营业收入 | 2025 | 从业人数 | ? | ? | 35 | ?",
		"915107047000000447 | 0 | 2 | money.no_amount.营业收入 | 2025 | 入库日期 | ? | ? | ? | 2025-03-01",
		"91510724700000028G | 0 | 1 | ? | 2025 | 营业收入 | 1200000000 | CNY | ? | ?",
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("rows:\n%s", strings.Join(got, "\n"))
	}
	if report.Read != 4 || report.Accepted != 2 || report.Flagged != 1 || report.Rejected != 1 || !slices.Equal(report.Unknown, []string{"备注"}) {
		t.Errorf("report %+v", report)
	}
	if len(sink.doubts) != 1 || sink.doubts[0].Row != 2 || sink.doubts[0].Reasons[0].Value != "九百" {
		t.Errorf("doubts %+v", sink.doubts)
	}
	if len(sink.rejects) != 1 || sink.rejects[0].Reasons[0].Key() != "field.empty.年度" {
		t.Errorf("rejects %+v", sink.rejects)
	}
}
