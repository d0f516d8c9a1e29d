package standardise

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"

	"zhida/schemas"
)

func TestHeaderFaults(t *testing.T) {
	t.Parallel()
	own := registrationData()
	own.Fields[1].Columns = []string{"注册日期"}
	tests := []struct {
		name       string
		ds         *schemas.Dataset
		mode       schemas.Mode
		header     string
		message    string
		suggestion string
	}{
		{
			"no header, data instead", registrationData(), schemas.ModeFull, "王小二修车铺,92510703MA6CK8PD5A,13812345678",
			"delivery.csv: none of its columns belongs to this dataset", "is the header row missing",
		},
		{"empty header", registrationData(), schemas.ModeFull, "", "none of its columns", "header row missing"},
		{
			"no code", registrationData(), schemas.ModeFull, "企业名称,社会信用代码,13812345678",
			"no column for code (统一社会信用代码 / 注册号)", `is "社会信用代码" the column "统一社会信用代码"?`,
		},
		{
			"a number near", registrationData(), schemas.ModeFull, "企业名称,统一社会信用代码13812345678",
			"no column for code", "compare the header",
		},
		{
			"no name", registrationData(), schemas.ModeFull, "统一社会信用代码,企业名,经营范围",
			"no column for 企业名称 (企业名称)", `is "企业名" the column "企业名称"?`,
		},
		{
			"nothing near", registrationData(), schemas.ModeFull, "统一社会信用代码,xyz",
			"no column for 企业名称", "compare the header with the dataset's document",
		},
		{
			"an increment that cannot delete", registrationData(), schemas.ModeIncrement, "统一社会信用代码,企业名称",
			"no column for operation (操作)", "compare the header",
		},
		{"no key", taxData(), schemas.ModeFull, "统一社会信用代码,营业收入", "no column for 年度 (年度)", "compare"},
		{"no new code", crosswalkData(), schemas.ModeFull, "旧代码,变更日期", "no column for 新代码 (新代码)", "compare"},
		{
			"one name twice", registrationData(), schemas.ModeFull, "统一社会信用代码,企业名称,企业 名称",
			`field 企业名称: columns 2 and 3 are both named "企业名称"`, "remove one of the columns",
		},
		{
			"a field's name beside its column", own, schemas.ModeFull, "统一社会信用代码,企业名称,成立日期,注册日期",
			`field 成立日期: columns "成立日期" and "注册日期" both serve it`, "list both in order",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			d := testDelivery()
			d.Mode = test.mode
			src := &fakeSource{header: strings.Split(test.header, ",")}
			_, err := mustNew(t, test.ds).Run(context.Background(), d, src, &fakeSink{}, 10)
			var fatal *FatalError
			if !errors.As(err, &fatal) || !strings.Contains(err.Error(), test.message) || !strings.Contains(fatal.Suggestion, test.suggestion) {
				t.Fatalf("got %v, want %q (%q)", err, test.message, test.suggestion)
			}
			if strings.Contains(err.Error(), "13812345678") || strings.Contains(err.Error(), "王小二") {
				t.Errorf("the error quotes data: %v", err)
			}
		})
	}
}

func TestHeaderOrder(t *testing.T) {
	t.Parallel()
	ds := taxData()
	ds.Fields[1].Columns = []string{"年收入", "营业收入", "收入（合计）"}
	s := mustNew(t, ds)
	header := []string{"收入(合计)", " 营业 收入", "年收入", "年度", "统一社会信用代码", "备注", "备注", "电话13812345678"}
	bound, err := s.bind(testDelivery(), header)
	if err != nil {
		t.Fatal(err)
	}
	if want := []int{2, 1, 0}; !reflect.DeepEqual(bound.fields[1], want) {
		t.Errorf("columns of 营业收入: got %v, want %v", bound.fields[1], want)
	}
	if want := []string{"备注", "备注", "（第8列）"}; !reflect.DeepEqual(bound.unknown, want) {
		t.Errorf("unknown columns: got %v, want %v", bound.unknown, want)
	}
	src := &fakeSource{header: header, rows: [][]string{
		{"3元", "2元", "N/A", "2024", "91510703205451059P", "", "", ""},
		{"3元", "2元", "1元", "2025", "91510703205451059P", "", "", ""},
	}}
	sink, _ := deliver(t, s, testDelivery(), src, 10)
	if got := sink.runs[0].Rows.Column("营业收入").Ints; !reflect.DeepEqual(got, []int64{200, 100}) {
		t.Errorf("first column that says something: got %v", got)
	}
}

func TestNewFaults(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		spoil func(ds *schemas.Dataset)
		want  string
	}{
		{"no code", func(ds *schemas.Dataset) { ds.Code.Columns = nil }, "no column for the code"},
		{"reserved name", func(ds *schemas.Dataset) { ds.Fields[0].Name = "flags" }, `two stored columns are named "flags"`},
		{"name of a second column", func(ds *schemas.Dataset) { ds.Fields[0].Name = "注册资本.币种" }, "two stored columns"},
		{"key", func(ds *schemas.Dataset) { ds.Key = []string{"年度"} }, `key: no field "年度"`},
		{"scope", func(ds *schemas.Dataset) { ds.Scope = "企业名称" }, `scope: no region field "企业名称"`},
		{"new code", func(ds *schemas.Dataset) { ds.NewCode = "注册资本" }, `new code: no text field "注册资本"`},
		{"type", func(ds *schemas.Dataset) { ds.Fields[0].Type = "blob" }, `unknown type "blob"`},
		{"pattern", func(ds *schemas.Dataset) { ds.Fields[0].Pattern = "(" }, "compile pattern"},
		{"unit", func(ds *schemas.Dataset) {
			ds.Fields[0].Type, ds.Fields[0].Unit, ds.Fields[0].Personal = schemas.FieldNumber, "光年", ""
		}, `unknown unit "光年"`},
		{"operation", func(ds *schemas.Dataset) { ds.Op.Upsert = []string{"新增", "Ｄ"} }, `operation: "Ｄ" means both delete and upsert`},
		{"usual operation", func(ds *schemas.Dataset) { ds.Op.Delete = []string{"变更"} }, `operation: "变更" means both delete and upsert`},
		{"empty operation", func(ds *schemas.Dataset) { ds.Op.Delete = []string{"　"} }, "operation: an empty cell cannot mean delete"},
		{"personal money", func(ds *schemas.Dataset) { ds.Fields[4].Personal = schemas.PersonalSoleTrader }, "money cannot be personal"},
	}
	for _, test := range tests {
		ds := registrationData()
		test.spoil(ds)
		if _, err := New(ds, testCodes(), nil, reference); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %q", test.name, err, test.want)
		}
	}
}

// TestOptionalOperation: a department that never deletes may leave the operation column out, if its document says so.
func TestOptionalOperation(t *testing.T) {
	t.Parallel()
	ds := registrationData()
	ds.Op.Column = schemas.ColumnOptional
	d := testDelivery()
	d.Mode = schemas.ModeIncrement
	src := &fakeSource{header: []string{"统一社会信用代码", "企业名称"}, rows: [][]string{{"9151070370000001X3", "绵阳示例机械有限公司"}}}
	sink, report := deliver(t, mustNew(t, ds), d, src, 10)
	if report.Deletes != 0 || sink.runs[0].Rows.Column(OpColumn).Ints[0] != OpUpsert {
		t.Errorf("got %+v", report)
	}
}
