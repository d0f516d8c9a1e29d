package workspace

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// datasetName is what a dataset may be called: its name is part of file names everywhere.
var datasetName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

// checkDatasets checks each dataset and what they must be together.
func (c *check) checkDatasets() {
	registrations, payments, readable := 0, 0, true
	titles := map[string]string{}
	for _, f := range c.datasets {
		if f.root == nil {
			readable = false
			continue
		}
		readable = readable && f.Role != ""
		if f.Role == schemas.RoleRegistration {
			if registrations++; registrations > 1 {
				f.report(f.at("role"), "工作区里已经有一个登记数据类（role: registration），只能有一个", "别的数据类用 role: facts")
			}
		}
		if f.Role == schemas.RolePayments {
			if payments++; payments > 1 {
				f.report(f.at("role"), "工作区里已经有一个兑付记录（role: payments），只能有一个", "各部门的兑付合成一个数据类，用一个字段区分")
			}
		}
		f.checkNames(titles)
		f.checkReferences()
		f.checkLiving()
		f.checkOperation()
		f.checkRole()
		f.checkYear()
		f.checkSupplement()
		f.checkPaid()
		f.checkGates()
		f.checkFields()
	}
	if registrations == 0 && readable {
		c.others = append(c.others, schemas.Fault{
			File: datasetsDir, Message: "没有登记数据类：要有且只有一个数据类写 role: registration",
			Suggestion: "经营主体只由它建立和注销",
		})
	}
}

// checkNames checks the dataset's own names against the file's and those of the datasets before it.
func (f *datasetFile) checkNames(titles map[string]string) {
	d := &f.Dataset
	if d.Name != "" && !datasetName.MatchString(d.Name) {
		f.report(f.at("name"), fmt.Sprintf("“name”不能是“%s”：只能用小写英文字母、数字和下划线，以字母开头", d.Name), "中文名写在 title")
	} else if d.Name != "" && d.Name != stem(f.name) {
		f.report(f.at("name"), fmt.Sprintf("“name”是“%s”，与文件名不同", d.Name), fmt.Sprintf("写作 %s，或者把文件改名为 %s.yaml", stem(f.name), d.Name))
	}
	if d.Title == "" {
		return
	}
	if other, twice := titles[d.Title]; twice {
		f.report(f.at("title"), fmt.Sprintf("“title”与 %s 的重复", other), "两个数据类不能同名")
	} else {
		titles[d.Title] = f.name
	}
	f.checkWord("数据类", d.Title, f.at("title"))
}

// checkWord reports a name that conditions could not write.
func (d *document) checkWord(what, name string, at spot) {
	if name == "" || condition.IsName(name) {
		return
	}
	suggestion := "名称只用汉字、英文字母、数字和下划线，不以数字开头"
	if folded := schemas.Fold(name); folded != name && condition.IsName(folded) {
		suggestion = "写作半角的“" + folded + "”"
	} else if first, _ := utf8.DecodeRuneInString(name); condition.IsName("甲"+name) && !unicode.IsDigit(first) {
		suggestion = "它是申报条件里的保留词，换一个名称"
	}
	d.report(at, fmt.Sprintf("%s不能叫“%s”：申报条件里写不出这个名称", what, name), suggestion)
}

// checkReferences checks the keys that name fields of the dataset.
func (f *datasetFile) checkReferences() {
	d := &f.Dataset
	seen := map[string]bool{}
	for i, name := range d.Key {
		at := f.at("key", i)
		if name != "" && seen[name] {
			f.report(at, fmt.Sprintf("“key”里“%s”重复", name), "")
		}
		seen[name] = true
		f.checkReference("key", name, at, schemas.FieldText, schemas.FieldDate, schemas.FieldNumber, schemas.FieldRegion, schemas.FieldIndustry)
	}
	f.checkReference("scope", d.Scope, f.at("scope"), schemas.FieldRegion)
	f.checkReference("duplicates.prefer", d.Keep.Prefer, f.at("duplicates", "prefer"), schemas.FieldDate, schemas.FieldNumber, schemas.FieldMoney)
	f.checkReference("new_code", d.NewCode, f.at("new_code"), schemas.FieldText)
}

// checkReference checks that name is a field of one of the types and not personal. It returns the field, nil if there
// is none or nothing is named.
func (f *datasetFile) checkReference(key, name string, at spot, types ...schemas.FieldType) *schemas.Field {
	if name == "" {
		return nil
	}
	target := f.Field(name)
	if target == nil && f.unnamed() {
		return nil
	}
	if target == nil {
		f.report(at, fmt.Sprintf("“%s”所指的字段“%s”不存在", key, name), suggest(name, f.fieldNames()))
		return nil
	}
	if target.Type != "" && !slices.Contains(types, target.Type) {
		f.report(at, fmt.Sprintf("“%s”不能用字段“%s”：它的类型是 %s，应是 %s", key, name, target.Type, typeNames(types)), "")
	}
	if target.Personal != schemas.PersonalNone || target.Type == schemas.FieldPhone {
		f.report(at, fmt.Sprintf("“%s”不能用字段“%s”：它是个人信息，不留在行里", key, name), "")
	}
	return target
}

// checkRole checks what only some roles may have.
func (f *datasetFile) checkRole() {
	d := &f.Dataset
	if d.Role == "" {
		return
	}
	single := d.Role == schemas.RoleRegistration || d.Role == schemas.RoleCrosswalk
	switch {
	case single && len(d.Key) > 0:
		f.report(f.atKey("key"), fmt.Sprintf("role: %s 的数据类每个代码只有一行，不能有“key”", d.Role), "删去 key")
	case d.Living != nil && d.Role != schemas.RoleRegistration:
		f.report(f.atKey("living"), "“living”只用于登记数据类（role: registration）", "")
	}
	switch isCrosswalk := d.Role == schemas.RoleCrosswalk; {
	case isCrosswalk && d.NewCode == "" && f.at("new_code") == f.at():
		f.report(spot{}, "代码对照（role: crosswalk）缺少键“new_code”", "写上存放新代码的字段名")
	case !isCrosswalk && d.NewCode != "":
		f.report(f.atKey("new_code"), "“new_code”只用于代码对照（role: crosswalk）", "")
	}
	if len(d.Code.Columns) == 0 && f.at("code") != f.at() {
		f.report(f.at("code"), "“code”至少要有一列", "写上统一社会信用代码所在的列名")
	}
}

// unnamed reports whether fields are missing or lack a name, so that nobody can say which fields there are.
func (f *datasetFile) unnamed() bool {
	for _, field := range f.Fields {
		if field.Name == "" {
			return true
		}
	}
	return len(f.Fields) == 0
}

func (f *datasetFile) fieldNames() []string {
	var names []string
	for _, field := range f.Fields {
		if field.Name != "" && !slices.Contains(names, field.Name) {
			names = append(names, field.Name)
		}
	}
	return names
}

func valueNames(values []schemas.Value) []string {
	names := make([]string, len(values))
	for i, v := range values {
		names[i] = v.Name
	}
	return names
}

// typeNames names types as they are written in files.
func typeNames(types []schemas.FieldType) string {
	names := make([]string, len(types))
	for i, t := range types {
		names[i] = string(t)
	}
	return strings.Join(names, "、")
}
