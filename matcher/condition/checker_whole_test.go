package condition

import (
	"strings"
	"testing"

	"zhida/schemas"
)

// TestCasesOfTheLanguage: the conditions of LANGUAGE.md's cases mean what they say.
func TestCasesOfTheLanguage(t *testing.T) {
	t.Parallel()
	env := environment()
	count := func(name string) {
		env.Attributes[name] = &schemas.Attribute{Name: name, Type: schemas.Type{Kind: schemas.KindNumber, Unit: "件"}, Range: schemas.Range{Low: new(int64)}}
	}
	for _, name := range []string{"实用新型专利数", "外观设计专利数", "软件著作权数", "集成电路布图设计数", "研发机构人数"} {
		count(name)
	}
	for _, text := range []string{
		`发明专利数 + 实用新型专利数 + 外观设计专利数 + 软件著作权数 >= 1件`,
		`研发费用 / 营业收入 >= 分档 营业收入 (<= 3000万: 5%; <= 1亿: 4%; 其他: 3%)`,
		`求和 近3年度.研发投入 >= 200万`,
		`发明专利数 >= 1件 或 集成电路布图设计数 >= 1件 或 实用新型专利数 + 外观设计专利数 + 软件著作权数 >= 4件`,
		`有 资质(类型 = "市级企业技术中心" 且 认定日期 + 1年 <= 今天)`,
		`研发机构人数 >= 分档(行业 属于 I65: 30人; 其他: 15人)`,
		`5*发明专利数 + 2*实用新型专利数 + 外观设计专利数 >= 20分`,
		`注册资本 <= 1000万元`,
		`至少 2 项 (是否上市, 标签 高新技术企业, 已知(行业))`,
		`行业 不属于 C39`,
		`研发费用 >= 营业收入 * 3%`,
		`非 有 失信(立案日期 <= 今天)`,
		`计数 失信() < 2`,
		`最早 资质(类型 = "市级企业技术中心").认定日期 在 上年`,
		`最新 资质().有效期至 < 今天 且 非 最新 资质().有效期至 < 今天`,
	} {
		x, faults := Compile(schemas.Text{Text: text}, env)
		if len(faults) > 0 {
			t.Errorf("%s", faults.Error())
		}
		if problem := broken(x); problem != "" {
			t.Errorf("%s: %s", text, problem)
		}
	}
}

// TestYearsOfDerived: a derived attribute in a year reads what it reads as of that year.
func TestYearsOfDerived(t *testing.T) {
	t.Parallel()
	env := environment()
	for text, want := range map[string]string{
		"研发强度":              `(/ (attribute "研发投入" @-1) (attribute "销售收入" @-1))`,
		"研发强度@本年":           `(/ (attribute "研发投入" @+0) (attribute "销售收入" @+0))`,
		"研发强度@2020":         `(/ (attribute "研发投入" @2020) (attribute "销售收入" @2020))`,
		"销售增长@前年":           `(- (/ (attribute "销售收入" @-2) (attribute "销售收入" @-3)) (number 1 ""))`,
		"销售增长@2020":         `(- (/ (attribute "销售收入" @2020) (attribute "销售收入" @2019)) (number 1 ""))`,
		"强度变化@2020":         `(- (/ (attribute "研发投入" @2020) (attribute "销售收入" @2020)) (/ (attribute "研发投入" @2019) (attribute "销售收入" @2019)))`,
		"平均 近3年度.研发强度":      `(average last 3 of (/ (field last 3 "研发投入") (field last 3 "销售收入")))`,
		"求和 近2年度.研发投入@上年":   "",
		"平均 近3年度.销售增长":      "",
		"三年研发@2020":         "",
		"最近认定@2020":         "",
		"平均 近3年度.(研发强度@上年)": "",
	} {
		v, faults := CompileValue(schemas.Text{Text: text}, env)
		switch {
		case want == "" && len(faults) == 0:
			t.Errorf("%s is taken for %s", text, ValueKey(v))
		case want != "" && len(faults) > 0:
			t.Errorf("%s", faults.Error())
		case want != "" && ValueKey(v) != want:
			t.Errorf("%s\n got %s\nwant %s", text, ValueKey(v), want)
		}
	}
}

