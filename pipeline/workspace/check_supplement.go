package workspace

import (
	"fmt"
	"slices"
	"strings"

	"zhida/schemas"
)

// checkNotFull checks that no delivery of a supplement is a full list: it would take back what everybody else filled in.
func (c *check) checkNotFull(d *deliveryDraft, at func(key string) spot) {
	file, _ := c.datasetNamed(d.dataset)
	if file == nil || file.Supplement == "" || d.mode == schemas.ModeIncrement || d.mode == schemas.ModeAppend {
		return
	}
	where := "files"
	if d.mode != "" {
		where = "mode"
	}
	c.config.report(at(where), fmt.Sprintf("补充采集“%s”的交付不能是全量：会抹掉别的表里填过的", d.dataset), "“files”里不写 {mode}，另写 mode: increment")
}

// checkOrder checks that what was collected by hand never stands before what a department delivers.
func (m *attributeMaker) checkOrder() {
	by := "" // the first source that is collected by hand
	for i, source := range m.draft.sources {
		dataset, _, _ := strings.Cut(source, ".")
		file, _ := m.check.datasetNamed(dataset)
		switch {
		case file == nil:
		case file.Supplement != "":
			by = source
		case by != "":
			m.report(m.at("sources", i), fmt.Sprintf("来源“%s”排在补充采集“%s”后面：部门交付的在先，人工补的在后", source, by), "把补充采集移到最后")
			return
		}
	}
}

// checkSupplement checks a dataset of facts collected by hand.
func (f *datasetFile) checkSupplement() {
	d := &f.Dataset
	if d.Supplement == "" {
		return
	}
	if d.Role != "" && d.Role != schemas.RoleFacts {
		f.report(f.atKey("supplement"), "“supplement”只用于 role: facts 的数据类", "删去 supplement")
		return
	}
	at := f.at("supplement")
	field := f.checkReference("supplement", d.Supplement, at, schemas.FieldText)
	if field == nil {
		return
	}
	if len(field.Values)+len(field.Columns) > 0 || field.Pattern != "" || field.Required {
		f.report(at, fmt.Sprintf("“supplement”的字段“%s”由 zhida 填写，不能有 columns、values、pattern、required", field.Name), "只写 {name: "+field.Name+", type: text}")
	}
	wanted := []string{field.Name}
	if d.Year != "" {
		wanted = []string{d.Year, field.Name}
	}
	if !slices.Contains(d.Key, field.Name) || d.Several() {
		f.report(at, "补充采集的“key”只有“supplement”所指的字段，按年度的加上年度", fmt.Sprintf("写上 key: [%s]", strings.Join(wanted, ", ")))
	}
	if d.Op != nil {
		f.report(f.atKey("operation"), "补充采集（supplement）的行只补充事实，不能有“operation”", "删去 operation；填错的，重新填一次")
	}
	if d.List == schemas.ListComplete {
		f.report(f.atKey("list"), "补充采集（supplement）总是不完整的：没有补的就是不知道", "写作 list: open")
	}
}
