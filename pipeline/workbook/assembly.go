package workbook

import (
	"fmt"

	"zhida/pipeline/workspace"
	"zhida/schemas"
)

// assembly makes policies of rows.
type assembly struct {
	*reader
	book       *Book
	policyRows []record[schemas.Policy]
	itemRows   []record[itemRow]
	gateRows   []record[gateRow]
	paramRows  []record[paramRow]
	policies   map[string]int // id -> index in book.Policies
	items      map[string]itemRef
	groups     map[string]record[schemas.Exclusive] // by name: its first item
}

// itemRef is where an item is: in which policy, and which of its items.
type itemRef struct{ policy, item int }

// read reads the sheets and puts their rows together.
func (a *assembly) read() {
	a.readSheets()
	a.takePolicies()
	a.takeParams()
	a.takeItems()
	a.takeGates()
	a.finish()
}

func (a *assembly) takePolicies() {
	sheet := policyName
	for _, rec := range a.policyRows {
		p := rec.value
		at := a.cell(sheet, rec.row, "id")
		a.checkID("政策", p.ID, at)
		if i, twice := a.policies[p.ID]; twice && p.ID != "" {
			a.fault(at, fmt.Sprintf("政策编号“%s”重复，第 %d 行已经有了", p.ID, a.book.places[i].row), "一项政策只写一行")
			continue
		}
		if p.Status == "" {
			p.Status = defaultStatus
		}
		a.checkInterval("有效期", schemas.Window{From: p.From, To: p.To}, a.cell(sheet, rec.row, "有效期止"))
		a.policies[p.ID] = len(a.book.Policies)
		a.book.Policies = append(a.book.Policies, p)
		a.book.places = append(a.book.places, policyPlace{row: rec.row})
	}
}

func (a *assembly) checkID(what, id string, at schemas.Cell) {
	if id != "" && !workspace.IsIdentifier(id) {
		a.fault(at, fmt.Sprintf("%s编号不能是“%s”：只用汉字、英文字母、数字、点、横线和下划线，最多 64 个字", what, brief(id)), "")
	}
}

func (a *assembly) checkInterval(what string, w schemas.Window, at schemas.Cell) {
	if !w.From.IsZero() && !w.To.IsZero() && w.From > w.To {
		a.fault(at, fmt.Sprintf("%s止（%s）早于%s起（%s）", what, w.To, what, w.From), "")
	}
}

func (a *assembly) takeParams() {
	lost := &orphans{sheet: paramName}
	for _, rec := range a.paramRows {
		i, ok := a.policies[rec.value.policy]
		if !ok {
			lost.add(rec.value.policy, rec.row)
			continue
		}
		a.book.Policies[i].Params = append(a.book.Policies[i].Params, rec.value.Param)
		a.book.places[i].params = append(a.book.places[i].params, rec.row)
	}
	a.reportLost(lost, "政策编号", policyName, a.policyIDs())
}

func (a *assembly) policyIDs() []string {
	var out []string
	for _, p := range a.book.Policies {
		out = append(out, p.ID)
	}
	return out
}

func (a *assembly) takeItems() {
	sheet := itemName
	rows := map[string]int{} // of each item id that is stated
	for _, rec := range a.itemRows {
		id := rec.value.ID
		at := a.cell(sheet, rec.row, "id")
		a.checkID("事项", id, at)
		if first, twice := rows[id]; twice {
			a.fault(at, fmt.Sprintf("事项编号“%s”重复，第 %d 行已经有了", id, first), "整个工作区里不能重复")
		} else if id != "" {
			rows[id] = rec.row
		}
	}
	lost := &orphans{sheet: sheet}
	var numbered, kinds int
	for _, rec := range a.itemRows {
		row := rec.value
		i, ok := a.policies[row.policy]
		if !ok {
			lost.add(row.policy, rec.row)
			continue
		}
		p, place := &a.book.Policies[i], &a.book.places[i]
		if row.ID == "" {
			numbered++
			row.ID = freeID(p.ID, len(p.Items)+1, rows)
			rows[row.ID] = rec.row
		}
		if row.Kind == "" && !a.faulty[a.cell(sheet, rec.row, "kind")] {
			kinds++
		}
		item := a.finishItem(&row, p, rec.row)
		if _, twice := a.items[item.ID]; !twice {
			a.items[item.ID] = itemRef{i, len(p.Items)}
		}
		p.Items = append(p.Items, item)
		place.items = append(place.items, itemPlace{row: rec.row, preferLines: row.preferLines})
	}
	a.reportLost(lost, "政策编号", policyName, a.policyIDs())
	if numbered > 0 {
		a.warn(schemas.Cell{Sheet: sheet}, fmt.Sprintf("%d 个事项没有编号，按“政策编号-0001”的样子编了", numbered),
			"以后用 zhida export policies 导出的工作簿接着填，编号就不再变")
	}
	if kinds > 0 {
		a.warn(schemas.Cell{Sheet: sheet}, fmt.Sprintf("%d 个事项没有写惠及方式，先按“%s”", kinds, defaultKind), "")
	}
}

