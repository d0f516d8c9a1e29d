package condition

import (
	"fmt"
	"strings"

	"zhida/schemas"
)

// maxYears bounds 近N年度.
const maxYears = 10

// scope is whose rows names mean: those of a dataset, or the last years.
type scope struct {
	dataset *schemas.Dataset
	years   int
}

// title is the name of the source in conditions.
func (s *scope) title() string {
	if s.dataset != nil {
		return title(s.dataset)
	}
	return fmt.Sprintf("近%d年度", s.years)
}

// title is the name of a dataset in conditions.
func title(d *schemas.Dataset) string {
	if d.Title != "" {
		return d.Title
	}
	return d.Name
}

// exists checks 有 and 每.
func (c *checker) exists(n *Rows) Expr {
	s, ok := c.source(n.Source, n.at)
	if !ok {
		return nil
	}
	name := s.title()
	if n.Source.Where == nil {
		switch {
		case n.Word == wordEvery:
			suggestion := "写成 每 " + name + "(…)"
			if s.dataset != nil {
				suggestion += "，或用 有 " + name
			}
			c.fault(n.at, suggestion, "“每 %s”没有说每一行要满足什么", name)
			return nil
		case s.dataset == nil:
			c.fault(n.at, "写成 有 "+name+"(…)", "“%s”总有 %d 行，没有说要满足什么", name, s.years)
			return nil
		}
	}
	over, ok := c.over(n.Source, s, n.Word)
	if !ok {
		return nil
	}
	return Exists{Origin{n}, over, n.Word == wordEvery}
}

// count checks 计数, a number.
func (c *checker) count(n *Rows) (Value, bool) {
	s, ok := c.source(n.Source, n.at)
	if !ok {
		return nil, false
	}
	if s.dataset == nil && n.Source.Where == nil {
		c.fault(n.at, "写成 计数 "+s.title()+"(…)", "“%s”总有 %d 行，没有说数哪些", s.title(), s.years)
		return nil, false
	}
	over, ok := c.over(n.Source, s, n.Word)
	if !ok {
		return nil, false
	}
	return Fold{Origin{n}, over, FoldCount, nil}, true
}

// source resolves what rows are taken from.
func (c *checker) source(n *Source, whole Extent) (*scope, bool) {
	if c.rows != nil {
		c.fault(whole, "移到括号外面，用“且”或“或”连接", "“%s”的括号里不能再问别的数据类", c.rows.title())
		return nil, false
	}
	if n.Dataset == nil {
		switch {
		case n.Years < 1 || n.Years > maxYears:
			c.fault(n.at, "", "“近%d年度”：年数要在 1 到 %d 之间", n.Years, maxYears)
			return nil, false
		case c.base != lastYear():
			c.fault(n.at, "", "“近%d年度”总是到上年为止，不能换成别的年份", n.Years)
			return nil, false
		}
		return &scope{years: n.Years}, true
	}
	dataset := c.dataset(n)
	if dataset == nil {
		return nil, false
	}
	n.Dataset.Text = title(dataset)
	return &scope{dataset: dataset}, true
}

// dataset resolves the dataset's name. Contacts and the crosswalk are not for conditions.
func (c *checker) dataset(n *Source) *schemas.Dataset {
	dataset := c.env.Datasets[n.Dataset.Text]
	switch {
	case dataset == nil:
		c.unknownDataset(n.Dataset)
	case dataset.Role == schemas.RoleContacts || dataset.Role == schemas.RoleCrosswalk:
		c.fault(n.Dataset.at, "", "数据类“%s”不能用在条件里", n.Dataset.Text)
	default:
		return dataset
	}
	return nil
}

// over checks what is asked of a row.
func (c *checker) over(n *Source, s *scope, word string) (Over, bool) {
	x := Over{Dataset: s.dataset, Years: s.years}
	if n.Where == nil {
		return x, true
	}
	defer c.bar("“" + word + " " + s.title() + "(…)”的括号里")()
	c.rows = s
	x.Where = c.condition(&n.Where)
	c.rows = nil
	return x, x.Where != nil
}

// folding checks 求和, 平均, 最大, 最小, 最早, 最新 and 种数 over rows.
func (c *checker) folding(n *Folding) (Value, bool) {
	s, ok := c.source(n.Source, n.at)
	if !ok {
		return nil, false
	}
	over, ok := c.over(n.Source, s, n.Word)
	c.rows = s
	of, also := c.value(&n.Of)
	c.rows = nil
	if !also {
		return nil, false
	}
	op, fits := c.foldOp(n, of)
	if !ok || !fits || op == FoldDistinct && !c.distinct(n, of) {
		return nil, false
	}
	return Fold{Origin{n}, over, op, of}, true
}

// foldOp is what a word does to values of that kind; what it can't do is reported.
func (c *checker) foldOp(n *Folding, of Value) (FoldOp, bool) {
	kind := of.Type().Kind
	meant := ""
	switch n.Word {
	case wordDistinct:
		if kind != schemas.KindTruth {
			return FoldDistinct, true
		}
	case wordSum:
		if kind == schemas.KindNumber {
			return FoldSum, true
		}
	case wordAverage:
		if kind == schemas.KindNumber {
			return FoldAverage, true
		}
	case wordMost, wordLatest:
		if kind == foldKind(n.Word) {
			return FoldMax, true
		}
		meant = map[schemas.Kind]string{schemas.KindNumber: wordMost, schemas.KindDate: wordLatest}[kind]
	case wordLeast, wordEarliest:
		if kind == foldKind(n.Word) {
			return FoldMin, true
		}
		meant = map[schemas.Kind]string{schemas.KindNumber: wordLeast, schemas.KindDate: wordEarliest}[kind]
	}
	suggestion := ""
	switch {
	case meant != "":
		suggestion = "写成 " + meant + strings.TrimPrefix(brief(oneLine(n)), n.Word)
	case kind == schemas.KindText || kind == schemas.KindCode:
		suggestion = "数有几种用 种数"
	case kind == schemas.KindTruth:
		suggestion = "数有几行用 计数 " + n.Source.named() + "(" + brief(oneLine(n.Of)) + ")"
	}
	c.fault(n.at, suggestion, "“%s”是%s，不能“%s”", brief(oneLine(n.Of)), kindName(kind), n.Word)
	return 0, false
}

// distinct reports 种数 of words that are no field's: they are written out, and nobody needs to count them.
func (c *checker) distinct(n *Folding, of Value) bool {
	for {
		named, ok := of.(Named)
		if !ok {
			break
		}
		of = named.X
	}
	if kind := of.Type().Kind; kind != schemas.KindText && kind != schemas.KindCode {
		return true
	}
	if _, column := of.(Column); column {
		return true
	}
	c.fault(n.Of.Extent(), "写成字段，例如 种数 "+n.Source.named()+"().类型", "“种数”数字段有几种取值，这里的文字是写定的")
	return false
}

func foldKind(word string) schemas.Kind {
	if word == wordLatest || word == wordEarliest {
		return schemas.KindDate
	}
	return schemas.KindNumber
}

// named is the source without what is asked of its rows.
func (n *Source) named() string {
	if n.Dataset != nil {
		return n.Dataset.Text
	}
	return (&scope{years: n.Years}).title()
}
