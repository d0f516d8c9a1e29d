package schemas

import (
	"strings"
	"testing"
)

func TestNormalRegion(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"510700": "5107", "510000": "51", "510703": "510703", "5107": "5107", "51": "51", "5100": "51", "110100": "1101",
		"": "", "5": "", "510": "", "51070": "", "5107030": "", "51070a": "", "000000": "", "绵阳市": "",
	} {
		if got := NormalRegion(in); got != want {
			t.Errorf("NormalRegion(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestRegion(t *testing.T) {
	t.Parallel()
	c := NewCodes()
	for _, tc := range []struct {
		code string
		want RegionInfo
	}{
		{"510703", RegionInfo{"510703", "涪城区", 1992, 0, "5107"}},
		{"510700", RegionInfo{"5107", "绵阳市", 1985, 0, "51"}},
		{"51", RegionInfo{"51", "四川省", 0, 0, ""}},
		{"510724", RegionInfo{"510724", "安县", 1985, 2016, "5107"}},
		{"511400", RegionInfo{"5114", "眉山市", 2000, 0, "51"}},
		{"510726", RegionInfo{"510726", "北川羌族自治县", 2003, 0, "5107"}},
	} {
		if got, ok := c.Region(tc.code); !ok || got != tc.want {
			t.Errorf("Region(%s) = %+v, %v; want %+v", tc.code, got, ok, tc.want)
		}
	}
	for _, code := range []string{"510706", "", "99", "510799"} {
		if got, ok := c.Region(code); ok {
			t.Errorf("Region(%q) = %+v", code, got)
		}
	}
}

func TestCurrentRegion(t *testing.T) {
	t.Parallel()
	c := NewCodes()
	today := NewDate(2026, 6, 15)
	for _, tc := range []struct {
		code string
		on   Date
		want string
		note string
	}{
		{"510703", today, "510703", ""},
		{"510700", today, "5107", ""},
		{"510724", today, "510705", "行政区划代码510724（安县）已于2016年撤销"},
		{"510724", NewDate(2015, 12, 31), "510724", ""},
		{"510724", NewDate(2016, 1, 1), "510705", "行政区划代码510724（安县）已于2016年撤销"},
		{"510132", today, "510118", "行政区划代码510132（新津县）已于2020年撤销"},
		{"512081", today, "510185", "行政区划代码512081（简阳市）已于2016年撤销"},
		{"510702", today, "5107", "行政区划代码510702（市中区）已于1992年撤销"}, // split into 涪城 and 游仙
		{"510701", today, "5107", ""}, // 市辖区
		{"511028", today, "511083", "行政区划代码511028（隆昌县）已于2017年撤销"},
		{"512901", today, "5113", "行政区划代码512901（南充市）已于1993年撤销"},
		{"510112", today, "510112", ""}, // 龙泉驿
		{"510524", today, "510524", ""}, // 叙永
		{"513226", today, "513226", ""},
	} {
		got, ok, note := c.CurrentRegion(tc.code, tc.on)
		if !ok || got != tc.want || note != tc.note {
			t.Errorf("CurrentRegion(%s, %s) = %q, %v, %q; want %q, %q", tc.code, tc.on, got, ok, note, tc.want, tc.note)
		}
	}
	if got, ok, _ := c.CurrentRegion("510706", today); ok {
		t.Errorf("510706 is in no table, but is %q", got)
	}
}

// TestSichuanSuccessors has every county of Sichuan abolished since 2000, by name.
func TestSichuanSuccessors(t *testing.T) {
	t.Parallel()
	c := NewCodes()
	for old, want := range map[string]string{
		"510122": "双流区", "510123": "温江区", "510124": "郫都区", "510125": "新都区", "510132": "新津区", "510626": "罗江区",
		"510724": "安州区", "510922": "射洪市", "511028": "隆昌市", "511422": "彭山区", "511521": "叙州区", "511522": "南溪区",
		"511721": "达川区", "511821": "名山区", "512081": "简阳市", "513229": "马尔康市", "513321": "康定市", "513425": "会理市",
	} {
		code, ok, _ := c.CurrentRegion(old, NewDate(2026, 6, 15))
		info, _ := c.Region(code)
		if !ok || info.Name != want || info.To != 0 {
			t.Errorf("%s has become %+v, want %s", old, info, want)
		}
	}
}

// TestAliasTable: every abolished code has a successor that is in force, in the same province unless Chongqing or Hainan
// left it.
func TestAliasTable(t *testing.T) {
	t.Parallel()
	c := NewCodes()
	for key, rows := range c.regions {
		last := rows[len(rows)-1]
		alias, aliased := c.aliases[key]
		if aliased != (last.To != 0) {
			t.Errorf("%s %s: abolished %v, alias %v", key, last.Name, last.To, aliased)
		}
		if !aliased {
			continue
		}
		now := c.current(last.Code)
		info, ok := c.Region(now)
		if !ok || info.To != 0 {
			t.Errorf("%s %s: has become %q", key, last.Name, now)
		}
		from, to := key[:2], now[:2]
		if from != to && (from != "51" || to != "50") && (from != "44" || to != "46") {
			t.Errorf("%s %s: has moved to %s", key, last.Name, now)
		}
		if alias.from == 0 {
			t.Errorf("%s: no year", key)
		}
	}
}

func TestAddRegions(t *testing.T) {
	t.Parallel()
	c := NewCodes()
	if err := c.AddRegions([][]string{{"510706", "高新区", "1992", ""}}); err != nil {
		t.Fatal(err)
	}
	if got := c.RegionOfAddress("绵阳市高新区永兴镇", ""); got != "510706" {
		t.Errorf("the workspace's region is read as %q", got)
	}
	if got := HomeOf("91510706MA00000000", c, nil); got != "510706" {
		t.Errorf("its home is %s", got)
	}
	if err := c.AddRegionAliases([][]string{{"510706", "510703", "2030"}}); err != nil {
		t.Fatal(err)
	}
	for _, rows := range [][][]string{{{"510706"}}, {{"x", "高新区", "", ""}}, {{"510707", "", "", ""}}, {{"510707", "y", "then", ""}}, {{"510707", "y", "", "12"}}} {
		if err := c.AddRegions(rows); err == nil {
			t.Errorf("AddRegions accepts %q", rows)
		}
	}
	for _, rows := range [][][]string{{{"510706"}}, {{"510799", "510798", ""}}, {{"x", "510703", ""}}, {{"510799", "510703", "soon"}}} {
		if err := c.AddRegionAliases(rows); err == nil {
			t.Errorf("AddRegionAliases accepts %q", rows)
		}
	}
}

func TestIndustry(t *testing.T) {
	t.Parallel()
	c := NewCodes()
	for in, want := range map[string]string{
		"3911": "C3911", "C3911": "C3911", "c39": "C39", "39": "C39", "C": "C", "I65": "I65", "011": "A011", "01": "A01", "Ｃ３９": "C39",
		"T97": "T97", "97": "T97", "制造业": "C", "软件和信息技术服务业": "I65", "C39 计算机、通信和其他电子设备制造业": "C39", "C-39": "",
		"B39": "", "9999": "", "": "", "电子": "", "39计算机": "",
	} {
		got, ok := c.NormalIndustry(in)
		if got != want || ok != (want != "") {
			t.Errorf("NormalIndustry(%q) = %q, %v; want %q", in, got, ok, want)
		}
	}
	want := IndustryInfo{"C3911", "计算机整机制造", "C391"}
	if got, ok := c.Industry("3911"); !ok || got != want {
		t.Errorf("Industry(3911) = %+v, %v; want %+v", got, ok, want)
	}
}

// TestIndustryTable counts GB/T 4754-2017 (DOMAIN.md) and checks that every code extends its parent's.
func TestIndustryTable(t *testing.T) {
	t.Parallel()
	count := map[int]int{}
	for code, info := range NewCodes().industries {
		if code != info.Code {
			continue
		}
		count[len(code)]++
		if !strings.HasPrefix(info.Code, info.Parent) || info.Code == info.Parent {
			t.Errorf("%s is not below %q", info.Code, info.Parent)
		}
	}
	if count[1] != 20 || count[3] != 97 || count[4] != 473 || count[5] != 1381 {
		t.Errorf("sections, divisions, groups, classes: %v", count)
	}
}

func TestContains(t *testing.T) {
	t.Parallel()
	c := NewCodes()
	for _, tc := range []struct {
		system, set, code string
		want              bool
	}{
		{SystemRegion, "510700", "510703", true},
		{SystemRegion, "5107", "510700", true},
		{SystemRegion, "510703", "510700", false},
		{SystemRegion, "510000", "510104", true},
		{SystemRegion, "510700", "510104", false},
		{SystemRegion, "999999", "999999", false},
		{SystemIndustry, "C", "3911", true},
		{SystemIndustry, "C39", "C3911", true},
		{SystemIndustry, "39", "C38", false},
		{SystemIndustry, "C39", "C", false},
		{"other", "C", "C", false},
	} {
		if got := c.Contains(tc.system, tc.set, tc.code); got != tc.want {
			t.Errorf("%s %s contains %s: %v", tc.system, tc.set, tc.code, got)
		}
	}
}

func TestSuggest(t *testing.T) {
	t.Parallel()
	c := NewCodes()
	for _, tc := range []struct{ system, text, want string }{
		{SystemRegion, "涪城区", "510703（涪城区）"},
		{SystemRegion, "绵阳", "510700（绵阳市）"},
		{SystemRegion, "绵阳市江油市", "510781（江油市）"},
		{SystemRegion, "涪成区", "510703（涪城区）"},
		{SystemRegion, "武候区", "510107（武侯区）"},
		{SystemRegion, "510709", "510705（安州区）"},
		{SystemRegion, "火星", ""},
		{SystemIndustry, "制造", "C（制造业）"},
		{SystemIndustry, "软件", "I（信息传输、软件和信息技术服务业）"},
		{SystemIndustry, "B39", "C39（计算机、通信和其他电子设备制造业）"},
		{SystemIndustry, "C3999", "C399（其他电子设备制造）"},
		{SystemIndustry, "火星", ""},
		{"other", "x", ""},
	} {
		if got := c.Suggest(tc.system, tc.text); got != tc.want {
			t.Errorf("Suggest(%s, %s) = %q, want %q", tc.system, tc.text, got, tc.want)
		}
	}
}

func TestSuggestRegion(t *testing.T) {
	t.Parallel()
	codes := NewCodes()
	for text, want := range map[string]string{
		"510706": "510705（安州区）", "510799": "510781（江油市）", "519999": "513437（雷波县）", "5": "", "999999": "", "0": "",
	} {
		if got := codes.Suggest(SystemRegion, text); got != want {
			t.Errorf("Suggest(%q) = %q, want %q", text, got, want)
		}
	}
}
