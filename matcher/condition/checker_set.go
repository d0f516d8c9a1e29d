package condition

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"zhida/schemas"
)

// membership checks X 属于 or 不属于 a set.
func (c *checker) membership(n *Membership) Expr {
	x, t, ok := c.setOperand(n)
	if !ok {
		return nil
	}
	set, ok := c.set(n, t)
	if !ok {
		return nil
	}
	if !n.Outside {
		return Member{Origin{n}, x, set}
	}
	inside := *n
	inside.Outside = false
	return Not{Origin{n}, Member{Origin{&inside}, x, set}}
}

// setOperand is what the set is asked of: an attribute, a field or a 分档 that is a code or a text.
func (c *checker) setOperand(n *Membership) (Value, schemas.Type, bool) {
	if date, ok := c.age(n.X); ok {
		name := oneLine(n.X)
		c.fault(n.at, "例如 "+name+" 在 1年..3年", "“%s”由“%s”算出，不能用“%s”", name, date.Name, n.word())
		return nil, schemas.Type{}, false
	}
	x, ok := c.value(&n.X)
	if !ok {
		return nil, schemas.Type{}, false
	}
	t, name := x.Type(), brief(oneLine(n.X))
	_, literal := x.(Word)
	switch {
	case literal:
		c.fault(n.X.Extent(), "", "“%s”前面要写指标", n.word())
	case t.Kind == schemas.KindCode:
		return x, t, true
	case t.Kind == schemas.KindText:
		t.Values = closedList(x)
		return x, t, true
	case t.Kind == schemas.KindTruth:
		c.fault(n.at, "写成 "+name+" = 是", "“%s”是%s，不能用“%s”", name, kindName(t.Kind), n.word())
	default:
		c.fault(n.at, "用 在，例如 "+rangeExample(name, t.Kind), "“%s”是%s，不能用“%s”", name, kindName(t.Kind), n.word())
	}
	return nil, schemas.Type{}, false
}

func rangeExample(name string, kind schemas.Kind) string {
	if kind == schemas.KindDate {
		return name + " 在 2025年"
	}
	return name + " 在 10..100"
}

// item resolves one item to what it stands for: several codes if it is a range.
func (c *checker) item(t schemas.Type, item *Item) ([]string, bool) {
	if item.Low == "" { // Parse has reported it
		return nil, false
	}
	if item.Catalog {
		return c.catalog(t, item)
	}
	if t.Kind == schemas.KindCode {
		if item.High != "" {
			return c.codeRange(t.System, item)
		}
		code, shown, ok := c.code(t.System, item.Low, item.At)
		if !ok {
			return nil, false
		}
		item.Low, item.Quoted = shown, false
		return []string{code}, true
	}
	if item.High != "" {
		c.fault(item.At, "逐个写出取值", "文字没有区间")
		return nil, false
	}
	word, ok := c.member(t, item.Low, item.At)
	if !ok {
		return nil, false
	}
	item.Low, item.Quoted = word, len(t.Values) == 0 || !IsName(word)
	return []string{word}, true
}

// Longest list of values that a message spells out.
const maxListed = 12

// member brings a word to the form in which values are stored: the spelling of the closed list, or folded if any text
// may occur.
func (c *checker) member(t schemas.Type, word string, at Extent) (string, bool) {
	folded := schemas.Fold(word)
	if len(t.Values) == 0 {
		return folded, true
	}
	for _, v := range t.Values {
		if v == word || schemas.Fold(v) == folded {
			return v, true
		}
	}
	suggestion := ""
	if near := c.near(word, t.Values); near != "" {
		suggestion = "写成 " + near
	} else if len(t.Values) <= maxListed {
		suggestion = "可用的取值：" + strings.Join(t.Values, "、")
	}
	c.fault(at, suggestion, "没有“%s”这个取值", brief(word))
	return "", false
}

// code resolves a code of a system: its stored form, and the form to show.
func (c *checker) code(system, text string, at Extent) (code, shown string, ok bool) {
	if system == schemas.SystemRegion {
		return c.region(text, at)
	}
	if code, ok := c.env.Codes.NormalIndustry(text); ok {
		return code, code, true
	}
	c.unknownCode(system, text, at, "行业代码")
	return "", "", false
}

// region resolves a region's code. One that was abolished is taken as its successor, which Format then shows; one that
// was split, or that stands for no place, has none of its size.
func (c *checker) region(text string, at Extent) (code, shown string, ok bool) {
	normal := schemas.NormalRegion(text)
	code, ok, note := c.env.Codes.CurrentRegion(normal, c.on())
	switch {
	case normal == "" || !ok:
		c.unknownCode(schemas.SystemRegion, text, at, "行政区划代码")
		return "", "", false
	case len(code) < len(normal):
		if note == "" {
			note = fmt.Sprintf("“%s”不是一个具体的地区", text)
		}
		c.fault(at, "改用当时划入的地区的代码；上一级是 "+c.regionText(code), "%s，没有单独对应它的地区", note)
		return "", "", false
	}
	return code, sixDigits(code), true
}

// on is the day that regions are taken as of.
func (c *checker) on() schemas.Date {
	if c.env.On.IsZero() {
		return schemas.NewDate(9999, 12, 31)
	}
	return c.env.On
}

func (c *checker) regionText(code string) string {
	info, _ := c.env.Codes.Region(code)
	return sixDigits(code) + "（" + info.Name + "）"
}

// sixDigits is the form officers know a region's code by.
func sixDigits(code string) string { return (code + "0000")[:6] }

func (c *checker) unknownCode(system, text string, at Extent, what string) {
	suggestion := ""
	if utf8.RuneCountInString(text) > 1 && !c.tired() { // one character is near to everything
		if near := c.env.Codes.Suggest(system, text); near != "" {
			suggestion = "写成 " + near
		}
	}
	for _, word := range []string{"至", "到"} {
		if low, high, ok := strings.Cut(text, word); ok {
			suggestion = "区间写成 " + low + ".." + high
		}
	}
	c.fault(at, suggestion, "没有“%s”这个%s", brief(text), what)
}
