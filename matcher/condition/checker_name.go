package condition

import (
	"slices"
	"strings"

	"zhida/schemas"
)

// lookup is what a name means here: an attribute of the enterprise, or inside 有 a field. It reports nothing.
func (c *checker) lookup(n *Name) (Value, bool) {
	v, _ := c.meaning(n, n, c.base)
	return v, v != nil
}

// kindOf is the kind of a name, with a year or without; false for all other syntax.
func (c *checker) kindOf(n Node) (schemas.Kind, bool) {
	if y, ok := n.(*InYear); ok {
		n = y.X
	}
	name, ok := n.(*Name)
	if !ok {
		return 0, false
	}
	v, ok := c.lookup(name)
	if !ok {
		return 0, false
	}
	return v.Type().Kind, true
}

// resolve is what a name means, in a year if that is what it has one for; what it can't mean is reported. whole is the
// name with its year.
func (c *checker) resolve(n *Name, whole Node, year Year) (Value, bool) {
	v, problem := c.meaning(n, whole, year)
	switch named, derived := v.(Named); {
	case derived && !c.spend(c.work.derived[c.derivation(n.Text, year)].parts, n.at):
		return nil, false
	case derived:
		return named, true
	case v != nil:
		return v, true
	case problem != "":
		if c.env.Derived[n.Text] != nil && c.cause == "" {
			c.cause = c.expand(n.Text, year).broken
		}
		c.fault(whole.Extent(), "", "%s", problem)
	default:
		c.unknown(n)
	}
	return nil, false
}

// meaning is what a name means, or why it means nothing although it is known.
func (c *checker) meaning(n *Name, whole Node, year Year) (Value, string) {
	if c.rows != nil && c.rows.dataset != nil {
		if column, ok := fieldColumn(c.rows.dataset, n.Text); ok {
			return column, ""
		}
		return nil, ""
	}
	a := c.env.Attributes[n.Text]
	if a == nil {
		return nil, ""
	}
	if c.env.Derived[n.Text] != nil {
		d := c.expand(n.Text, year)
		switch {
		case d.broken != "" && (c.rows != nil || year != lastYear()):
			return nil, "指标“" + n.Text + "”不能用在这里：" + d.broken
		case d.broken != "":
			return nil, "指标“" + n.Text + "”的定义有错：" + d.broken
		}
		return Named{Origin{whole}, n.Text, d.x, d.yearly}, ""
	}
	column := Column{Name: a.Name, Kind: a.Type, Range: a.Range}
	switch {
	case c.rows != nil && !a.Yearly:
		return nil, "“" + n.Text + "”没有分年度的数，“" + c.rows.title() + "”的行没有它"
	case c.rows != nil && year != lastYear():
		return nil, "“" + c.rows.title() + "”的每一行就是一年，不能问别的年份"
	case c.rows != nil:
		column.Within = c.rows.years
	case a.Yearly:
		column.Yearly, column.Year = true, year
	}
	return column, ""
}

// fieldColumn is a dataset's field. Personal fields are in no row that conditions see.
func fieldColumn(d *schemas.Dataset, name string) (Column, bool) {
	f := d.Field(name)
	if f == nil || personal(f) {
		return Column{}, false
	}
	t := schemas.Type{Kind: f.Kind(), Unit: f.Unit}
	switch f.Type {
	case schemas.FieldNumber:
		t.Scale = f.Scale
	case schemas.FieldMoney:
		t.Scale = schemas.MoneyScale
	case schemas.FieldRegion:
		t.System = schemas.SystemRegion
	case schemas.FieldIndustry:
		t.System = schemas.SystemIndustry
	}
	for _, v := range f.Values {
		t.Values = append(t.Values, v.Name)
	}
	column := Column{Name: f.Name, Dataset: d, Kind: t}
	if t.Kind == schemas.KindNumber {
		column.Range = schemas.Range{Low: f.Min, High: f.Max}
	}
	return column, true
}

func personal(f *schemas.Field) bool {
	return f.Personal == schemas.PersonalAlways || f.Type == schemas.FieldPhone
}

// Faults of one text beyond which nobody looks for suggestions: each compares with all names or codes.
const maxSuggested = 100

func (c *checker) tired() bool { return len(c.tree.found) >= maxSuggested }

// near is the candidate that a word may have meant, "" if there is none.
func (c *checker) near(word string, candidates []string) string {
	if c.tired() {
		return ""
	}
	return schemas.Near(word, candidates)
}

