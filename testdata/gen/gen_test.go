package main

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"zhida/schemas"
)

// small is the workspace of the process tests.
const small = "../../cmd/zhida/testdata/small"

// TestSampleIsGenerated: the deliveries in the tree are what this program makes of seed 1.
func TestSampleIsGenerated(t *testing.T) {
	t.Parallel()
	files := mianyang(1)
	for _, f := range files {
		path := filepath.Join(small, "deliveries", filepath.FromSlash(f.name))
		got, err := os.ReadFile(path)
		if err != nil {
			t.Errorf("%v: run go run ./testdata/gen -out cmd/zhida/testdata/small/deliveries -seed 1", err)
			continue
		}
		if !bytes.Equal(got, f.data) {
			t.Errorf("%s differs from what gen makes: run go run ./testdata/gen -out cmd/zhida/testdata/small/deliveries -seed 1", f.name)
		}
	}
	entries, err := os.ReadDir(filepath.Join(small, "deliveries"))
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != len(files)-1 { // one goes to late/
		t.Errorf("%d files are in deliveries, %d are generated", len(entries), len(files)-1)
	}
}

func TestSameSeedSameBytes(t *testing.T) {
	t.Parallel()
	one, two, other := mianyang(7), mianyang(7), mianyang(8)
	same := true
	for i := range one {
		if !bytes.Equal(one[i].data, two[i].data) {
			t.Errorf("%s differs between two runs", one[i].name)
		}
		same = same && bytes.Equal(one[i].data, other[i].data)
	}
	if same {
		t.Error("the seed changes nothing")
	}
}

// TestCodesOfTheSample counts the codes of the first night's registration by what they are.
func TestCodesOfTheSample(t *testing.T) {
	t.Parallel()
	rows := read(t, "registration_20260615_full.csv", mianyang(1))
	if rows[0][0] != "企业名称" {
		t.Fatalf("first column is %q", rows[0][0])
	}
	state, seen, wide := map[schemas.CodeState]int{}, map[string]int{}, 0
	abroad := 0 // homes that are the city's or the province's
	for _, row := range rows[1:] {
		code := strings.ToUpper(schemas.Fold(row[1]))
		if code != row[1] {
			wide++
		}
		if schemas.IsEmptyWord(code, nil) {
			code = ""
		}
		state[schemas.ClassifyCode(code)]++
		seen[code]++
		if len(code) == 18 && (code[2:8] == "510700" || code[2:8] == "510000") {
			abroad++
		}
		if code != "" && !strings.Contains(row[0], "示例") {
			t.Errorf("%q does not say that it is invented", row[0])
		}
	}
	for want, n := range map[schemas.CodeState]int{schemas.CodeUSCC: 284, schemas.CodeBadCheck: 4, schemas.CodeOldRegistration: 4, schemas.CodeEmpty: 2} {
		if state[want] != n {
			t.Errorf("%v: %d, want %d", want, state[want], n)
		}
	}
	twice := 0
	for code, n := range seen {
		if n > 1 && code != "" {
			twice++
		}
	}
	if twice != 2 || wide < 4 || abroad < 60 || abroad > 120 {
		t.Errorf("%d codes twice, %d written oddly, %d with the city's or the province's region", twice, wide, abroad)
	}
}

// read parses one of the files.
func read(t *testing.T, name string, files []file) [][]string {
	t.Helper()
	for _, f := range files {
		if f.name != name {
			continue
		}
		data := bytes.TrimPrefix(f.data, []byte("\ufeff"))
		rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return rows
	}
	t.Fatalf("%s is not generated", name)
	return nil
}

// TestIncrementIsGB18030: the second night comes from another system.
func TestIncrementIsGB18030(t *testing.T) {
	t.Parallel()
	for _, f := range mianyang(1) {
		if f.name != "registration_20260616_increment.csv" {
			continue
		}
		text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(f.data)
		if err != nil || !bytes.HasPrefix(text, []byte("操作,企业名称,")) {
			t.Errorf("it begins %q, %v", text[:min(20, len(text))], err)
		}
	}
}

// TestOperationsAreKnown: an unknown word would reject its row.
func TestOperationsAreKnown(t *testing.T) {
	t.Parallel()
	words := append([]string{"删除"}, (&schemas.Operation{}).UpsertWords()...)
	seen := map[string]int{}
	for _, f := range mianyang(1) {
		data := f.data
		if text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data); !utf8.Valid(data) && err == nil {
			data = text
		}
		rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll()
		if err != nil || rows[0][0] != "操作" {
			continue // of another form, or without the column
		}
		for _, row := range rows[1:] {
			seen[row[0]]++
			if !slices.Contains(words, row[0]) {
				t.Errorf("%s: operation %q", f.name, row[0])
			}
		}
	}
	if len(seen) != 3 {
		t.Errorf("operations %v, want 新增, 变更 and 删除", seen)
	}
}

func TestCorrected(t *testing.T) {
	t.Parallel()
	v := newInventor(3)
	rows := [][]string{{"企业名称", "统一社会信用代码", "注册日期", "企业类型", "法人代表", "注册资金", "经营范围", "所在省份", "地区", "注册地址"}}
	for n := range 2000 {
		code := v.code("91", "510703")
		switch {
		case n < 2:
			code = v.oldNumber("510703")
		case n < 40:
			code = wrongCheck(code)
		}
		rows = append(rows, []string{"示例", code, "2001-01-01", "N/A", "张**", "5()", "无", "四川", "绵阳", "绵阳市"})
	}
	increment, crosswalk, err := corrected(rows)
	if err != nil {
		t.Fatal(err)
	}
	ops := map[string]int{}
	for _, row := range increment.rows {
		ops[row[0]]++
	}
	if ops["变更"] != corrections+recoded/2 || ops["删除"] != deletions || len(crosswalk.rows) != recoded {
		t.Errorf("%v, %d codes", ops, len(crosswalk.rows))
	}
	for _, row := range crosswalk.rows {
		if schemas.ClassifyCode(row[1]) != schemas.CodeUSCC {
			t.Errorf("%s becomes %s, which is no code", row[0], row[1])
		}
	}
	if _, _, err := corrected(rows[:100]); err == nil {
		t.Error("100 rows are enough for 250 corrections")
	}
}
