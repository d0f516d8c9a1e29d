package condition

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zhida/schemas"
)

// dump is the structure of syntax without its places.
func dump(n any) string {
	var b strings.Builder
	dumpTo(&b, reflect.ValueOf(n))
	return b.String()
}

func dumpTo(b *strings.Builder, v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			b.WriteString("nil")
			return
		}
		dumpTo(b, v.Elem())
	case reflect.Slice:
		for i := range v.Len() {
			dumpTo(b, v.Index(i))
		}
	case reflect.Struct:
		if _, ok := v.Interface().(Extent); ok {
			return
		}
		b.WriteString("(" + v.Type().Name())
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				b.WriteByte(' ')
				dumpTo(b, v.Field(i))
			}
		}
		b.WriteByte(')')
	default:
		fmt.Fprintf(b, "%v", v.Interface())
	}
}

// grammar draws texts by the rules of LANGUAGE.md, whatever they mean.
type grammar struct{ writer }

func newGrammar(t *rapid.T) *grammar { return &grammar{writer{t: t}} }

// any writes an expression.
func (g *grammar) any(depth int) {
	if depth <= 0 {
		g.atom(0)
		return
	}
	switch g.pick(8, "expr") {
	case 0:
		g.chained(depth, spelled{"且", "and"})
	case 1:
		g.chained(depth, spelled{"或", "or"})
	case 2:
		g.add("非", "not")
		g.relation(depth - 1)
	case 3, 4:
		g.relation(depth)
	default:
		g.value(depth)
	}
}

func (g *grammar) chained(depth int, join spelled) {
	for i := range 2 + g.pick(3, "parts") {
		if i > 0 {
			g.add(join...)
		}
		if g.pick(3, "brackets") == 0 {
			g.enclosed(func() { g.any(depth - 1) })
		} else {
			g.relation(depth - 1)
		}
	}
}

func (g *grammar) enclosed(inside func()) {
	g.add("(", "（")
	inside()
	g.add(")", "）")
}

func (g *grammar) relation(depth int) {
	g.value(depth - 1)
	switch g.pick(5, "relation") {
	case 0, 1:
		g.relator()
		g.value(depth - 1)
	case 2:
		g.members()
	case 3:
		g.add("在", "between")
		g.value(depth - 1)
		if g.pick(2, "interval") == 1 {
			g.add("..", "．．")
			g.value(depth - 1)
		}
	default:
		g.add("含", "contains")
		if g.pick(2, "list") == 0 {
			g.add(`"科技"`, `“科技”`)
			return
		}
		g.add("[", "［")
		g.add(`"科技"`)
		g.add(",", "，", "、")
		g.add(`"技术、服务"`)
		g.add("]", "］")
	}
}

func (g *grammar) members() {
	g.tokens = append(g.tokens, []spelled{{"属于", "in"}, {"不属于", "notin"}}[g.pick(2, "in")])
	for i := range 1 + g.pick(2, "except") {
		if i > 0 {
			g.add("除", "except")
		}
		if g.pick(2, "list") == 0 {
			g.item()
			continue
		}
		g.add("[", "［")
		g.item()
		g.add(",", "，", "、")
		g.item()
		g.add("]", "］")
	}
}

func (g *grammar) item() {
	switch g.pick(4, "item") {
	case 0:
		g.add("目录", "catalog")
		g.add("重点产业")
	case 1:
		g.add("C13")
		g.add("..", "．．")
		g.add("C15")
	case 2:
		g.add(`"小型"`, `“小型”`)
	default:
		g.oneOf("C39", "510700", "其他", "以上")
	}
}

// value writes what stands at a side of a relation.
func (g *grammar) value(depth int) {
	if depth <= 0 {
		g.atom(0)
		return
	}
	switch g.pick(6, "value") {
	case 0, 1:
		g.value(depth - 1)
		g.tokens = append(g.tokens, []spelled{
			{"+", "＋"}, {"-", "−", "－"}, {"*", "×", "＊"}, {"/", "÷", "／"}, {"封顶", "cap"}, {"保底", "floor"},
		}[g.pick(6, "sign")])
		g.value(depth - 1)
	case 2:
		g.add("-", "−")
		g.atom(depth - 1)
	case 3:
		g.atom(depth - 1)
		g.year()
	default:
		g.atom(depth)
	}
}

func (g *grammar) year() {
	g.add("@", "＠")
	switch g.pick(3, "year") {
	case 0:
		g.add("2024年", "2024", "２０２４年", "(2024)", "（2023+1）")
	case 1:
		g.tokens = append(g.tokens, []spelled{{"上年", "last_year"}, {"前年", "year_before"}, {"本年", "当年", "this_year"}}[g.pick(3, "word")])
	default:
		g.add("(上年-1)", "（上年 － 1）", "((上年) - 1年)", "((上年-2)+1)")
	}
}

