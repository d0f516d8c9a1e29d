package workspace

import (
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"zhida/schemas"
)

// makeAttributes turns the attributes of tags.yaml into typed ones, in file order. One that is faulty is made as far
// as it goes and noted as doubtful.
func (c *check) makeAttributes() {
	if c.tags == nil || c.tags.root == nil {
		return
	}
	if len(c.tags.attributes) == 0 && c.tags.at("attributes") != c.tags.at() {
		c.tags.report(c.tags.at("attributes"), "“attributes”至少要有一个指标", "")
	}
	seen := map[string]bool{}
	for i := range c.tags.attributes {
		draft := &c.tags.attributes[i]
		if draft.name != "" {
			c.tags.checkWord("指标", draft.name, c.tags.at("attributes", i, "name"))
			if seen[draft.name] {
				c.tags.report(c.tags.at("attributes", i, "name"), fmt.Sprintf("指标“%s”重复", draft.name), "")
			}
			seen[draft.name] = true
		}
		m := attributeMaker{check: c, index: i, draft: draft}
		c.attributes = append(c.attributes, m.make())
	}
}

// attributeMaker makes one attribute.
type attributeMaker struct {
	check *check
	index int
	draft *attributeDraft
}

// at is where a key of the attribute stands, or the attribute if the key was left out.
func (m *attributeMaker) at(path ...any) spot {
	return m.check.tags.at(append([]any{"attributes", m.index}, path...)...)
}

func (m *attributeMaker) report(at spot, message, suggestion string) {
	m.check.tags.report(at, message, suggestion)
}

// make resolves the sources first: what the attribute does not say it takes from the first of them.
func (m *attributeMaker) make() schemas.Attribute {
	a := schemas.Attribute{Name: m.draft.name, Attainable: m.draft.attainable, Note: m.draft.note}
	if m.isDerived() {
		a.Rule = m.draft.rule.Text
		return a
	}
	var fields []*schemas.Field // nil where the source is wrong
	for i, source := range m.draft.sources {
		s, field := m.source(source, m.at("sources", i))
		a.Sources, fields = append(a.Sources, s), append(fields, field)
	}
	a.Yearly = m.checkYearly(fields)
	m.checkOrder()
	if len(m.draft.sources) == 0 && m.at("sources") != m.at() {
		m.report(m.at("sources"), "“sources”至少要有一个来源", "写作 [registration.注册资本]")
	}
	d := m.inherit(fields)
	if d.kind == "" {
		return a
	}
	a.Type = attributeType(&d)
	known := m.checkKeys(&d)
	for i, field := range fields {
		if field != nil && known {
			m.checkFit(&d, &a.Type, field, m.draft.sources[i], m.at("sources", i))
		}
	}
	if d.bounds != "" && a.Type.Kind == schemas.KindNumber {
		r, err := parseRange(d.bounds, d.unit, a.Type.Scale)
		if err != nil {
			m.report(m.at("range"), fmt.Sprintf("“range”不能是“%s”：%s", d.bounds, err), "")
		}
		a.Range = r
	}
	return a
}

// source resolves dataset.field.
func (m *attributeMaker) source(text string, at spot) (schemas.Source, *schemas.Field) {
	if text == "" {
		return schemas.Source{}, nil
	}
	dataset, name, found := strings.Cut(text, ".")
	if !found {
		m.report(at, fmt.Sprintf("来源“%s”应是 数据类.字段", text), "写作 registration.注册资本")
		return schemas.Source{}, nil
	}
	s := schemas.Source{Dataset: dataset, Field: name}
	file, names := m.check.datasetNamed(dataset)
	switch {
	case file == nil:
		m.report(at, fmt.Sprintf("来源“%s”的数据类“%s”不存在", text, dataset), suggest(dataset, names))
		return s, nil
	case file.root == nil: // its own faults are enough
		return s, nil
	}
	field := file.Field(name)
	switch {
	case file.Role == schemas.RoleContacts || file.Role == schemas.RoleCrosswalk:
		m.report(at, fmt.Sprintf("来源“%s”不能用：数据类“%s”的 role 是 %s，不进画像", text, dataset, file.Role), "")
	case file.Several() && (file.Role == schemas.RoleFacts || file.Role == schemas.RolePayments):
		m.report(at, fmt.Sprintf("来源“%s”不能用：数据类“%s”每户有多行（有 key）", text, dataset), manyRows(file))
	case field == nil && file.unnamed():
	case field == nil:
		m.report(at, fmt.Sprintf("来源“%s”的字段“%s”不存在", text, name), suggest(name, file.fieldNames()))
	case field.Personal == schemas.PersonalAlways || field.Type == schemas.FieldPhone:
		m.report(at, fmt.Sprintf("来源“%s”不能用：它是个人信息，不进画像", text), "")
	default:
		return s, field
	}
	return s, nil
}

