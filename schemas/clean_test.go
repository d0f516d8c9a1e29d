package schemas

import (
	"testing"

	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ in, want string }{
		{"", ""},
		{"  绵阳 ", "绵阳"},
		{"\ufeff企业名称", "企业名称"},
		{"９１５１０７０３ＭＡ", "91510703MA"},
		{"绵阳（科技）有限公司", "绵阳(科技)有限公司"},
		{"　全角　空格　", "全角 空格"},
		{"【绵阳】《名录》、。", "【绵阳】《名录》、。"},
		{"91\u200b510703\u200d", "91510703"},
		{"\u00a0x\u00a0", "x"},
		{"￥５", "¥5"},
	} {
		if got := Fold(tc.in); got != tc.want {
			t.Errorf("Fold(%q) = %q, want %q", tc.in, got, tc.want)
		}
	}
}

func TestFoldIsStable(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		once := Fold(rapid.String().Draw(t, "text"))
		if twice := Fold(once); twice != once {
			t.Fatalf("%q folds to %q", once, twice)
		}
	})
}

func TestIsEmptyWord(t *testing.T) {
	t.Parallel()
	extra := []string{"不详"}
	for _, s := range []string{"", "N/A", "n/a", "NULL", "null", "无", "空", "暂无", "-", "--", "——", "/", `\N`, "不详"} {
		if !IsEmptyWord(s, extra) {
			t.Errorf("%q is a value", s)
		}
	}
	for _, s := range []string{"0", "无锡", "NA", "否", "空气", "---x"} {
		if IsEmptyWord(s, extra) {
			t.Errorf("%q is empty", s)
		}
	}
}