func (g *grammar) atom(depth int) {
	if depth <= 0 {
		g.leaf()
		return
	}
	switch g.pick(12, "atom") {
	case 0:
		g.enclosed(func() { g.any(depth - 1) })
	case 1:
		g.add("已知", "known")
		g.enclosed(func() { g.any(depth - 1) })
	case 2:
		g.tokens = append(g.tokens, []spelled{{"最大", "max"}, {"最小", "min"}}[g.pick(2, "utmost")])
		g.enclosed(func() { g.parts(depth) })
	case 3:
		g.tokens = append(g.tokens, []spelled{{"至少", "atleast"}, {"至多", "atmost"}}[g.pick(2, "count")])
		g.add("2 项", "02", "２项")
		g.enclosed(func() { g.parts(depth) })
	case 4:
		g.tokens = append(g.tokens, []spelled{{"有", "has"}, {"每", "every"}, {"计数", "count"}}[g.pick(3, "rows")])
		g.source(depth)
	case 5, 6:
		g.tokens = append(g.tokens, []spelled{
			{"求和", "sum"}, {"平均", "avg"}, {"最大", "max"}, {"最小", "min"}, {"最早", "first"}, {"最新", "latest"}, {"种数", "distinct"},
		}[g.pick(7, "fold")])
		g.source(depth)
		g.add(".")
		if g.pick(2, "of") == 0 {
			g.oneOf("金额", "其他")
		} else {
			g.enclosed(func() { g.any(depth - 1) })
		}
	case 7, 8:
		g.tiers(depth)
	case 9:
		g.bands(depth)
	case 10:
		g.add("计分", "score")
		g.enclosed(func() { g.cases(func() { g.any(depth - 1) }, depth) })
	default:
		g.leaf()
	}
}

func (g *grammar) parts(depth int) {
	for i := range 1 + g.pick(3, "parts") {
		if i > 0 {
			g.add(",", "，", "、")
		}
		g.any(depth - 1)
	}
}

func (g *grammar) source(depth int) {
	if g.pick(2, "source") == 0 {
		g.add("近3年度", "last3", "近 3 年度", "近3 年度", "近３年度")
	} else {
		g.oneOf("贷款", "资质")
	}
	g.enclosed(func() { g.any(depth - 1) })
}

func (g *grammar) cases(when func(), depth int) {
	for i := range 1 + g.pick(3, "cases") {
		if i > 0 {
			g.add(";", "；")
		}
		when()
		g.add(":", "：")
		g.any(depth - 1)
	}
}

func (g *grammar) tiers(depth int) {
	g.add("分档", "tiers")
	head := g.pick(2, "head") == 1
	if head {
		g.enclosed(func() { g.value(0) })
		if g.pick(3, "year") == 0 {
			g.year()
		}
	}
	g.enclosed(func() {
		g.cases(func() {
			switch {
			case !head:
				g.any(depth - 1)
			case g.pick(2, "case") == 0:
				g.relator()
				g.value(depth - 1)
			default:
				g.members()
			}
		}, depth)
		g.add(";", "；")
		g.add("其他", "else")
		g.add(":", "：")
		g.any(depth - 1)
	})
}

func (g *grammar) bands(depth int) {
	g.add("累进", "bands")
	g.enclosed(func() { g.any(depth - 1) })
	g.enclosed(func() {
		g.cases(func() { g.value(depth - 1) }, depth)
		if g.pick(2, "above") == 1 {
			g.add(";", "；")
			g.add("以上", "above")
			g.add(":", "：")
			g.any(depth - 1)
		}
	})
}

// leaf writes what has no parts. Names that are words of one place are not among them: whether they are names depends
// on what follows.
func (g *grammar) leaf() {
	g.tokens = append(g.tokens, []spelled{
		{"营业收入"},
		{"a"},
		{"今天", "today"},
		{"申报开始", "window_start"},
		{"申报截止", "window_end"},
		{"上年", "last_year"},
		{"本年", "当年"},
		{"是", "true"},
		{"否", "false"},
		{"标签 高新技术企业", "tag 高新技术企业"},
		{"参数 门槛", "param 门槛"},
		{`评审 "技术、领先"`, `judged “技术、领先”`},
		{`承诺 "三年"`, `declared "三年"`},
		{"20万元/亩", "２０万元／亩"},
		{"3‰"},
		{"10%", "10.0％"},
		{"1.5亿", "01.50亿"},
		{"2000"},
		{"1年6月"},
		{"2025年"},
		{"2024-02-29", "2024年2月29日"},
		{`"小\"型"`},
	}[g.pick(22, "leaf")])
}

// TestGrammar: every text of the grammar is read; all its spellings have one canonical form, which reads back as the
// same syntax.
func TestGrammar(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		g := newGrammar(t)
		g.any(4)
		a, b := g.canonical(), g.noisy()
		x, faults := Parse(schemas.Text{Text: a})
		if len(faults) > 0 {
			t.Fatalf("%s\n%s", a, faults.Error())
		}
		y, faults := Parse(schemas.Text{Text: b})
		if len(faults) > 0 {
			t.Fatalf("%s\n%s", b, faults.Error())
		}
		if dump(x.Root) != dump(y.Root) {
			t.Fatalf("two spellings, two readings:\n%s\n%s\n%s\n%s", a, dump(x.Root), b, dump(y.Root))
		}
		text := Format(x.Root)
		z, faults := Parse(schemas.Text{Text: text})
		if len(faults) > 0 {
			t.Fatalf("%s becomes\n%s\n%s", a, text, faults.Error())
		}
		if dump(x.Root) != dump(z.Root) {
			t.Fatalf("%s becomes\n%s\nwhich is read as\n%s\nnot\n%s", a, text, dump(z.Root), dump(x.Root))
		}
		if again := Format(z.Root); again != text {
			t.Fatalf("formatting twice gives\n%s\nafter\n%s", again, text)
		}
	})
}
