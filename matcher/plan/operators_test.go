package plan_test

import (
	"reflect"
	"testing"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// everyOperator lists whatever the grammar can say, as operators names it.
func everyOperator() []string {
	return []string{
		"且", "或", "非", "至少", "至多", ">=", "<=", ">", "<", "=", "!=",
		"属于", "不属于", "除", "[…]", "a..b", "目录", "在 a..b", "在 year", "含", "标签", "已知", "评审", "承诺",
		"有", "每", "计数", "近N年度", "求和", "平均", "最大 of rows", "最小 of rows", "最早", "最新", "种数", "of an expression",
		"+", "-", "*", "/", "- x", "封顶", "保底", "最大(…)", "最小(…)",
		"分档", "分档 head", "case without left side", "累进", "以上", "计分",
		"@", "@2024", "@前年", "@上年", "@本年", "@(… + n)", "参数", "指标 by rule",
		"number", "万 亿", "unit", "%", "unit / unit", "date", "span", "str", "是 否", "今天", "申报开始", "申报截止", "year as value",
	}
}

// operators names what a condition is made of.
func operators(t *testing.T, text string) map[string]bool {
	t.Helper()
	tree, faults := condition.Parse(schemas.Text{Text: text})
	if len(faults) > 0 {
		t.Fatalf("%s\n%v", text, faults)
	}
	out := map[string]bool{}
	collect(reflect.ValueOf(tree.Root), out)
	return out
}

// collect goes through everything a node holds.
func collect(v reflect.Value, out map[string]bool) {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() {
			return
		}
		if v.CanInterface() {
			name(v.Interface(), out)
		}
		collect(v.Elem(), out)
	case reflect.Slice:
		for i := range v.Len() {
			collect(v.Index(i), out)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				collect(v.Field(i), out)
			}
		}
	}
}

// name names one piece of syntax.
func name(node any, out map[string]bool) {
	say := func(when bool, name string) {
		if when {
			out[name] = true
		}
	}
	switch n := node.(type) {
	case *condition.Chain:
		out[n.Join] = true
	case *condition.Negation:
		out["非"] = true
	case *condition.Counting:
		out[n.Word] = true
	case *condition.Relation:
		out[n.Op] = true
	case *condition.Membership:
		say(!n.Outside, "属于")
		say(n.Outside, "不属于")
		say(len(n.Except) > 0, "除")
		say(len(n.Members) > 1, "[…]")
	case *condition.Item:
		say(n.High != "", "a..b")
		say(n.Catalog, "目录")
		say(n.Quoted, "str")
	case *condition.During:
		say(n.High != nil, "在 a..b")
		say(n.High == nil, "在 year")
	case *condition.Containing:
		out["含"] = true
	case *condition.TagName:
		out["标签"] = true
	case *condition.Knowing:
		out["已知"] = true
	case *condition.Statement:
		out[n.Word] = true
	case *condition.Rows:
		out[n.Word] = true
	case *condition.Source:
		say(n.Years > 0, "近N年度")
	case *condition.Folding:
		rows := ""
		if n.Word == "最大" || n.Word == "最小" {
			rows = " of rows"
		}
		out[n.Word+rows] = true
		_, plain := n.Of.(*condition.Name)
		say(!plain, "of an expression")
	case *condition.Tiering:
		out["分档"] = true
		say(n.Head != nil, "分档 head")
	case *condition.Branch:
		say(n.Partial, "case without left side")
	case *condition.Banding:
		out["累进"] = true
		say(n.Above != nil, "以上")
	case *condition.Scoring:
		out["计分"] = true
	default:
		nameValue(node, say)
	}
}

func nameValue(node any, say func(when bool, name string)) {
	switch n := node.(type) {
	case *condition.Sum:
		say(true, n.Op)
	case *condition.Product:
		say(true, n.Op)
	case *condition.Minus:
		say(true, "- x")
	case *condition.Cap:
		say(true, n.Op)
	case *condition.Utmost:
		say(true, n.Word+"(…)")
	case *condition.InYear:
		say(true, "@")
		say(n.Year.Number != 0, "@2024")
		say(n.Year.Number == 0, "@"+n.Year.Word)
		say(n.Year.Plus != 0, "@(… + n)")
	case *condition.ParamName:
		say(true, "参数")
	case *condition.Name:
		say(derived()[n.Text] != "", "指标 by rule")
	case *condition.Quantity:
		say(true, "number")
		say(n.Scale != "", "万 亿")
		say(n.Unit == "%" || n.Unit == "‰", "%")
		say(n.Unit != "" && n.Unit != "%" && n.Unit != "‰", "unit")
		say(n.Per != "", "unit / unit")
	case *condition.Period:
		say(true, "span")
	case *condition.Calendar:
		say(true, "date")
	case *condition.Quoted:
		say(true, "str")
	case *condition.YesNo:
		say(true, "是 否")
	case *condition.Now:
		say(true, n.Word)
	case *condition.YearWord:
		say(true, "year as value")
	}
}
