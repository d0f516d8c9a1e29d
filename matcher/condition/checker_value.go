package condition

import (
	"math/big"

	"zhida/schemas"
)

// value checks syntax that must be an operand. Bare numbers in it have the unit unitBare until they meet a unit.
func (c *checker) value(at *Node) (Value, bool) {
	if !c.spend(1, (*at).Extent()) {
		return nil, false
	}
	switch n := (*at).(type) {
	case *Name:
		return c.named(at, n)
	case *InYear:
		return c.inYear(n)
	case *ParamName:
		return c.param(n)
	case *Minus:
		return c.minus(n)
	case *Sum:
		return c.sum(n)
	case *Product:
		return c.product(n)
	case *Cap:
		return c.extreme(n, n.Op == wordFloor, []*Node{&n.Left, &n.Right})
	case *Utmost:
		return c.utmost(n)
	case *Folding:
		return c.folding(n)
	case *Rows:
		if n.Word == wordCount {
			return c.count(n)
		}
	case *Tiering:
		return c.tiering(n)
	case *Scoring:
		return c.scoring(n)
	case *Banding:
		return c.banding(n)
	case *Bad:
		return nil, false
	}
	return c.literal(at)
}

// literal checks what stands for itself.
func (c *checker) literal(at *Node) (Value, bool) {
	switch n := (*at).(type) {
	case *Quantity:
		return Number{quantity(n), unitOf(n)}, true
	case *Calendar:
		return Day{n.Date}, true
	case *Now:
		return c.now(n)
	case *YearWord:
		return c.yearWord(n)
	case *Quoted:
		return Word{n.Text}, true
	case *YesNo:
		return Truth{n.Yes}, true
	case *Period:
		if !c.isEndless(n) {
			c.fault(n.at, "写成 成立日期 + "+n.Span.String()+" <= 今天 的样子", "时间长度“%s”不能单独比较", n.Span)
		}
		return nil, false
	}
	if c.condition(at) != nil {
		c.fault((*at).Extent(), valueMeant(*at), "这里要一个值，不能是条件")
	}
	return nil, false
}

// valueMeant says what to do about a condition that stands as a value.
func valueMeant(n Node) string {
	switch n.(type) {
	case *TagName:
		return "标签本身就是条件：写成 " + oneLine(n) + " 或 非 " + oneLine(n)
	case *Rows:
		return "数有几行用 计数；有没有用 有，本身就是条件"
	}
	return "条件之间用“且”或“或”连接；按条件取值用 分档(…: …; 其他: …)"
}

// named checks a name. A yearly attribute without a year is last year's, and the tree says so from now on.
func (c *checker) named(at *Node, n *Name) (Value, bool) {
	var whole Node = n
	if c.rows == nil {
		if v, ok := c.lookup(n); ok && isYearly(v) {
			whole = &InYear{n.place, n, YearText{Word: wordLastYear}}
			*at = whole
		}
	}
	v, ok := c.resolve(n, whole, c.base)
	c.yearly = c.yearly || ok && c.rows == c.given && isYearly(v)
	return v, ok
}

// now checks 今天, 申报开始 and 申报截止.
func (c *checker) now(n *Now) (Value, bool) {
	day := c.env.Window.From
	switch n.Word {
	case wordWindowStart:
	case wordWindowEnd:
		day = c.env.Window.To
	default:
		return Today{}, true
	}
	if day.IsZero() {
		c.fault(n.at, "写出日期，或在事项里写明申报期", "这里没有“%s”：没有写明申报期", n.Word)
		return nil, false
	}
	return Day{day}, true
}

// quantity is the exact number in the base unit.
func quantity(q *Quantity) *big.Rat {
	v, ok := new(big.Rat).SetString(q.Digits)
	if !ok { // the lexer lets only digits through
		return new(big.Rat)
	}
	for _, word := range []string{q.Scale, q.Unit} {
		if info, ok := schemas.LookupUnit(word); ok && info.Num != info.Den {
			v.Mul(v, big.NewRat(info.Num, info.Den))
		}
	}
	if info, ok := schemas.LookupUnit(q.Per); ok && info.Num != info.Den {
		v.Mul(v, big.NewRat(info.Den, info.Num))
	}
	return v
}