// datasetNamed is the file of the dataset of that name, nil if there is none, and the names of all.
func (c *check) datasetNamed(dataset string) (file *datasetFile, names []string) {
	for _, f := range c.datasets {
		own := stem(f.name) // what its name must be
		if own == dataset {
			file = f
		}
		names = append(names, own)
	}
	return file, names
}

// manyRows says how the rows of a dataset can be used that no attribute can be taken from.
func manyRows(f *datasetFile) string {
	if f.Year != "" {
		return fmt.Sprintf("每户每年一行的数据类，key 只有年度一项：key: [%s]；多行的在条件里写 有 %s(…)", f.Year, f.Title)
	}
	return fmt.Sprintf("多行的数据类在条件里写 有 %s(…)；每年一行的写明 year", f.Title)
}

// checkYearly reports whether the attribute has a value per year. Either all of its sources have, or none.
func (m *attributeMaker) checkYearly(fields []*schemas.Field) bool {
	first := -1 // the first source that is right
	yearly := false
	for i, field := range fields {
		if field == nil {
			continue
		}
		dataset, _, _ := strings.Cut(m.draft.sources[i], ".")
		file, _ := m.check.datasetNamed(dataset)
		switch {
		case first < 0:
			first, yearly = i, file.YearKey()
		case file.YearKey() != yearly:
			few, many := m.draft.sources[first], m.draft.sources[i]
			if yearly {
				few, many = many, few
			}
			m.report(m.at("sources", i), fmt.Sprintf("来源“%s”每户每年一行，“%s”每户只有一行，不能合成一个指标", many, few), "分成两个指标")
		}
		if file.Year == field.Name {
			m.report(m.at("sources", i), fmt.Sprintf("来源“%s”不能用：它就是年度，每年的值都是那一年", m.draft.sources[i]), "用 上年、近3年度(…) 说明年度")
		}
	}
	return yearly
}

// isDerived reports whether the attribute has a rule, and checks that it has nothing beside it that the rule decides.
func (m *attributeMaker) isDerived() bool {
	tags := m.check.tags
	written := func(key string) bool { return tags.child(m.node(), key, new(spot)) != nil }
	if !written("rule") {
		if !written("sources") {
			m.report(m.at(), "指标缺少键“sources”或“rule”", "来自数据类的写 sources，由别的指标算出的写 rule")
		}
		return false
	}
	if written("sources") {
		m.report(tags.atKey("attributes", m.index, "rule"), "指标不能既有“sources”又有“rule”", "来自数据类的写 sources，由别的指标算出的写 rule")
	}
	for _, key := range []string{"type", "unit", "scale", "values", "range"} {
		if written(key) {
			m.report(tags.atKey("attributes", m.index, key), fmt.Sprintf("“%s”不能与“rule”同用：由规则就能知道", key), "删去 "+key)
		}
	}
	return true
}

// node is the attribute's table in the file.
func (m *attributeMaker) node() ast.Node {
	tags := m.check.tags
	return tags.child(tags.child(tags.root, "attributes", new(spot)), m.index, new(spot))
}

// inherit is the draft with what it leaves out taken from the first source's field: type, unit and scale together,
// and the closed list of values.
func (m *attributeMaker) inherit(fields []*schemas.Field) attributeDraft {
	d := *m.draft
	if len(fields) == 0 || fields[0] == nil {
		if d.kind == "" && len(fields) == 0 && m.at("sources") != m.at() {
			m.report(m.at(), "指标没有“type”，也没有可以继承类型的来源", "")
		}
		d.scale = max(0, d.scale)
		return d
	}
	first := fields[0]
	if d.kind == "" {
		d.kind = first.Type
	}
	if d.kind == first.Type {
		if d.unit == "" {
			d.unit = first.Unit
		}
		if d.scale < 0 {
			d.scale = first.Scale
		}
		if d.values == nil && len(first.Values) > 0 {
			d.values = valueNames(first.Values)
		}
	}
	d.scale = max(0, d.scale)
	return d
}