// TestUnits: what a value is measured in.
func TestUnits(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]schemas.Unit{
		"研发费用 * 10%":                  "元",
		"研发费用 * 10% 封顶 100万":          "元",
		"营业收入 / 从业人数":                 "元",
		"营业收入 / 用地面积":                 "元/平方米",
		"营业收入 / 用地面积 * 用地面积":          "元",
		"营业收入 / 研发费用":                 "",
		"5 * 发明专利数":                   "个",
		"从业人数 / 发明专利数":                "",
		"从业人数 * 500元":                 "元",
		"用地面积 * 20万元/亩":               "元",
		"计数 贷款 * 10":                  "个",
		"计数 贷款 * 10万元":                "元",
		"100万":                        "",
		"100万 * 10%":                  "",
		"累进 营业收入(1亿: 1%)":             "元",
		"累进 从业人数(10: 500元; 以上: 100元)": "元",
		"计分(是否上市: 10分; 挂牌: 5)":        "个",
		"-研发费用":                       "元",
		"缴税 + 研发投入":                   "元",
		"最大(从业人数, 3)":                 "人",
	} {
		v, faults := CompileValue(schemas.Text{Text: text}, environment())
		if len(faults) > 0 {
			t.Errorf("%s", faults.Error())
			continue
		}
		if got := v.Type().Unit; got != want {
			t.Errorf("%s is in %q, want %q", text, got, want)
		}
	}
}

// TestFields: a field's numbers are bounded by its document, and yearly ones are columns of their year.
func TestFields(t *testing.T) {
	t.Parallel()
	v, faults := CompileValue(schemas.Text{Text: "求和 贷款.金额 + 研发投入"}, environment())
	if len(faults) > 0 {
		t.Fatal(faults.Error())
	}
	sum := v.(Arithmetic)
	if of := sum.Left.(Fold).Of.(Column); of.Range.Low == nil || *of.Range.Low != 0 || of.Range.High != nil {
		t.Errorf("%+v", of)
	}
	if c := sum.Right.(Column); !c.Yearly || c.Year != (Year{Offset: -1}) || c.Range.Low == nil {
		t.Errorf("%+v", c)
	}
}

// TestEnvironmentIsOnlyRead: checking a text that names derived attributes and parameters changes neither.
func TestEnvironmentIsOnlyRead(t *testing.T) {
	t.Parallel()
	env := environment()
	before := map[string]string{}
	for name, tree := range env.Derived {
		before[name] = Format(tree.Root)
	}
	for name, tree := range env.Params {
		before[wordParam+name] = Format(tree.Root)
	}
	text := `研发强度 > 1 且 产业类别 = "软件业" 且 有 资质(类型 = 参数 中心) 且 挂牌 且 名称 = 参数 中心 且 营业收入 > 参数 门槛`
	if _, faults := Compile(schemas.Text{Text: text}, env); len(faults) > 0 {
		t.Fatal(faults.Error())
	}
	for name, tree := range env.Derived {
		if got := Format(tree.Root); got != before[name] {
			t.Errorf("%s became %s", before[name], got)
		}
	}
	for name, tree := range env.Params {
		if got := Format(tree.Root); got != before[wordParam+name] {
			t.Errorf("%s became %s", before[wordParam+name], got)
		}
	}
}

// TestCheckParam: a parameter is one literal.
func TestCheckParam(t *testing.T) {
	t.Parallel()
	for text, good := range map[string]bool{
		"100万元": true, "-5%": true, "1年6月": true, "2024-01-01": true, `"甲"`: true, "是": true, "20万元/亩": true,
		"营业收入": false, "1 + 1": false, "今天": false, "上年": false, "营业收入 > 1": false, "参数 甲": false,
	} {
		tree, faults := Parse(schemas.Text{Text: text})
		if len(faults) > 0 {
			t.Fatal(faults.Error())
		}
		if faults := CheckParam(tree); (len(faults) == 0) != good {
			t.Errorf("%s: %v", text, faults)
		}
	}
	tree, _ := Parse(schemas.Text{Text: "(1"})
	if faults := CheckParam(tree); len(faults) != 0 {
		t.Errorf("a fault of Parse is told again: %v", faults)
	}
}

// TestStatements: the parts that data cannot decide, in order, each once.
func TestStatements(t *testing.T) {
	t.Parallel()
	text := `评审 "甲" 且 (承诺 "乙" 或 是否上市) 且 至少 1 项(评审 "丙", 评审 "甲")`
	x, faults := Compile(schemas.Text{Text: text}, itemEnvironment())
	if len(faults) > 0 {
		t.Fatal(faults.Error())
	}
	var got []string
	for _, s := range Statements(x) {
		got = append(got, Format(s.Node()))
	}
	if strings.Join(got, ";") != `评审 "甲";承诺 "乙";评审 "丙"` {
		t.Errorf("%q", got)
	}
}
