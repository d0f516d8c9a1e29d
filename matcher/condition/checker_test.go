package condition

import (
	"testing"

	"zhida/schemas"
)

// TestMeaning: what the words of the language are checked to. The keys show attributes, bounds and relations.
func TestMeaning(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		// Ages: full on the day itself, beyond it from the next day on; from either side.
		{`成立年限 >= 1年`, `(<= (shift (attribute "成立日期") 1年) today)`},
		{`成立年限 > 1年`, `(< (shift (attribute "成立日期") 1年) today)`},
		{`成立年限 < 1年`, `(< today (shift (attribute "成立日期") 1年))`},
		{`成立年限 <= 1年`, `(<= today (shift (attribute "成立日期") 1年))`},
		{`1年 <= 成立年限`, `(<= (shift (attribute "成立日期") 1年) today)`},
		{`1年 < 成立年限`, `(< (shift (attribute "成立日期") 1年) today)`},
		{`成立年限 在 1年..3年`, `(and (<= (shift (attribute "成立日期") 1年) today) (<= today (shift (attribute "成立日期") 3年)))`},
		{`已知(成立年限)`, `(known (attribute "成立日期"))`},
		{`有 资质(认定年限 >= 6月)`, `(some "qualification" (<= (shift (field "qualification" "认定日期") 6月) today))`},

		// Spans and years.
		{`今天 - 1年6月 >= 成立日期`, `(<= (attribute "成立日期") (shift today -1年-6月))`},
		{`成立日期 在 2024年`, `(and (<= (attribute "成立日期") 2024-12-31) (<= 2024-01-01 (attribute "成立日期")))`},
		{`成立日期 在 2023年..2024年`, `(and (<= (attribute "成立日期") 2024-12-31) (<= 2023-01-01 (attribute "成立日期")))`},
		{`成立日期 在 2023-05-01..2024年`, `(and (<= (attribute "成立日期") 2024-12-31) (<= 2023-05-01 (attribute "成立日期")))`},

		// Numbers are exact, in the base unit.
		{`营业收入 >= 2000万`, `(<= (number 20000000 "元") (attribute "营业收入"))`},
		{`营业收入 >= 0.1亿元`, `(<= (number 10000000 "元") (attribute "营业收入"))`},
		{`总资产 >= 0.1万元`, `(<= (number 1000 "元") (attribute "总资产"))`},
		{`用地面积 >= 1亩`, `(<= (number 2000/3 "平方米") (attribute "用地面积"))`},
		{`收入增长率 >= 3%`, `(<= (number 3/100 "") (attribute "收入增长率"))`},
		{`收入增长率 >= -0.5‰`, `(<= (number -1/2000 "") (attribute "收入增长率"))`},
		{`收入增长率 >= 0.1`, `(<= (number 1/10 "") (attribute "收入增长率"))`},
		{`外方资本 >= 1万`, `(<= (number 10000 "美元") (attribute "外方资本"))`},

		// Negated forms are Not of their counterparts.
		{`从业人数 != 3`, `(not (= (attribute "从业人数") (number 3 "个")))`},
		{`行业 不属于 C`, `(not (in (attribute "行业") "C"))`},
		{`是否上市`, `(= (attribute "是否上市") true)`},
		{`是否上市 != 是`, `(not (= (attribute "是否上市") true))`},

		// Codes in their stored form.
		{`注册地 属于 [510000, 5107, 510703]`, `(in (attribute "注册地") "51" "5107" "510703")`},
		{`注册地 属于 510724`, `(in (attribute "注册地") "510705")`},
		{`行业 属于 [39, 3911, c4]`, ``},
		{`行业 属于 13..15 除 1311`, `(in (attribute "行业") "C13" "C14" "C15" except "C1311")`},
		{`行业 属于 12..14`, `(in (attribute "行业") "B12" "C13" "C14")`},

		// Rows.
		{`有 失信`, `(some "dishonest")`},
		{`每 qualification(有效)`, `(every "qualification" (= (field "qualification" "有效") true))`},
	}
	env := environment()
	for _, test := range tests {
		x, faults := Compile(schemas.Text{Text: test.text}, env)
		switch {
		case test.want == "" && len(faults) == 0:
			t.Errorf("%s is taken for %s", test.text, Key(x))
		case test.want != "" && len(faults) > 0:
			t.Errorf("%s", faults.Error())
		case test.want != "" && Key(x) != test.want:
			t.Errorf("%s\n got %s\nwant %s", test.text, Key(x), test.want)
		}
	}
}

// TestColumns: a column says where it is and what an unknown one can be.
func TestColumns(t *testing.T) {
	t.Parallel()
	env := environment()
	x, faults := Compile(schemas.Text{Text: `从业人数 >= 1 且 有 资质(奖励金额 >= 1元)`}, env)
	if len(faults) > 0 {
		t.Fatal(faults.Error())
	}
	parts := x.(And).Parts
	attribute := parts[0].(Compare).Left.(Column)
	if attribute.Dataset != nil || attribute.Range.Low == nil || attribute.Kind.Unit != "人" {
		t.Errorf("attribute %+v", attribute)
	}
	field := parts[1].(Exists).Where.(Compare).Left.(Column)
	if field.Dataset != env.Datasets["资质"] || field.Range.Low != nil || field.Kind.Scale != schemas.MoneyScale || field.Kind.Unit != "元" {
		t.Errorf("field %+v", field)
	}
}

// TestCheckAgain: a tree may be checked against another environment; faults of Parse stay with it.
func TestCheckAgain(t *testing.T) {
	t.Parallel()
	env, empty := environment(), &Env{Codes: codes()}
	tree, faults := Parse(schemas.Text{Text: "营业收入 >= 1"})
	if len(faults) > 0 {
		t.Fatal(faults.Error())
	}
	if x, faults := Check(tree, empty); x != nil || len(faults) != 1 {
		t.Errorf("%v %v", x, faults)
	}
	if x, faults := Check(tree, env); x == nil || len(faults) != 0 {
		t.Errorf("%v %v", x, faults)
	}
	tree, faults = Parse(schemas.Text{Text: "(营业收入 >= 1"})
	if len(faults) != 1 {
		t.Fatal(faults.Error())
	}
	if x, faults := Check(tree, env); x != nil || len(faults) != 0 {
		t.Errorf("%v %v", x, faults)
	}
}

// TestRegionsOfAnotherDay: as of a day before it was abolished, a region is what it was.
func TestRegionsOfAnotherDay(t *testing.T) {
	t.Parallel()
	env := environment()
	env.On = schemas.NewDate(2015, 6, 15)
	x, faults := Compile(schemas.Text{Text: "注册地 属于 510724"}, env)
	if len(faults) > 0 || Key(x) != `(in (attribute "注册地") "510724")` {
		t.Errorf("%v %v", x, faults)
	}
}
