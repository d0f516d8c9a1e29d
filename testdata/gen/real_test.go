package main

import (
	"testing"

	"zhida/schemas"
)

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
