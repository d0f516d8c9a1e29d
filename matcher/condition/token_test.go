package condition

import (
	"strings"
	"testing"
)

// The ASCII twins as LANGUAGE.md lists them; else and above are words of 分档 and 累进 only.
const twins = `and or not in notin except between has every count sum avg max min first latest distinct tag atleast
atmost tiers bands score cap floor last3 param catalog judged declared contains known today window_start window_end
this_year last_year year_before true false`

func TestKeywords(t *testing.T) {
	t.Parallel()
	for _, word := range strings.Fields(twins) {
		chinese, ok := keyword(word)
		if !ok {
			t.Errorf("%s is no keyword", word)
		}
		if _, ok := keyword(chinese); !ok {
			t.Errorf("%s stands for %s, which is no keyword", word, chinese)
		}
		if upper, ok := keyword(strings.ToUpper(word)); word != "last3" && (!ok || upper != chinese) {
			t.Errorf("%s in capitals stands for %s", word, upper)
		}
	}
}

func TestIsName(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"营业收入", "A级纳税人", "近期", "近3年", "last", "lasting", "window", "年度", "项", "R_D", "其他", "以上", "else", "ISO9001认证", "有效期至"} {
		if !IsName(name) {
			t.Errorf("%s is no name", name)
		}
	}
	for _, name := range []string{"", "3年", "且", "AND", "求和", "近3年度", "近", "last3", "LAST12", "当年", "window_start", "Window_End", "计分", "a b", "研发费用（万元）", "A-级", "Ａ级", "资质.类型"} {
		if IsName(name) {
			t.Errorf("%s is a name", name)
		}
	}
}
