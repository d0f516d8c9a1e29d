package workspace

import (
	"fmt"
	"slices"

	"zhida/schemas"
)

// checkLiving checks the field that says which enterprises are alive. A delivery without its column would leave it
// unknown in every row, and so bring the closed ones back to life: the column is required.
func (f *datasetFile) checkLiving() {
	d := &f.Dataset
	if d.Living == nil {
		return
	}
	target := f.checkReference("living.field", d.Living.Field, f.at("living", "field"), schemas.FieldText)
	if target == nil {
		return
	}
	if d.Role == schemas.RoleRegistration && target.Column != schemas.ColumnRequired {
		f.report(f.at("living", "field"), fmt.Sprintf("“living.field”所指的字段“%s”不是必有的列：交付里缺了它，已注销的主体都会算作存续", target.Name),
			fmt.Sprintf("给字段“%s”写上 column: required", target.Name))
	}
	if len(target.Values) == 0 {
		return
	}
	names := valueNames(target.Values)
	for i, word := range d.Living.Closed {
		if word != "" && !slices.Contains(names, word) {
			f.report(f.at("living", "closed", i), fmt.Sprintf("“%s”不在字段“%s”的取值表里", word, target.Name), suggest(word, names))
		}
	}
}

// checkOperation checks that no word means both delete and upsert.
func (f *datasetFile) checkOperation() {
	op := f.Op
	if op == nil {
		return
	}
	upserts := map[string]bool{}
	for _, word := range op.UpsertWords() {
		upserts[foldColumn(word)] = true
	}
	for i, word := range op.Delete {
		switch folded := foldColumn(word); {
		case folded == "" || !upserts[folded]:
		case len(op.Upsert) > 0:
			f.report(f.at("operation", "delete", i), fmt.Sprintf("“%s”既在 delete 里又在 upsert 里", word), "一个词只能是一种操作")
		default:
			f.report(f.at("operation", "delete", i), fmt.Sprintf("“%s”通常是新增或更新的意思，不能就这样当作删除", word),
				"确是删除时写上 upsert，列出新增和更新的写法")
		}
	}
}