// unknown reports a name that is neither attribute nor field.
func (c *checker) unknown(n *Name) {
	if c.rows != nil && c.rows.dataset != nil {
		c.unknownField(n)
		return
	}
	name := brief(n.Text)
	switch {
	case c.env.Tags[n.Text]:
		c.fault(n.at, "写成 标签 "+n.Text, "“%s”是标签，不是指标", name)
	case c.env.Datasets[n.Text] != nil:
		c.fault(n.at, "写成 有 "+n.Text+"(…)", "“%s”是数据类，不是指标", name)
	case c.segmented(n.Text) != "":
		c.fault(n.at, "写成 "+c.segmented(n.Text), "“%s”里的关键字要用空格分开", name)
	default:
		suggestion := c.nearest(n.Text)
		if suggestion == "" {
			suggestion = c.fieldMeant(n.Text)
		}
		c.fault(n.at, suggestion, "没有叫“%s”的指标", name)
	}
}

// unknownField reports a name inside 有 that is no field of its dataset.
func (c *checker) unknownField(n *Name) {
	name, rows := brief(n.Text), c.rows.title()
	f := c.rows.dataset.Field(n.Text)
	switch {
	case f != nil:
		c.fault(n.at, "", "“%s”是个人信息，条件里不能用", name)
	case c.env.Attributes[n.Text] != nil:
		c.fault(n.at, "移到括号外面，用“且”或“或”连接", "“%s”是经营主体的指标，“%s”的行没有这个字段", name, rows)
	case c.segmented(n.Text) != "":
		c.fault(n.at, "写成 "+c.segmented(n.Text), "“%s”里的关键字要用空格分开", name)
	default:
		fields := c.names()
		suggestion := ""
		if near := c.near(n.Text, fields); near != "" {
			suggestion = "写成 " + near
		} else if len(fields) <= maxListed {
			suggestion = "可用的字段：" + strings.Join(fields, "、")
		}
		c.fault(n.at, suggestion, "数据类“%s”没有字段“%s”", rows, name)
	}
}

func (c *checker) unknownTag(n *TagName) {
	name := n.Name.Text
	switch {
	case c.env.Attributes[name] != nil:
		c.fault(n.at, "去掉“标签”二字", "“%s”是指标，不是标签", brief(name))
	case c.segmented(name) != "":
		c.fault(n.at, "写成 标签 "+c.segmented(name), "“%s”里的关键字要用空格分开", brief(name))
	default:
		suggestion := ""
		if near := c.near(name, slices.Sorted(keys(c.env.Tags))); near != "" {
			suggestion = "写成 标签 " + near
		}
		c.fault(n.Name.at, suggestion, "没有叫“%s”的标签", brief(name))
	}
}

func (c *checker) unknownDataset(n *Name) {
	name := n.Text
	suggestion := ""
	if near := c.near(name, c.datasetNames()); near != "" {
		suggestion = "写成 " + near
	}
	if c.env.Tags[name] {
		suggestion = "写成 标签 " + name
	}
	c.fault(n.at, suggestion, "没有叫“%s”的数据类", brief(name))
}

// names are the names of the scope in order: attributes with the ages that can be counted, or fields.
func (c *checker) names() []string {
	var out []string
	if c.rows != nil && c.rows.dataset != nil {
		for i := range c.rows.dataset.Fields {
			if f := &c.rows.dataset.Fields[i]; !personal(f) {
				out = append(out, f.Name)
			}
		}
		return out
	}
	for _, name := range slices.Sorted(keys(c.env.Attributes)) {
		if c.rows != nil && !c.env.Attributes[name].Yearly && c.env.Derived[name] == nil {
			continue
		}
		out = append(out, name)
		stem, ok := strings.CutSuffix(name, dateEnding)
		if ok && c.env.Attributes[name].Type.Kind == schemas.KindDate && c.env.Attributes[stem+ageEnding] == nil {
			out = append(out, stem+ageEnding)
		}
	}
	return out
}

// datasetNames are the names of datasets as conditions write them.
func (c *checker) datasetNames() []string {
	var out []string
	for _, name := range slices.Sorted(keys(c.env.Datasets)) {
		if t := title(c.env.Datasets[name]); !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// nearest suggests the attribute, tag or dataset that a name may have meant.
func (c *checker) nearest(name string) string {
	if c.tired() {
		return ""
	}
	attributes, tags, datasets := c.names(), slices.Sorted(keys(c.env.Tags)), c.datasetNames()
	near := c.near(name, slices.Concat(attributes, tags, datasets))
	switch {
	case near == "":
		return ""
	case slices.Contains(attributes, near):
		return "写成 " + near
	case slices.Contains(tags, near):
		return "写成 标签 " + near
	}
	return "写成 有 " + near + "(…)"
}

// fieldMeant names the dataset that has a field of that name.
func (c *checker) fieldMeant(name string) string {
	for _, d := range c.datasetNames() {
		if f := c.env.Datasets[d].Field(name); f != nil && !personal(f) {
			return "“" + name + "”是数据类“" + d + "”的字段：写成 有 " + d + "(" + name + " …)"
		}
	}
	return ""
}
