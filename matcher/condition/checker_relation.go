package condition

import (
	"strconv"

	"zhida/schemas"
)

// relation checks a comparison.
func (c *checker) relation(n *Relation) Expr {
	if c.isCodes(n) || c.isWord(n) {
		return nil
	}
	if date, ok := c.age(n.Left); ok {
		return c.ageRelation(n, date, n.Op, n.Right)
	}
	if date, ok := c.age(n.Right); ok {
		return c.ageRelation(n, date, mirrored(n.Op), n.Left)
	}
	if p, ok := c.spelled(n.Right).(*Period); ok {
		return c.withPeriod(n, &n.Left, n.Op, p)
	}
	if p, ok := c.spelled(n.Left).(*Period); ok {
		return c.withPeriod(n, &n.Right, mirrored(n.Op), p)
	}
	left, ok := c.value(&n.Left)
	right, also := c.value(&n.Right)
	if !ok || !also || c.isMonth(n, left, n.Op, n.Right) || c.isMonth(n, right, mirrored(n.Op), n.Left) {
		return nil
	}
	if left.Type().Kind != right.Type().Kind {
		c.kinds(n, left, right)
		return nil
	}
	switch kind := left.Type().Kind; kind {
	case schemas.KindNumber:
		left, right, ok = c.agree(n.at, "比较", operand{left, n.Left}, operand{right, n.Right})
	case schemas.KindText:
		left, right, ok = c.words(n, left, right)
	case schemas.KindTruth:
		ok = c.equality(n, kind)
	case schemas.KindCode:
		c.fault(n.at, "", "代码要用“属于”或“不属于”，不能用“%s”", n.Op)
		return nil
	}
	if !ok {
		return nil
	}
	return compare(n, n.Op, left, right)
}

// compare makes the checked form of a relation; != is Not of Equal.
func compare(n *Relation, op string, left, right Value) Expr {
	left, right = settled(left), settled(right)
	switch op {
	case ">=":
		return Compare{Origin{n}, GreaterOrEqual, left, right}
	case "<=":
		return Compare{Origin{n}, LessOrEqual, left, right}
	case ">":
		return Compare{Origin{n}, Greater, left, right}
	case "<":
		return Compare{Origin{n}, Less, left, right}
	case "=":
		return Compare{Origin{n}, Equal, left, right}
	}
	equal := *n
	equal.Op = "="
	return Not{Origin{n}, Compare{Origin{&equal}, Equal, left, right}}
}

// mirrored is the relation seen from the other side: a >= b is b <= a.
func mirrored(op string) string {
	switch op {
	case ">=":
		return "<="
	case "<=":
		return ">="
	case ">":
		return "<"
	case "<":
		return ">"
	}
	return op
}

// equality reports a relation of order between values that have none.
func (c *checker) equality(n *Relation, kind schemas.Kind) bool {
	if n.Op == "=" || n.Op == "!=" {
		return true
	}
	c.fault(n.at, "用 = 或 !=", "%s没有大小，不能用“%s”比较", kindName(kind), n.Op)
	return false
}

// words checks a comparison of texts. A word takes the form of what it is compared with, in the tree too.
func (c *checker) words(n *Relation, left, right Value) (Value, Value, bool) {
	if !c.equality(n, schemas.KindText) {
		return nil, nil, false
	}
	l, ok := c.word(n.Left, left, right)
	r, also := c.word(n.Right, right, left)
	return l, r, ok && also
}

func (c *checker) word(n Node, v, other Value) (Value, bool) {
	word, ok := v.(Word)
	if !ok {
		return v, true
	}
	t := other.Type()
	t.Values = closedList(other)
	if _, both := other.(Word); both {
		t.Values = nil
	}
	text, ok := c.member(t, word.Text, n.Extent())
	if quoted, is := n.(*Quoted); is && ok {
		quoted.Text = text
	}
	return Word{text}, ok
}

// isCodes reports a relation with a code: codes are asked for by 属于.
func (c *checker) isCodes(n *Relation) bool {
	coded, other := n.Left, n.Right
	if kind, _ := c.kindOf(coded); kind != schemas.KindCode {
		coded, other = other, coded
	}
	if kind, _ := c.kindOf(coded); kind != schemas.KindCode {
		return false
	}
	name, suggestion := oneLine(coded), ""
	if _, known := c.kindOf(other); !known && !isBad(other) {
		switch n.Op {
		case "=":
			suggestion = "写成 " + name + " 属于 " + brief(c.tree.source(other.Extent()))
		case "!=":
			suggestion = "写成 " + name + " 不属于 " + brief(c.tree.source(other.Extent()))
		}
	}
	c.fault(n.at, suggestion, "“%s”是代码，要用“属于”或“不属于”，不能用“%s”", name, n.Op)
	return true
}

