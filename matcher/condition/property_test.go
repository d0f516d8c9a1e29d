package condition

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zhida/schemas"
)

// spelled is a token with the spellings that mean it, the canonical one first.
type spelled []string

// writer draws random conditions as tokens, so that one condition can be written in many ways.
type writer struct {
	t      *rapid.T
	tokens []spelled
	inRow  bool
	values int // levels of computed values that may still be written
}

func (w *writer) add(variants ...string) { w.tokens = append(w.tokens, variants) }

func (w *writer) pick(n int, label string) int { return rapid.IntRange(0, n-1).Draw(w.t, label) }

func (w *writer) oneOf(words ...string) { w.add(words[w.pick(len(words), "word")]) }

// condition writes a condition; depth bounds the levels below it.
func (w *writer) condition(depth int) {
	if depth == 0 {
		w.leaf()
		return
	}
	switch w.pick(6, "shape") {
	case 0, 1:
		w.chain(depth, spelled{"且", "and", "AND"})
	case 2, 3:
		w.chain(depth, spelled{"或", "or"})
	case 4:
		w.add("非", "not", "Not")
		w.bracketed(depth - 1)
	default:
		w.leaf()
	}
}

func (w *writer) chain(depth int, join spelled) {
	for i := range 2 + w.pick(4, "parts") {
		if i > 0 {
			w.add(join...)
		}
		w.bracketed(depth - 1)
	}
}

func (w *writer) bracketed(depth int) {
	w.add("(", "（")
	w.condition(depth)
	w.add(")", "）")
}

// leaf writes an elementary test over attributes, or in 有 over fields of 资质.
func (w *writer) leaf() {
	if w.inRow {
		w.rowLeaf()
		return
	}
	if w.values > 0 && w.pick(3, "whole") == 0 {
		w.values--
		w.wholeLeaf(w.pick(2, "levels"))
		w.values++
		return
	}
	switch w.pick(8, "leaf") {
	case 0:
		w.oneOf("营业收入", "研发费用", "注册资本")
		w.relator()
		w.number([]string{"", "万", "亿", "元", "万元", "千万元"})
	case 1:
		w.oneOf("从业人数", "发明专利数")
		w.add("在", "between")
		w.add("0", "００")
		w.add("..", "．．")
		w.number([]string{"", "人", "件"})
	case 2:
		w.codes("行业", []string{"C", "I65", "3911", "13..15", "A"}, "C39..C40")
	case 3:
		w.codes("注册地", []string{"51", "510703", "5108", "510724", "510722..510726"}, "510100")
	case 4:
		w.add("标签", "tag")
		w.oneOf("高新技术企业", "专精特新中小企业", "失信被执行人")
	case 5:
		w.rows()
	case 6:
		w.date("成立日期")
	default:
		w.other()
	}
}

func (w *writer) other() {
	switch w.pick(4, "other") {
	case 0:
		w.oneOf("成立年限", "核准年限")
		w.oneOf(">=", "<", ">", "<=")
		w.oneOf("1年", "2年6月", "90天")
	case 1:
		w.add("已知", "known")
		w.add("(")
		w.oneOf("营业收入", "规模", "成立日期")
		w.add(")")
	case 2:
		w.oneOf("规模", "规模", "名称")
		w.oneOf("=", "!=")
		w.add(`"小型"`, `“小型”`, `”小型“`)
	default:
		w.oneOf("是否上市")
		w.oneOf("=", "!=")
		w.add("是", "true")
	}
}

func (w *writer) rowLeaf() {
	switch w.pick(4, "row") {
	case 0:
		w.add("类型")
		w.add("属于", "in")
		w.add(`"市级企业技术中心"`, "市级企业技术中心")
	case 1:
		w.add("奖励金额")
		w.relator()
		w.number([]string{"", "万元"})
	case 2:
		w.date("认定日期")
	default:
		w.add("有效")
	}
}

func (w *writer) rows() {
	w.tokens = append(w.tokens, [][]string{{"有", "has"}, {"每", "every"}}[w.pick(2, "quantifier")])
	w.add("资质", "qualification")
	w.add("(", "（")
	w.inRow = true
	w.condition(1)
	w.inRow = false
	w.add(")", "）")
}

func (w *writer) relator() {
	w.tokens = append(w.tokens, []spelled{{">=", "≥", "＞＝"}, {"<=", "≤"}, {"<", "＜"}, {">"}, {"="}, {"!=", "≠"}}[w.pick(6, "op")])
}

