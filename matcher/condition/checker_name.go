package condition

import (
	"slices"
	"strings"

	"zhida/schemas"
)

// columnOf is column for any syntax; false for what is no name.
func (c *checker) columnOf(n Node) (Column, bool) {
	name, ok := n.(*Name)
	if !ok {
		return Column{}, false
	}
	return c.column(name)
}

// column resolves a name to an attribute, or inside 有 to a field. It reports nothing.
func (c *checker) column(n *Name) (Column, bool) {
	if c.rows != nil {
		return fieldColumn(c.rows, n.Text)
	}
	a := c.env.Attributes[n.Text]
	if a == nil {
		return Column{}, false
	}
	return Column{Name: a.Name, Kind: a.Type, Range: a.Range}, true
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
	return Column{Name: f.Name, Dataset: d, Kind: t}, true
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
	if c.rows != nil {
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
	name, rows := brief(n.Text), title(c.rows)
	f := c.rows.Field(n.Text)
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

func (c *checker) unknownDataset(n *Rows) {
	name := n.Source.Dataset.Text
	suggestion := ""
	if near := c.near(name, c.datasetNames()); near != "" {
		suggestion = "写成 " + near
	}
	if c.env.Tags[name] {
		suggestion = "写成 标签 " + name
	}
	c.fault(n.Source.Dataset.at, suggestion, "没有叫“%s”的数据类", brief(name))
}

// names are the names of the scope in order: attributes with the ages that can be counted, or fields.
func (c *checker) names() []string {
	var out []string
	if c.rows != nil {
		for i := range c.rows.Fields {
			if f := &c.rows.Fields[i]; !personal(f) {
				out = append(out, f.Name)
			}
		}
		return out
	}
	for _, name := range slices.Sorted(keys(c.env.Attributes)) {
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
