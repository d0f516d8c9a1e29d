package workspace

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// compiledItem is what the texts of an item have become.
type compiledItem struct {
	env         *condition.Env
	condition   condition.Expr
	benefit     condition.Value
	preferences []condition.Value
}

// compilePolicies compiles the texts of all items.
func (c *check) compilePolicies() {
	groups := map[string]groupMember{}
	for _, f := range c.policies {
		if f.root == nil {
			continue
		}
		env := *c.env
		env.Params = c.readParams(f.document, f.params, c.env.Params)
		env.Item = true
		scope, whole := f.scope, env
		whole.Window = schemas.Window{From: schemas.NewDate(2000, 1, 1), To: schemas.NewDate(2000, 12, 31)} // each item has its own
		if len(scope.text) > 0 && c.compileText(f.document, scope, &whole) == nil {
			scope = conditionText{} // reported once, not with each item
		}
		for i := range f.drafts {
			own := env
			own.Window = f.Items[i].Window
			ic := itemCheck{check: c, file: f, index: i, draft: &f.drafts[i], env: &own}
			compiled := ic.compile(scope)
			ic.checkAttainable()
			ic.checkExclusive(groups)
			if compiled.condition != nil {
				c.compiled[f.Items[i].ID] = compiled
			}
		}
	}
}

// itemCheck checks the texts of one item.
type itemCheck struct {
	check *check
	file  *policyFile
	index int
	draft *itemDraft
	env   *condition.Env
}

func (i *itemCheck) at(path ...any) spot {
	return i.file.at(append([]any{"items", i.index}, path...)...)
}

func (i *itemCheck) compile(scope conditionText) *compiledItem {
	out := &compiledItem{env: i.env}
	parts, ok := i.parts()
	if expr := i.joined(scope, parts); ok {
		out.condition = expr
	}
	if b := i.draft.benefit; len(b.text) > 0 {
		out.benefit = i.check.compileValue(i.file.document, b, i.env)
		if v := out.benefit; v != nil && !isMoney(v.Type()) {
			i.file.report(i.at("benefit"), "“benefit”应是金额", "写明货币单位，如 5000元、研发费用 * 10% 封顶 100万元")
		}
	}
	for k, p := range i.draft.prefer {
		by := i.check.compileValue(i.file.document, p.by, i.env)
		if by == nil {
			continue
		}
		if kind := by.Type().Kind; kind != schemas.KindNumber && kind != schemas.KindDate && kind != schemas.KindTruth {
			i.file.report(i.at("prefer", k), fmt.Sprintf("“prefer”要能排出先后，这里是%s", kind), "用数值或日期；几种情况分先后用 分档")
		}
		out.preferences = append(out.preferences, by)
	}
	return out
}

func isMoney(t schemas.Type) bool { return t.Kind == schemas.KindNumber && t.Unit.IsMoney() }

// parts are the conditions of an item, to be joined by 且: the whole condition or those of its gates. A gate that is a
// clause and no condition is a 评审 of the clause. ok is false if they are not all of it.
func (i *itemCheck) parts() (parts []conditionText, ok bool) {
	item := i.file.child(i.file.child(i.file.root, "items", new(spot)), i.index, new(spot))
	whole := i.file.child(item, "condition", new(spot)) != nil
	gates := i.file.child(item, "gates", new(spot)) != nil
	switch {
	case whole && gates:
		i.file.report(i.file.atKey("items", i.index, "gates"), "事项不能既有“condition”又有“gates”", "整个条件写 condition；逐条写的都写进 gates")
		return nil, false
	case whole:
		return []conditionText{i.draft.condition}, len(i.draft.condition.text) > 0
	case !gates:
		if item != nil {
			i.file.report(i.at(), "事项缺少键“condition”或“gates”", "还没有编写条件的，把文件的原话逐条写进 gates: [{clause: …}]")
		}
		return nil, false
	case len(i.draft.gates) == 0:
		i.file.report(i.at("gates"), "“gates”至少要有一项", "")
		return nil, false
	}
	for _, g := range i.draft.gates {
		switch {
		case len(g.condition.text) > 0:
			parts = append(parts, g.condition)
		case len(g.clause.text) > 0:
			parts = append(parts, judged(g.clause))
		}
	}
	return parts, len(parts) == len(i.draft.gates)
}

// judged is 评审 "clause".
func judged(clause conditionText) conditionText {
	g := glueFrom(clause)
	g.write("评审 \"" + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(oneLine(clause)) + "\"")
	return g.done()
}

// joined compiles the scope and the parts joined by 且. Each part is checked by itself first: what one leaves open must
// not be laid to another.
func (i *itemCheck) joined(scope conditionText, parts []conditionText) condition.Expr {
	var alone condition.Expr
	good := true
	for _, p := range parts {
		alone = i.check.compileText(i.file.document, p, i.env)
		good = good && alone != nil
	}
	if len(scope.text) > 0 {
		parts = append([]conditionText{scope}, parts...)
	}
	if !good || len(parts) < 2 {
		return alone
	}
	text := joinConditions(parts)
	expr, faults := condition.Compile(text.bare(i.file.document), i.env)
	i.file.relocate(text, faults)
	return expr
}

// joinConditions is (a) 且 (b) …, each character where it stands in the file.
func joinConditions(parts []conditionText) conditionText {
	g := glueFrom(parts[0])
	for k, p := range parts {
		if k > 0 {
			g.write(" 且 ")
		}
		if len(p.at) > 0 {
			g.last = p.at[0]
		}
		g.write("(\n")
		g.add(p)
		g.write("\n)")
	}
	return g.done()
}

// checkAttainable checks that the attributes an item says something about exist.
func (i *itemCheck) checkAttainable() {
	for _, name := range slices.Sorted(maps.Keys(i.draft.Attainable)) {
		if _, ok := i.check.env.Attributes[name]; !ok && !i.check.doubtful.about(name) {
			i.file.report(i.file.atKey("items", i.index, "attainable", name), fmt.Sprintf("“attainable”所指的指标“%s”不存在", name),
				suggest(name, slices.Sorted(maps.Keys(i.check.env.Attributes))))
		}
	}
}

// groupMember is the first item of an exclusive group that was met.
type groupMember struct {
	schemas.Exclusive
	where string
}

// checkExclusive checks that all items of a group say the same of it, and have what they are chosen by.
func (i *itemCheck) checkExclusive(groups map[string]groupMember) {
	e := i.draft.Exclusive
	if e == nil || e.Group == "" || e.Within == "" || e.Keep == "" {
		return
	}
	if e.Keep == schemas.KeepBetter && i.file.at("items", i.index, "benefit") == i.at() {
		i.file.report(i.at("exclusive", "keep"), "“keep: better”要比较金额，这个事项没有“benefit”", "写上 benefit，或者全组改写 keep: first")
	}
	first, ok := groups[e.Group]
	if !ok {
		groups[e.Group] = groupMember{*e, fmt.Sprintf("%s 第 %d 行", i.file.name, i.at("exclusive").line)}
		return
	}
	if first.Within != e.Within {
		i.file.report(i.at("exclusive", "within"), fmt.Sprintf("互斥组“%s”的“within”是 %s，%s写的是 %s", e.Group, e.Within, first.where, first.Within), "一组里要写得一样")
	}
	if first.Keep != e.Keep {
		i.file.report(i.at("exclusive", "keep"), fmt.Sprintf("互斥组“%s”的“keep”是 %s，%s写的是 %s", e.Group, e.Keep, first.where, first.Keep), "一组里要写得一样")
	}
}
