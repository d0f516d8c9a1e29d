package condition

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"zhida/schemas"
)

// membership checks X 属于 or 不属于 a set.
func (c *checker) membership(n *Membership) Expr {
	column, ok := c.setColumn(n)
	if !ok {
		return nil
	}
	members, ok := c.items(column.Kind, n.Members)
	except, also := c.items(column.Kind, n.Except)
	if !ok || !also || len(members) == 0 {
		return nil
	}
	set := Set{Members: members, Except: except}
	if !c.exceptions(n, column.Kind, set) {
		return nil
	}
	if !n.Outside {
		return Member{Origin{n}, column, set}
	}
	inside := *n
	inside.Outside = false
	return Not{Origin{n}, Member{Origin{&inside}, column, set}}
}

// setColumn is what the set is asked of: an attribute or a field that is a code or a text.
func (c *checker) setColumn(n *Membership) (Column, bool) {
	name, ok := n.X.(*Name)
	if !ok {
		if !isBad(n.X) {
			c.fault(n.X.Extent(), "", "“%s”前面只能写一个指标", n.word())
		}
		return Column{}, false
	}
	column, ok := c.column(name)
	if !ok {
		if date, ok := c.age(name); ok {
			c.fault(n.at, "例如 "+name.Text+" 在 1年..3年", "“%s”由“%s”算出，不能用“%s”", name.Text, date.Name, n.word())
		} else {
			c.unknown(name)
		}
		return Column{}, false
	}
	switch kind := column.Kind.Kind; kind {
	case schemas.KindCode, schemas.KindText:
		return column, true
	case schemas.KindTruth:
		c.fault(n.at, "写成 "+name.Text+" = 是", "“%s”是%s，不能用“%s”", name.Text, kindName(kind), n.word())
	default:
		c.fault(n.at, "用 在，例如 "+rangeExample(name.Text, kind), "“%s”是%s，不能用“%s”", name.Text, kindName(kind), n.word())
	}
	return Column{}, false
}

func rangeExample(name string, kind schemas.Kind) string {
	if kind == schemas.KindDate {
		return name + " 在 2025年"
	}
	return name + " 在 10..100"
}

// items resolves the items of a list to codes or words, each but once, and writes their canonical form into the tree.
func (c *checker) items(t schemas.Type, items []*Item) ([]string, bool) {
	var out []string
	good := true
	seen := map[string]*Item{}
	for _, item := range items {
		resolved, ok := c.item(t, item)
		good = good && ok
		for _, text := range resolved {
			if first, twice := seen[text]; twice {
				if first != item {
					c.fault(item.At, "删去其中一个", "列表里有重复：“%s”和“%s”", brief(c.tree.source(first.At)), brief(c.tree.source(item.At)))
					good = false
				}
				break
			}
			seen[text] = item
			out = append(out, text)
		}
	}
	return out, good
}

// item resolves one item to what it stands for: several codes if it is a range.
func (c *checker) item(t schemas.Type, item *Item) ([]string, bool) {
	if item.Low == "" { // Parse has reported it
		return nil, false
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

// exceptions checks that what 除 takes out is in the set, and that something is left.
func (c *checker) exceptions(n *Membership, t schemas.Type, set Set) bool {
	good := true
	for _, out := range set.Except {
		if !covered(t, set.Members, out) {
			c.fault(itemOf(n.Except, out), "删去它，或改正代码", "“%s”本来就不在前面的范围里，不用“除”", out)
			good = false
		}
	}
	for _, in := range set.Members {
		if !good || !covered(t, set.Except, in) {
			return good
		}
	}
	c.fault(n.at, "", "“除”把前面的范围全部去掉了")
	return false
}

// covered reports whether one of the codes contains the code; words contain themselves only.
func covered(t schemas.Type, set []string, code string) bool {
	for _, s := range set {
		if s == code || (t.Kind == schemas.KindCode && strings.HasPrefix(code, s)) {
			return true
		}
	}
	return false
}

// itemOf finds where a resolved code of a list was written: the last item that begins at or before it.
func itemOf(items []*Item, code string) Extent {
	for _, item := range items {
		if item.High == "" && (item.Low == code || schemas.NormalRegion(item.Low) == code) {
			return item.At
		}
	}
	return cover(items[0].At, items[len(items)-1].At)
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
