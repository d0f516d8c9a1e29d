package workbook

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"zhida/schemas"
)

// TestReadIsTolerantOfLooks has everything about a sheet otherwise than Write makes it.
func TestReadIsTolerantOfLooks(t *testing.T) {
	t.Parallel()
	f := book(t, map[string][][]any{
		" 政策 ": {
			{"四川省科技厅政策清单"},
			{},
			{"政策名称", "发文单位*", "备注", "级别", "政策编号（必填）", "有效期 开始", "失效日期"},
			{"甲", "省科技厅", "x", "省级", "Ｐ－１", time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), "2026年12月31日"},
			{},
			{"", "", "只有备注"},
		},
		"事项": {
			{"政策编号", "事项名称", "申报期", "", "兑现方式", "惠及方式"},
			{"", "", "起", "止", "", ""},
			{"P-1", "一", "2026/1/1", 46387, "免申即享", "奖补"},
			{"", "二\r\n", "20260301", "长期", "普通申报", "减免"},
		},
		"条件": {{"条件", "条款", "序号", "事项编号"}, {"标签 存续", "", 2, "P-1-0001"}, {"", "在本省\n注册", 1, "P-1-0001"}},
	})
	for _, merge := range [][2]string{{"A1", "A2"}, {"B1", "B2"}, {"C1", "D1"}, {"E1", "E2"}, {"A3", "A4"}} {
		if err := f.MergeCell("事项", merge[0], merge[1]); err != nil {
			t.Fatal(err)
		}
	}
	b := Read("a.xlsx", file(t, f))
	if len(b.Faults) > 0 {
		t.Fatal(b.Faults)
	}
	day := schemas.NewDate
	want := []schemas.Policy{{
		ID: "P-1", Title: "甲", Level: schemas.LevelProvince, Department: "省科技厅", Status: schemas.StatusDraft, From: day(2026, 1, 1), To: day(2026, 12, 31),
		Items: []schemas.Item{
			{
				ID: "P-1-0001", Title: "一", Department: "省科技厅", Mode: schemas.ModeNoApplication, Kind: schemas.BenefitReward, Status: schemas.StatusDraft,
				Revision: 1, Window: schemas.Window{From: day(2026, 1, 1), To: day(2026, 12, 31)},
				Gates: []schemas.Gate{{Clause: "在本省注册"}, {Condition: schemas.Text{Text: "标签 存续"}}},
			},
			{
				ID: "P-1-0002", Title: "二", Department: "省科技厅", Mode: schemas.ModeOrdinary, Kind: schemas.BenefitRelief, Status: schemas.StatusDraft,
				Revision: 1, Window: schemas.Window{From: day(2026, 3, 1)}, Gates: []schemas.Gate{{Clause: "二"}},
			},
		},
	}}
	if !reflect.DeepEqual(b.Policies, want) {
		t.Errorf("got  %+v\nwant %+v", b.Policies, want)
	}
	if got := len(b.Warnings); got != 2 { // the column 备注, and the ids
		t.Errorf("%d warnings: %v", got, b.Warnings)
	}
}

func TestDatesOf1904(t *testing.T) {
	t.Parallel()
	f := book(t, map[string][][]any{
		"政策": {{"编号", "标题", "层级", "发文部门", "有效期起"}, {"P-1", "甲", "省", "省科技厅", 44561}},
		"事项": {{"政策编号", "标题"}, {"P-1", "一"}},
	})
	yes := true
	if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}); err != nil {
		t.Fatal(err)
	}
	b := Read("a.xlsx", file(t, f))
	if len(b.Faults) > 0 || b.Policies[0].From != schemas.NewDate(2026, 1, 1) {
		t.Error(b.Faults, b.Policies)
	}
}

