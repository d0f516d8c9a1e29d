package workspace

import (
	"fmt"
	"regexp"

	"zhida/schemas"
)

// identifier is what a policy or an item may be called: its id stands in file names and push keys.
var identifier = regexp.MustCompile(`^[\p{Han}A-Za-z0-9][\p{Han}A-Za-z0-9._-]{0,63}$`)

// IsIdentifier reports whether a policy or an item may have the id.
func IsIdentifier(id string) bool { return identifier.MatchString(id) }

// checkPolicies checks ids and intervals.
func (c *check) checkPolicies() {
	ids, items := map[string]string{}, map[string]string{}
	for _, f := range c.policies {
		if f.root == nil {
			continue
		}
		f.checkID("政策", f.ID, f.at("id"), ids)
		f.checkInterval("valid", schemas.Window{From: f.From, To: f.To}, f.at("valid"))
		if len(f.Items) == 0 && f.at("items") != f.at() {
			f.report(f.at("items"), "“items”至少要有一个事项", "")
		}
		for i := range f.Items {
			f.checkID("事项", f.Items[i].ID, f.at("items", i, "id"), items)
			f.checkInterval("window", f.Items[i].Window, f.at("items", i, "window"))
		}
	}
}

// checkID checks the form of an id, and that no other has it.
func (f *policyFile) checkID(what, id string, at spot, seen map[string]string) {
	if id == "" {
		return
	}
	if !identifier.MatchString(id) {
		f.report(at, fmt.Sprintf("%s的“id”不能是“%s”：只用汉字、英文字母、数字、点、横线和下划线，最多 64 个字", what, id), "")
	}
	if other, twice := seen[id]; twice {
		f.report(at, fmt.Sprintf("%s的 id“%s”重复，%s已经有了", what, id, other), "整个工作区里不能重复")
		return
	}
	seen[id] = fmt.Sprintf("%s 第 %d 行", f.name, at.line)
}

func (f *policyFile) checkInterval(key string, w schemas.Window, at spot) {
	if !w.From.IsZero() && !w.To.IsZero() && w.From > w.To {
		f.report(at, fmt.Sprintf("“%s”的 from（%s）晚于 to（%s）", key, w.From, w.To), "")
	}
}
