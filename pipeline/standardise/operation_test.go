package standardise

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"zhida/schemas"
)

// TestOperations: what is not a word of the document is refused, never taken for an update.
func TestOperations(t *testing.T) {
	t.Parallel()
	const unknown = "不认识的操作，不能确定是新增、更新还是删除"
	tests := []struct {
		upsert []string
		cell   string
		want   string // upsert, delete, or the reason to reject
	}{
		{nil, "", "upsert"},
		{nil, "　", "upsert"},
		{nil, "N/A", "upsert"},
		{nil, "-", "upsert"},
		{nil, "变更", "upsert"},
		{nil, "补 录", "upsert"},
		{nil, "ｕ", "upsert"},
		{nil, "Insert", "upsert"},
		{nil, "删除", "delete"},
		{nil, "ｄ", "delete"},
		{nil, "作废", unknown + "：“作废”"},
		{nil, "DELETE", unknown + "：“DELETE”"},
		{nil, "0", unknown + "：“0”"},
		{nil, "13912340001", unknown},
		{[]string{"1", "有效"}, "１", "upsert"},
		{[]string{"1", "有效"}, "有效", "upsert"},
		{[]string{"1", "有效"}, "新增", unknown + "：“新增”"},
		{[]string{"1", "有效"}, "D", "delete"},
		{[]string{"1", "有效"}, "", "upsert"},
		{[]string{"-"}, "-", "upsert"},
	}
	for _, test := range tests {
		for _, mode := range []schemas.Mode{schemas.ModeIncrement, schemas.ModeFull} {
			ds := registrationData()
			ds.Op.Upsert = test.upsert
			d := testDelivery()
			d.Mode = mode
			src := &fakeSource{
				header: []string{"统一社会信用代码", "企业名称", "操作"},
				rows:   [][]string{{"9151070370000001X3", "绵阳示例机械有限公司", test.cell}},
			}
			sink, report := deliver(t, mustNew(t, ds), d, src, 10)
			if got := became(sink); got != test.want {
				t.Errorf("%s %q of %q: got %s, want %s", mode, test.cell, test.upsert, got, test.want)
			}
			if rejected := int64(len(sink.rejects)); report.Reasons[OpUnknown] != rejected || report.Rejected != rejected {
				t.Errorf("%s %q: report %+v", mode, test.cell, report)
			}
		}
	}
}

func became(sink *fakeSink) string {
	switch {
	case len(sink.rejects) == 1:
		return fmt.Sprint(sink.rejects[0].Reasons[0].Text)
	case sink.runs[0].Rows.Column(OpColumn).Ints[0] == OpDelete:
		return "delete"
	}
	return "upsert"
}

// TestOperationColumns: the first column that says something decides, and nothing else is said of a row refused for it.
func TestOperationColumns(t *testing.T) {
	t.Parallel()
	ds := registrationData()
	ds.Op.Columns = []string{"操作", "操作类型"}
	src := &fakeSource{
		header: []string{"统一社会信用代码", "企业名称", "操作", "操作类型"},
		rows: [][]string{
			{"9151070370000001X3", "", "-", "删除"},
			{"9151070370000001X3", "绵阳示例机械有限公司", "新增", "作废"},
			{"9151070370000001X3", "", "作废", "新增"},
		},
	}
	d := testDelivery()
	d.Mode = schemas.ModeIncrement
	sink, _ := deliver(t, mustNew(t, ds), d, src, 10)
	if got := sink.runs[0].Rows.Column(OpColumn).Ints; !slices.Equal(got, []int64{OpDelete, OpUpsert}) {
		t.Errorf("operations: got %v", got)
	}
	if len(sink.rejects) != 1 || len(sink.rejects[0].Reasons) != 1 || sink.rejects[0].Reasons[0].Code != OpUnknown {
		t.Errorf("rejects: got %+v", sink.rejects)
	}
}

// TestAppendDeletesNothing: an append adds events; a row that deletes is refused with its reason, and a file without the
// operation column is as good as one with it.
func TestAppendDeletesNothing(t *testing.T) {
	t.Parallel()
	d := testDelivery()
	d.Mode = schemas.ModeAppend
	src := &fakeSource{
		header: []string{"统一社会信用代码", "企业名称", "操作"},
		rows: [][]string{
			{"9151070370000001X3", "绵阳示例机械有限公司", "新增"},
			{"9151070370000001X3", "", "删除"},
		},
	}
	sink, _ := deliver(t, mustNew(t, registrationData()), d, src, 10)
	if got := sink.runs[0].Rows.Column(OpColumn).Ints; !slices.Equal(got, []int64{OpUpsert}) {
		t.Errorf("operations: got %v", got)
	}
	if len(sink.rejects) != 1 || sink.rejects[0].Row != 2 || sink.rejects[0].Reasons[0].Code != OpInAppend {
		t.Errorf("rejects: got %+v", sink.rejects)
	}
	src = &fakeSource{header: []string{"统一社会信用代码", "企业名称"}, rows: [][]string{{"9151070370000001X3", "绵阳示例机械有限公司"}}}
	if sink, _ = deliver(t, mustNew(t, registrationData()), d, src, 10); len(sink.rejects) != 0 || len(sink.runs) != 1 {
		t.Errorf("without the column: %+v", sink.rejects)
	}
}

// TestOperationWithoutADocument: a column that says what rows do is not passed over where the document says nothing of it.
func TestOperationWithoutADocument(t *testing.T) {
	t.Parallel()
	ds := registrationData()
	ds.Op = nil
	s := mustNew(t, ds)
	header := []string{"统一社会信用代码", "企业名称", "操作"}
	for mode, wrong := range map[schemas.Mode]bool{schemas.ModeFull: false, schemas.ModeIncrement: true, schemas.ModeAppend: true} {
		d := testDelivery()
		d.Mode = mode
		_, err := s.bind(d, header)
		if (err != nil) != wrong || wrong && !strings.Contains(err.Error(), `column 3 is named "操作"`) {
			t.Errorf("%s: %v", mode, err)
		}
	}
}