func TestFilesThatAreNoWorkbooks(t *testing.T) {
	t.Parallel()
	whole := file(t, book(t, map[string][][]any{"政策": {{"编号", "标题"}}}))
	compound := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	for _, tc := range []struct{ name, data, want string }{
		{"empty", "", "a.xlsx: 文件是空的"},
		{"csv", "编号,标题\n", "a.xlsx: 不是 XLSX 工作簿\n"},
		{"old", compound + "Workbook", "a.xlsx: 这是旧的 .xls 格式（或 WPS 的 .et）\n"},
		{"encrypted", compound + string(wide("EncryptedPackage")), "a.xlsx: 工作簿设了打开密码\n"},
		{"cut off", string(whole[:len(whole)/2]), "a.xlsx: 工作簿坏了，打不开\n"},
		{"ods", "PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "a.xlsx: 这是 OpenDocument 表格（.ods）\n"},
		{"large", "PK" + strings.Repeat("x", maxFile), "a.xlsx: 工作簿有 32 MB，超过上限 32 MB\n"},
	} {
		b := Read("a.xlsx", []byte(tc.data))
		if got := b.Faults.Error() + "\n"; !strings.HasPrefix(got, tc.want) || len(b.Faults) != 1 || len(b.Policies) > 0 {
			t.Errorf("%s: %s\nwant %s", tc.name, got, tc.want)
		}
	}
}

// TestBombs unpacks a small file to more than a workbook may be.
func TestBombs(t *testing.T) {
	t.Parallel()
	var data bytes.Buffer
	z := zip.NewWriter(&data)
	for _, name := range []string{"[Content_Types].xml", "xl/worksheets/sheet1.xml"} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		for range maxUnpacked/2>>20 + 1 {
			if _, err := w.Write(make([]byte, 1<<20)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	b := Read("a.xlsx", data.Bytes())
	if got := b.Faults.Error(); !strings.HasPrefix(got, "a.xlsx: 工作簿解压后超过 256 MB") {
		t.Error(got)
	}
}

// TestDamagedWorkbooks changes bytes of a workbook: whatever comes of it, it is no panic.
func TestDamagedWorkbooks(t *testing.T) {
	t.Parallel()
	whole := file(t, book(t, wrong()))
	rapid.Check(t, func(t *rapid.T) {
		data := bytes.Clone(whole)
		for range rapid.IntRange(1, 20).Draw(t, "changes") {
			data[rapid.IntRange(0, len(data)-1).Draw(t, "at")] = rapid.Byte().Draw(t, "byte")
		}
		Read("a.xlsx", data)
	})
}

// TestWhatCellsCannotHold must be refused by Write: it would not come back.
func TestWhatCellsCannotHold(t *testing.T) {
	t.Parallel()
	policy := func(change func(*schemas.Item)) []schemas.Policy {
		p := titles(true)[:1]
		p[0].Items = p[0].Items[:1]
		change(&p[0].Items[0])
		return p
	}
	long := func(n int) func(*schemas.Item) {
		return func(it *schemas.Item) { it.Guide.Process = strings.Repeat("办", n) }
	}
	for _, tc := range []struct {
		name   string
		change func(*schemas.Item)
		want   string
	}{
		{"longest", long(32767), ""},
		{"too long", long(32768), "工作簿 工作表“事项”第 2 行: “办理流程”有 32768 个字，一个单元格最多 32767 个\n  建议：把它分到附件里去，这里写摘要"},
		{"pairs", func(it *schemas.Item) { it.Guide.Process = strings.Repeat("😀", 16384) }, "工作簿 工作表“事项”第 2 行: “办理流程”有 32768 个字，一个单元格最多 32767 个\n  建议：把它分到附件里去，这里写摘要"},
		{"control", func(it *schemas.Item) { it.Title = "a\x01b" }, "工作簿 工作表“事项”第 2 行: “标题”里有单元格不能写的字符 U+0001\n  建议：从政策文件里删去它"},
		{"attribute", func(it *schemas.Item) { it.Attainable = map[string]bool{"甲；乙": true} }, "工作簿 工作表“事项”第 2 行: 事项“SC-00-00000”的“可达成”不能写进一个单元格\n  建议：指标名里不能有换行、分号和冒号"},
	} {
		var out bytes.Buffer
		err := Write(&out, policy(tc.change))
		var faults schemas.Faults
		switch {
		case tc.want == "" && err != nil:
			t.Errorf("%s: %v", tc.name, err)
		case tc.want != "" && (!errors.As(err, &faults) || faults.Error() != tc.want || out.Len() > 0):
			t.Errorf("%s: %v, %d bytes", tc.name, err, out.Len())
		}
	}
}

// TestTitlesAreEnough begins with a list of titles.
func TestTitlesAreEnough(t *testing.T) {
	t.Parallel()
	rows := [][]any{{"政策编号", "事项编号", "标题"}}
	for range 3 {
		rows = append(rows, []any{"P-1", "", "给予奖励"})
	}
	rows[2][1] = "P-1-0003" // taken: the third is the fourth then
	dir := starter(t)
	said, r := importing(t, dir, file(t, book(t, map[string][][]any{
		"政策": {{"编号", "标题", "层级", "发文部门"}, {"P-1", "甲", "省", "省科技厅"}}, "事项": rows,
	})))
	if r == nil {
		t.Fatal(said)
	}
	if err := r.Write(); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "policies", "P-1.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "titles.golden", said+string(text))
}
