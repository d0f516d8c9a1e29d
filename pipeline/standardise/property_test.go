package standardise

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zhida/matcher/table"
	"zhida/schemas"
)

// Planted names and numbers: if one turns up anywhere but in Sealed and in the cells of rejects, a person's data left
// the row in clear.
var (
	plantedNames  = []string{"秘甲", "秘乙丙", "秘丁戊修理铺"}
	plantedPhones = []string{"13912340001", "+86 139-1234-0002", "139****0003", "0816-2340004", "13912340005/13912340006"}
	plantedMarks  = []string{"秘", "1391234", "139-1234", "139****", "2340004", "51999919700101123X"}
)

// personalData has a field of every type and every degree of personal.
func personalData() *schemas.Dataset {
	ds := registrationData()
	ds.Key = []string{"序号"}
	ds.Fields = append(ds.Fields,
		schemas.Field{Name: "序号", Type: schemas.FieldNumber, Required: true},
		schemas.Field{Name: "电话", Type: schemas.FieldPhone},
		schemas.Field{Name: "生日", Type: schemas.FieldDate, Personal: schemas.PersonalAlways, Required: true},
		schemas.Field{Name: "存款", Type: schemas.FieldMoney, Unit: "元", Personal: schemas.PersonalAlways},
		schemas.Field{Name: "在营", Type: schemas.FieldTruth},
	)
	ds.Fields[3].Pattern = "^[^x]*$"
	return ds
}

var personalHeader = []string{
	"操作", "统一社会信用代码", "注册号", "企业名称", "注册日期", "企业类型", "法人代表", "注册资金", "行业代码", "所在省份", "地区", "注册地址",
	"序号", "电话", "生日", "存款", "在营",
}

// rowOf draws a row of good and bad cells. Names and phones stand only where the document says they may.
func rowOf(t *rapid.T, pos int) []string {
	pick := func(label string, cells ...string) string { return rapid.SampledFrom(cells).Draw(t, label) }
	name := func(label string) string { return pick(label, append([]string{"", "N/A", "秘x"}, plantedNames...)...) }
	row := []string{
		pick("op", "", "", "", "D", "修改", "作废"),
		pick("code", "9151070370000001X3", "92510703MA6000016H", "92510100MA60000242", "915107047000000448", "91510100700000036K", "无", "51999919700101123X", "13912340001", "garbage"),
		pick("old", "", "510107000031929"),
		"", // the name: personal only for sole traders, so planted only in their rows
		pick("date", "2007-01-02", "2007年13月2日", "1850-01-01", "N/A", "20100203"),
		pick("type", "个体", "有限责任公司", "别的", ""),
		name("person"),
		pick("capital", "100(万元人民币)", "5(万)", "5()", "630(万美元)", "N/A", "ABOURICHEH", "-3元"),
		pick("industry", "C39", "3911", "ZZ", ""),
		pick("province", "四川", "510000", "火星", ""),
		pick("city", "绵阳", "成都", "5107", "510724", "N/A"),
		"",
		pick("number", fmt.Sprint(pos), "1", "x", ""),
		pick("phone", append([]string{"", "无"}, plantedPhones...)...),
		pick("birth", "1970-01-01", "", "秘甲"),
		pick("savings", "12元", "秘乙丙", ""),
		pick("alive", "是", "否", "无", "也许"),
	}
	if strings.HasPrefix(row[1], "92") || !strings.HasPrefix(row[1], "9") {
		row[3], row[11] = name("trader"), pick("address", "绵阳市涪城区秘路1号", "江油市秘村", "N/A")
	} else {
		row[3], row[11] = pick("company", "绵阳示例有限公司", ""), pick("place", "绵阳市涪城区长虹大道1号", "安县花荄镇", "峨眉山市", "N/A")
	}
	if rapid.IntRange(0, 19).Draw(t, "broken") == 0 {
		return row[:5]
	}
	return row
}

func TestProperties(t *testing.T) {
	t.Parallel()
	s := mustNew(t, personalData())
	rapid.Check(t, func(t *rapid.T) {
		rows := make([][]string, rapid.IntRange(0, 40).Draw(t, "rows"))
		for i := range rows {
			rows[i] = rowOf(t, i+1)
		}
		d := testDelivery()
		d.Mode = rapid.SampledFrom([]schemas.Mode{schemas.ModeFull, schemas.ModeIncrement}).Draw(t, "mode")
		d.Scope = rapid.SampledFrom([]string{"", "510000", "510700", "民政厅"}).Draw(t, "scope")
		size, limit := rapid.IntRange(1, 9).Draw(t, "batch"), rapid.IntRange(1, 50).Draw(t, "limit")
		sink, report := runOnce(t, s, d, rows, size, limit)
		checkCounts(t, len(rows), sink, report)
		for _, run := range sink.runs {
			checkRun(t, run, limit)
		}
		checkSecrets(t, sink, report)

		again, same := runOnce(t, s, d, rows, 7, limit)
		if !reflect.DeepEqual(report, same) || !reflect.DeepEqual(sink.runs, again.runs) || !reflect.DeepEqual(sink.rejects, again.rejects) {
			t.Fatal("the same rows in other batches came out differently")
		}
		whole, same := runOnce(t, s, d, rows, 7, 1000)
		if !reflect.DeepEqual(report, same) || !slices.Equal(sortedRows(sink), sortedRows(whole)) {
			t.Fatal("the same rows in other runs came out differently")
		}
	})
}

func runOnce(t *rapid.T, s *Standardiser, d Delivery, rows [][]string, size, limit int) (*fakeSink, Report) {
	sink := &fakeSink{}
	report, err := s.Run(t.Context(), d, &fakeSource{header: personalHeader, rows: rows, size: size}, sink, limit)
	if err != nil {
		t.Fatal(err)
	}
	return sink, report
}