// isWord reports a word without quotes that a text is compared with.
func (c *checker) isWord(n *Relation) bool {
	name, ok := n.Right.(*Name)
	if !ok {
		return false
	}
	if kind, _ := c.kindOf(n.Left); kind != schemas.KindText {
		return false
	}
	if _, known := c.lookup(name); known || c.env.Attributes[name.Text] != nil {
		return false
	}
	c.fault(name.at, "写成 "+quote(name.Text), "文字要加引号")
	return true
}

// withPeriod reports X op 1年 or X op 2025年, period being what may be one.
func (c *checker) withPeriod(n *Relation, other *Node, op string, p *Period) Expr {
	if _, both := c.spelled(*other).(*Period); both {
		c.fault(n.at, "写成 成立日期 + 1年 <= 今天 的样子", "时间长度不能和时间长度比较")
		return nil
	}
	x, ok := c.value(other)
	if !ok {
		return nil
	}
	if c.isMonth(n, x, op, p) {
		return nil
	}
	text := brief(oneLine(*other))
	switch year, ok := calendarYear(p); {
	case ok && x.Type().Kind == schemas.KindNumber && base(x.Type().Unit) == schemas.UnitNone:
		c.fault(p.at, "写成 "+text+" "+op+" "+strconv.Itoa(year), "“%s”是数值，年份只写数", text)
	case x.Type().Kind != schemas.KindDate:
		c.fault(n.at, "", "“%s”是%s，不能和时间长度“%s”比较", text, kindName(x.Type().Kind), p.Span)
	case ok:
		c.fault(n.at, "写成 "+inYear(text, op, year), "日期不能直接和年份比较")
	case c.isEndless(p):
	default:
		c.fault(n.at, "写成 "+text+" + "+p.Span.String()+" <= 今天 的样子", "日期不能和时间长度“%s”比较", p.Span)
	}
	return nil
}

// inYear writes what a comparison of a date with a year probably means.
func inYear(date, op string, year int) string {
	y := strconv.Itoa(year)
	switch op {
	case "=":
		return date + " 在 " + y + "年"
	case "!=":
		return "非 " + date + " 在 " + y + "年"
	case ">=", "<":
		return date + " " + op + " " + y + "-01-01"
	}
	return date + " " + op + " " + y + "-12-31"
}

// calendarYear returns the year a period can mean where a year is asked for: four digits and nothing else.
func calendarYear(p *Period) (int, bool) {
	y := p.Span.Years
	return y, y >= 1000 && p.Span.Months == 0 && p.Span.Days == 0
}

// kinds reports operands of two kinds.
func (c *checker) kinds(n *Relation, left, right Value) {
	if _, ok := right.(YearNumber); ok && left.Type().Kind == schemas.KindDate {
		c.noYear(n, n.Left, n.Op, n.Right)
		return
	}
	if _, ok := left.(YearNumber); ok && right.Type().Kind == schemas.KindDate {
		c.noYear(n, n.Right, mirrored(n.Op), n.Left)
		return
	}
	suggestion := literalMeant(left.Type().Kind, n.Right)
	if suggestion == "" {
		suggestion = literalMeant(right.Type().Kind, n.Left)
	}
	c.fault(n.at, suggestion, "%s和%s不能比较", described(n.Left, left), described(n.Right, right))
}

// noYear reports a date compared with 上年.
func (c *checker) noYear(n *Relation, date Node, op string, year Node) {
	suggestion := ""
	switch text := brief(oneLine(date)) + " 在 " + brief(oneLine(year)); op {
	case "=":
		suggestion = "写成 " + text
	case "!=":
		suggestion = "写成 非 " + text
	case ">=":
		suggestion = "写成 " + text + "..今天"
	}
	c.fault(n.at, suggestion, "日期不能直接和年份比较")
}

// kindName is a kind's name inside a sentence.
func kindName(k schemas.Kind) string {
	if k == schemas.KindTruth {
		return "“是/否”"
	}
	return k.String()
}

// described names an operand with its kind.
func described(n Node, v Value) string {
	return "“" + brief(oneLine(n)) + "”（" + kindName(v.Type().Kind) + "）"
}

// literalMeant writes a literal as a value of another kind, "" if it can't be one.
func literalMeant(kind schemas.Kind, n Node) string {
	switch n := n.(type) {
	case *Quantity:
		switch {
		case kind == schemas.KindDate && len(n.Digits) == 8 && n.Scale+n.Unit == "":
			text := n.Digits[:4] + "-" + n.Digits[4:6] + "-" + n.Digits[6:]
			if _, err := schemas.ParseDate(text); err == nil {
				return "写成 " + text
			}
		case kind == schemas.KindDate && len(n.Digits) == 4 && n.Scale+n.Unit == "":
			return "某一年写成 在 " + n.Digits + "年"
		case kind == schemas.KindText:
			return "文字要加引号：" + quote(oneLine(n))
		}
	case *Quoted:
		if kind != schemas.KindText && kind != schemas.KindCode {
			return "去掉引号：" + brief(n.Text)
		}
	case *YesNo:
		if kind == schemas.KindText {
			return "文字要加引号：" + quote(yesNo(n.Yes))
		}
	}
	return ""
}
