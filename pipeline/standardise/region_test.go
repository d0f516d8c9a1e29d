package standardise

import (
	"strings"
	"testing"

	"zhida/schemas"
)

func TestRegion(t *testing.T) {
	t.Parallel()
	const chengdu = "91510100713021514X"
	tests := []struct {
		cells   string // region columns, joined by "|"
		address string
		code    string
		want    string // the region, then the flags: "5107 conflict"
	}{
		// nothing, or nothing that can be read
		{"", "", "91000000713021514X", ""},
		{"", "", "510000000031929", ""}, // no code of the form has no home
		{"N/A|无", "-", "91999999713021514X", ""},
		{"火星", "", chengdu, " unknown"},
		{"510706", "", chengdu, " unknown"}, // occurs in real data and in no table
		{"15010212345", "", chengdu, " unknown"},
		{"四川|火星", "", chengdu, "51 unknown"},
		// columns and address apart
		{"四川|成都", "康定市新区新天地2区10栋", chengdu, "51 conflict"},
		{"四川|绵阳", "浙江省温州经济技术开发区滨海六路2180号", chengdu, " conflict"},
		{"四川|德阳", "江油市中坝镇新华干道1幢4号1层", chengdu, "51 conflict"},
		{"四川|重庆", "", chengdu, " conflict"},
		{"510703|510704", "", chengdu, "5107 conflict"},
		{"游仙区", "绵阳市涪城区示例路1号", chengdu, "5107 conflict"}, // two counties of one city
		{"游仙区", "游仙区示例路1号", chengdu, "510704"},
		{"游仙区", "绵阳市示例路1号", chengdu, "510704"},
		{"四川|成都|绵阳", "绵阳市涪城区", chengdu, "51 conflict"},
		// the home serves where nothing is said
		{"", "", chengdu, "5101 home"},
		{"N/A", "人民南路四段28号", "91510703205451059P", "510703 home"},
		{"", "", "91510132774545653Y", "510118 home mapped"}, // 新津县 until 2020
		// codes, as of the delivery's day
		{"510703", "", "", "510703"},
		{"510700", "", "", "5107"},
		{"51", "", "", "51"},
		{"510703001001", "", "", "510703"},
		{"510724", "", "", "510705 mapped"}, // 安县 until 2016
		{"510702", "", "", "5107 coarse mapped"},
		{"510701", "", "", "5107"},
		{"510000|510700|510703", "", "", "510703"},
		{"510703|510000", "", "", "510703"},
		// names
		{"四川省绵阳市涪城区", "", "", "510703"},
		{"四川|绵阳|涪城", "", "", "510703"},
		{"阿坝", "", "", "5132"},
		{"四川|绵阳", "安县", "", "510705"},
		{"四川|绵阳", "绵阳市高新区火炬大厦", "", "5107"},
		{"四川|成都", "西区大道99号", "", "5101"},
		{"四川|成都", "四川省成都市成华区驷马桥", "", "510108"},
		{"四川|凉山", "西昌市土城巷23号", "", "513401"},
		{"", "四川省资阳市安岳县岳阳镇奎星路57号", "", "512021"},
		// 简阳 went from 资阳 to 成都: the column is old, the address right
		{"四川|资阳", "简阳市平泉镇", "", "510185 mapped"},
	}
	s := mustNew(t, registrationData())
	r := s.fields[6].region
	on := schemas.NewDate(2026, 6, 15)
	for _, test := range tests {
		shaped := len(test.code) == 18
		v := r.settle(r.readColumns(strings.Split(test.cells, "|"), on), fold(test.address), test.code, shaped, on)
		if got := regionShown(r, v); got != test.want {
			t.Errorf("%q, %q, %s: got %q, want %q", test.cells, test.address, test.code, got, test.want)
		}
	}
}

func regionShown(r *region, v value) string {
	out := v.text
	for _, f := range v.flags {
		switch f {
		case r.unknown:
			out += " unknown"
		case r.conflict:
			out += " conflict"
		case r.coarse:
			out += " coarse"
		}
	}
	if v.home {
		out += " home"
	}
	if v.mapped {
		out += " mapped"
	}
	if v.known != (v.text != "") {
		out += " known?"
	}
	return out
}

// TestRegionAsOf reads an abolished code before and after it was abolished.
func TestRegionAsOf(t *testing.T) {
	t.Parallel()
	r := mustNew(t, registrationData()).fields[6].region
	for _, test := range []struct {
		year int
		want string
	}{{2012, "510724"}, {2020, "510705"}} {
		if p := r.readColumns([]string{"510724"}, schemas.NewDate(test.year, 6, 1)); p.code != test.want {
			t.Errorf("510724 in %d: got %q, want %q", test.year, p.code, test.want)
		}
	}
}

// TestFallback: the code says where an enterprise is registered, not where anything else is.
func TestFallback(t *testing.T) {
	t.Parallel()
	region := func(name string) schemas.Field { return schemas.Field{Name: name, Type: schemas.FieldRegion} }
	tests := []struct {
		role  schemas.Role
		scope string
		want  [2]bool
	}{
		{schemas.RoleFacts, "", [2]bool{}},
		{schemas.RoleFacts, "项目地", [2]bool{}},
		{schemas.RoleRegistration, "", [2]bool{true, false}},
		{schemas.RoleRegistration, "经营地", [2]bool{false, true}},
	}
	for _, test := range tests {
		fields := []schemas.Field{region("项目地"), region("经营地")}
		s := mustNew(t, &schemas.Dataset{
			Name: "d", Role: test.role, Scope: test.scope, Code: schemas.Code{Columns: []string{"代码"}}, Fields: fields,
		})
		if got := [2]bool{s.fields[0].region.fallback, s.fields[1].region.fallback}; got != test.want {
			t.Errorf("%s with scope %q: got %v, want %v", test.role, test.scope, got, test.want)
		}
	}
}