// attributeType is the type of an attribute; its unit is the base unit, in which values are stored.
func attributeType(d *attributeDraft) schemas.Type {
	base := schemas.Unit("")
	if info, ok := schemas.LookupUnit(string(d.unit)); ok {
		base = info.Base
	}
	switch d.kind {
	case schemas.FieldNumber:
		return schemas.Type{Kind: schemas.KindNumber, Unit: base, Scale: d.scale}
	case schemas.FieldMoney:
		return schemas.Type{Kind: schemas.KindNumber, Unit: base, Scale: schemas.MoneyScale}
	case schemas.FieldDate:
		return schemas.Type{Kind: schemas.KindDate}
	case schemas.FieldRegion:
		return schemas.Type{Kind: schemas.KindCode, System: schemas.SystemRegion}
	case schemas.FieldIndustry:
		return schemas.Type{Kind: schemas.KindCode, System: schemas.SystemIndustry}
	case schemas.FieldTruth:
		return schemas.Type{Kind: schemas.KindTruth}
	}
	return schemas.Type{Kind: schemas.KindText, Values: d.values}
}

// checkKeys checks the keys that mean something for some types only. It reports whether the unit is of any use.
func (m *attributeMaker) checkKeys(d *attributeDraft) bool {
	number := d.kind == schemas.FieldNumber || d.kind == schemas.FieldMoney
	for _, rule := range []struct {
		key   string
		wrong bool
		fits  string
	}{
		{"unit", m.draft.unit != "" && !number, "number、money"},
		{"scale", m.draft.scale >= 0 && d.kind != schemas.FieldNumber, "number"},
		{"range", m.draft.bounds != "" && !number, "number、money"},
		{"values", m.draft.values != nil && d.kind != schemas.FieldText, "text"},
	} {
		if rule.wrong {
			m.report(m.check.tags.atKey("attributes", m.index, rule.key), fmt.Sprintf("“%s”只用于类型 %s，这个指标是 %s", rule.key, rule.fits, d.kind), "")
		}
	}
	for i, v := range m.draft.values {
		if v != "" && slices.Index(m.draft.values, v) < i {
			m.report(m.at("values", i), fmt.Sprintf("取值“%s”重复", v), "")
		}
	}
	if d.unit != m.draft.unit { // it is the field's, and checked there
		return true
	}
	return m.check.tags.checkUnit(d.kind, d.unit, m.at(), m.at("unit"))
}

// checkFit checks that the values of a source are values of the attribute, as they are stored.
func (m *attributeMaker) checkFit(d *attributeDraft, t *schemas.Type, field *schemas.Field, source string, at spot) {
	if field.Type != d.kind {
		if field.Type != "" {
			m.report(at, fmt.Sprintf("来源“%s”的类型是 %s，指标是 %s", source, field.Type, d.kind), "")
		}
		return
	}
	info, ok := schemas.LookupUnit(string(field.Unit))
	switch {
	case t.Kind == schemas.KindNumber && ok && info.Base != t.Unit:
		m.report(at, fmt.Sprintf("来源“%s”的单位是“%s”，与指标的“%s”不能相比", source, field.Unit, d.unit), "")
	case t.Kind == schemas.KindNumber && fieldScale(field) != t.Scale:
		m.report(at, fmt.Sprintf("来源“%s”保留 %d 位小数，指标是 %d 位", source, fieldScale(field), t.Scale), "两处的 scale 写成一样")
	case t.Kind == schemas.KindText && len(t.Values) > 0:
		m.checkValues(t.Values, field, source, at)
	}
}

// checkValues checks that a source of a closed list is closed itself and has no other members.
func (m *attributeMaker) checkValues(values []string, field *schemas.Field, source string, at spot) {
	if len(field.Values) == 0 {
		m.report(at, fmt.Sprintf("来源“%s”没有取值表，指标有", source), "给字段也写上 values")
		return
	}
	for _, v := range field.Values {
		if v.Name != "" && !slices.Contains(values, v.Name) {
			m.report(at, fmt.Sprintf("来源“%s”有取值“%s”，指标没有", source, v.Name), suggest(v.Name, values))
		}
	}
}