func (w *writer) number(units []string) {
	digits := []spelled{{"2000", "２０００", "02000"}, {"1.5", "1.50", "１．５"}, {"30"}, {"0.25", "00.25"}}
	w.tokens = append(w.tokens, digits[w.pick(len(digits), "digits")])
	if unit := units[w.pick(len(units), "unit")]; unit != "" {
		w.add(unit)
	}
}

func (w *writer) codes(column string, codes []string, last string) {
	w.add(column)
	w.tokens = append(w.tokens, []spelled{{"属于", "in"}, {"不属于", "notin"}}[w.pick(2, "in")])
	w.add("[", "［")
	for i, code := range codes {
		if w.pick(2, "code") == 1 || i == 0 {
			w.add(code, `"`+strings.ReplaceAll(code, "..", `..`)+`"`)
			if strings.Contains(code, "..") {
				w.tokens[len(w.tokens)-1] = spelled{code}
			}
			w.add(",", "，", "、")
		}
	}
	w.add(last)
	w.add("]", "］")
}

func (w *writer) date(column string) {
	w.add(column)
	switch w.pick(3, "date") {
	case 0:
		w.relator()
		w.add("2024-02-29", "2024年2月29日", "2024/2/29", "2024.02.29", "２０２４-02-29")
	case 1:
		w.add("+")
		w.oneOf("1年", "6月", "30天")
		w.relator()
		w.add("今天", "today")
	default:
		w.add("在", "between")
		w.oneOf("2025年", "2024年..今天", "2024-01-01..2025-06-30")
	}
}

// canonical writes the tokens with their first spellings; noisy with any, and any white space.
func (w *writer) canonical() string {
	var words []string
	for _, token := range w.tokens {
		words = append(words, token[0])
	}
	return strings.Join(words, " ")
}

func (w *writer) noisy() string {
	var b strings.Builder
	for _, token := range w.tokens {
		b.WriteString(token[w.pick(len(token), "spelling")])
		b.WriteString([]string{" ", "  ", "\n", "　", "\t", "\r\n", "\ufeff "}[w.pick(7, "space")])
	}
	return b.String()
}

// shape is the structure of a checked condition, in the order of its parts.
func shape(e Expr) string {
	join := func(word string, parts []Expr) string {
		var b strings.Builder
		b.WriteString("(" + word)
		for _, part := range parts {
			b.WriteString(" " + shape(part))
		}
		return b.String() + ")"
	}
	switch e := e.(type) {
	case And:
		return join("and", e.Parts)
	case Or:
		return join("or", e.Parts)
	case Not:
		return join("not", []Expr{e.X})
	}
	return Key(e)
}

// TestFormatKeepsMeaning: however a condition is written, it is checked to the same and formatted to one text, which
// reads back as itself.
func TestFormatKeepsMeaning(t *testing.T) {
	t.Parallel()
	env := environment()
	rapid.Check(t, func(t *rapid.T) {
		w := &writer{t: t, values: 2}
		w.condition(2)
		a, b := w.canonical(), w.noisy()
		x, faults := Compile(schemas.Text{Text: a}, env)
		if len(faults) > 0 {
			t.Fatalf("%s\n%s", a, faults.Error())
		}
		y, faults := Compile(schemas.Text{Text: b}, env)
		if len(faults) > 0 {
			t.Fatalf("%s\n%s", b, faults.Error())
		}
		text := Format(x.Node())
		if other := Format(y.Node()); other != text {
			t.Fatalf("two spellings, two canonical forms:\n%s\n%s", text, other)
		}
		z, faults := Compile(schemas.Text{Text: text}, env)
		if len(faults) > 0 {
			t.Fatalf("%s\n%s", text, faults.Error())
		}
		if again := Format(z.Node()); again != text {
			t.Fatalf("formatting twice gives\n%s\nafter\n%s", again, text)
		}
		if shape(x) != shape(y) || shape(x) != shape(z) {
			t.Fatalf("%s\nis checked to\n%s\n%s\n%s", a, shape(x), shape(y), shape(z))
		}
	})
}

// TestLinesAreNotTooLong: a broken text keeps to the width, but for closing brackets and single long parts.
func TestLinesAreNotTooLong(t *testing.T) {
	t.Parallel()
	env := environment()
	rapid.Check(t, func(t *rapid.T) {
		w := &writer{t: t}
		w.condition(3)
		x, faults := Compile(schemas.Text{Text: w.canonical()}, env)
		if len(faults) > 0 {
			t.Fatal(faults.Error())
		}
		for _, line := range strings.Split(Format(x.Node()), "\n") {
			if n := columns(strings.TrimRight(line, ")]")); n > lineColumns+len("非 有 资质(") {
				t.Errorf("%d columns: %s", n, line)
			}
		}
	})
}