// checkCounts: every row is exactly one of accepted, flagged and rejected.
func checkCounts(t *rapid.T, rows int, sink *fakeSink, r Report) {
	taken, flagged := int64(0), int64(0)
	for _, run := range sink.runs {
		taken += int64(run.Rows.N)
		flagged += int64(run.Rows.Column(FlagsColumn).Known.Count())
	}
	if int64(rows) != r.Read || r.Read != r.Accepted+r.Flagged+r.Rejected {
		t.Fatalf("%d rows, %d read = %d + %d + %d", rows, r.Read, r.Accepted, r.Flagged, r.Rejected)
	}
	if taken != r.Accepted+r.Flagged || flagged != r.Flagged || int64(len(sink.rejects)) != r.Rejected {
		t.Fatalf("%d rows taken, %d flagged, %d rejects; report %+v", taken, flagged, len(sink.rejects), r)
	}
	reasons, counted := int64(0), int64(0)
	for _, reject := range sink.rejects {
		reasons += int64(len(reject.Reasons))
		if len(reject.Reasons) == 0 {
			t.Fatalf("row %d rejected without a reason", reject.Row)
		}
	}
	for _, n := range r.Reasons {
		counted += n
	}
	if reasons != counted {
		t.Fatalf("%d reasons, %d counted", reasons, counted)
	}
	for _, f := range r.Fields {
		if f.Known > taken || f.Dropped > f.Filled || f.Known-f.FromHome > f.Filled {
			t.Fatalf("field %+v of %d rows", f, taken)
		}
	}
}

// checkRun: sorted by home, code and position, in groups, sealed rows beside rows, one of the two columns known.
func checkRun(t *rapid.T, run *Run, limit int) {
	if run.Rows.N > limit || run.Sealed == nil || run.Sealed.N != run.Rows.N {
		t.Fatalf("%d rows, sealed %v, limit %d", run.Rows.N, run.Sealed, limit)
	}
	at, last := 0, ""
	codes, pos := run.Rows.Column(CodeColumn).Texts, run.Rows.Column(PosColumn).Ints
	for _, g := range run.Groups {
		if g.Name <= last || g.Rows == 0 {
			t.Fatalf("group %q of %d rows after %q", g.Name, g.Rows, last)
		}
		for i := at; i < at+g.Rows; i++ {
			home := string(schemas.HomeOf(codes[i], testCodes(), map[string]int{"510100": 3}))
			if len(codes[i]) != 18 {
				home = Unplaced
			}
			if home != g.Name || i > at && (codes[i] < codes[i-1] || codes[i] == codes[i-1] && pos[i] <= pos[i-1]) {
				t.Fatalf("row %d of group %s: code %s at %d", i, g.Name, codes[i], pos[i])
			}
		}
		at, last = at+g.Rows, g.Name
	}
	if at != run.Rows.N {
		t.Fatalf("groups of %d rows, %d rows", at, run.Rows.N)
	}
	name, hidden := run.Rows.Column("企业名称").Known, run.Sealed.Column("企业名称"+schemas.SealedSuffix).Known
	for i := range run.Rows.N {
		deletes := run.Rows.Column(OpColumn).Ints[i] == OpDelete
		if name.Has(i) && hidden.Has(i) || !deletes && !name.Has(i) && !hidden.Has(i) {
			t.Fatalf("row %d: the name is known in clear %v, sealed %v", i, name.Has(i), hidden.Has(i))
		}
	}
}

// checkSecrets looks for the planted names and numbers in everything that is not encrypted.
func checkSecrets(t *rapid.T, sink *fakeSink, report Report) {
	open := fmt.Sprintf("%+v", report)
	for _, run := range sink.runs {
		open += dump(run.Rows)
	}
	for _, reject := range sink.rejects {
		reject.Cells, reject.Raw = nil, ""
		open += fmt.Sprintf("%+v", reject)
	}
	open += fmt.Sprintf("%+v", sink.doubts)
	for _, mark := range plantedMarks {
		if i := strings.Index(open, mark); i >= 0 {
			t.Fatalf("%q stands in clear: …%s", mark, open[max(0, i-200):min(len(open), i+50)])
		}
	}
}

// sortedRows lists all rows of all runs, sealed columns too, in an order that does not depend on the runs.
func sortedRows(sink *fakeSink) []string {
	var out []string
	for _, run := range sink.runs {
		rows, sealed := strings.Split(dump(run.Rows), "\n"), strings.Split(dump(run.Sealed), "\n")
		for i := range run.Rows.N {
			out = append(out, rows[i]+" || "+sealed[i])
		}
	}
	slices.Sort(out)
	return out
}

// TestSealedColumns: what is declared personal is in Sealed and nowhere else.
func TestSealedColumns(t *testing.T) {
	t.Parallel()
	names := func(fields []table.Field) []string {
		var out []string
		for _, f := range fields {
			out = append(out, f.Name)
		}
		return out
	}
	ds := personalData()
	want := []string{"企业名称.密", "法定代表人", "注册地址.密", "电话", "生日", "存款", "存款.币种"}
	if got := names(table.Stored(ds, true)); !slices.Equal(got, want) {
		t.Errorf("sealed: got %v, want %v", got, want)
	}
	want = []string{
		"code", "op", "pos", "flags", "企业名称", "成立日期", "企业类型", "注册资本", "注册资本.币种", "行业", "注册地", "注册地址", "序号", "电话.引用", "在营",
	}
	if got := names(RowFields(ds)); !slices.Equal(got, want) {
		t.Errorf("rows: got %v, want %v", got, want)
	}
}