// freeID numbers an item that has no id.
func freeID(policy string, number int, taken map[string]int) string {
	for ; ; number++ {
		id := fmt.Sprintf("%s-%04d", policy, number)
		if taken[id] == 0 {
			return id
		}
	}
}

// finishItem fills in what the row leaves out.
func (a *assembly) finishItem(row *itemRow, p *schemas.Policy, number int) schemas.Item {
	item, sheet := row.Item, itemName
	if item.Department == "" {
		item.Department = p.Department
	}
	if item.Mode == "" {
		item.Mode = defaultMode
	}
	if item.Kind == "" {
		item.Kind = defaultKind
	}
	if item.Status == "" {
		item.Status = defaultStatus
	}
	item.Revision = max(1, item.Revision)
	a.checkInterval("申报期", item.Window, a.cell(sheet, number, "申报期止"))
	e := row.exclusive
	switch {
	case e.Group != "":
		item.Exclusive = &e
		a.checkGroup(e, number)
		for _, missing := range []struct{ title, value, words string }{
			{"互斥期间", string(e.Within), "本年、永久"}, {"互斥取舍", string(e.Keep), "金额高的、排在前的"},
		} {
			if missing.value == "" && !a.faulty[a.cell(sheet, number, missing.title)] {
				a.fault(a.cell(sheet, number, missing.title), fmt.Sprintf("有互斥组“%s”，却没有写“%s”", brief(e.Group), missing.title), "从中选一个："+missing.words)
			}
		}
	case e.Within != "" || e.Keep != "":
		a.fault(a.cell(sheet, number, "exclusive.group"), "写了互斥期间或互斥取舍，却没有写互斥组", "写上组名，或者把那两格清空")
	}
	return item
}

// checkGroup checks that all items of an exclusive group say the same of it.
func (a *assembly) checkGroup(e schemas.Exclusive, row int) {
	first, ok := a.groups[e.Group]
	if !ok {
		a.groups[e.Group] = record[schemas.Exclusive]{row, e}
		return
	}
	for _, differ := range []struct {
		title string
		is    bool
	}{
		{"互斥期间", e.Within != "" && first.value.Within != "" && e.Within != first.value.Within},
		{"互斥取舍", e.Keep != "" && first.value.Keep != "" && e.Keep != first.value.Keep},
	} {
		if differ.is {
			a.fault(a.cell(itemName, row, differ.title),
				fmt.Sprintf("互斥组“%s”的“%s”与第 %d 行写的不一样", brief(e.Group), differ.title, first.row), "一组里要写得一样")
		}
	}
}

// orphans are rows that name something that is not there.
type orphans struct {
	sheet string
	ids   []string
	rows  map[string][]int
}

func (o *orphans) add(id string, row int) {
	if id == "" {
		return // reported as an empty cell
	}
	if o.rows == nil {
		o.rows = map[string][]int{}
	}
	if len(o.rows[id]) == 0 {
		o.ids = append(o.ids, id)
	}
	o.rows[id] = append(o.rows[id], row)
}

// reportLost reports each name once, with the number of rows that have it.
func (a *assembly) reportLost(o *orphans, title, target string, known []string) {
	for _, id := range o.ids {
		rows := o.rows[id]
		message := fmt.Sprintf("工作表“%s”里没有编号“%s”", target, brief(id))
		if len(rows) > 1 {
			message += fmt.Sprintf("，共 %d 行写了它", len(rows))
		}
		suggestion := fmt.Sprintf("在工作表“%s”里加一行，或者改这里的%s", target, title)
		if near := schemas.Near(id, known); near != "" {
			suggestion = "写作“" + near + "”，或者在工作表“" + target + "”里加一行"
		}
		a.fault(a.cell(o.sheet, rows[0], title), message, suggestion)
	}
}
