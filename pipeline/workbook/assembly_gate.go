package workbook

import (
	"cmp"
	"fmt"
	"slices"

	"zhida/pipeline/workspace"
	"zhida/schemas"
)

// takeGates gives the rows of 条件 to their items, in the order that their numbers say, or that they stand in.
func (a *assembly) takeGates() {
	sheet := gateName
	lost := &orphans{sheet: sheet}
	byItem := map[itemRef][]record[gateRow]{}
	var order []itemRef
	for _, rec := range a.gateRows {
		ref, ok := a.items[rec.value.item]
		if !ok {
			lost.add(rec.value.item, rec.row)
			continue
		}
		if rec.value.Clause == "" && rec.value.Condition.Text == "" {
			a.fault(schemas.Cell{Sheet: sheet, Row: rec.row}, "条款原文和条件都是空的", "至少写一个；不要就清空整行")
			continue
		}
		if byItem[ref] == nil {
			order = append(order, ref)
		}
		byItem[ref] = append(byItem[ref], rec)
	}
	a.reportLost(lost, "事项编号", itemName, a.itemIDs(len(lost.ids)))
	for _, ref := range order {
		rows := byItem[ref]
		a.checkNumbers(sheet, rows)
		slices.SortStableFunc(rows, func(x, y record[gateRow]) int { return cmp.Compare(x.value.number, y.value.number) })
		item, place := &a.book.Policies[ref.policy].Items[ref.item], &a.book.places[ref.policy].items[ref.item]
		for _, rec := range rows {
			item.Gates = append(item.Gates, rec.value.Gate)
			place.gates = append(place.gates, rec.row)
		}
	}
}

// itemIDs are the ids of all items, for suggestions, if there are some to make.
func (a *assembly) itemIDs(wanted int) []string {
	if wanted == 0 {
		return nil
	}
	var out []string
	for _, p := range a.book.Policies {
		for i := range p.Items {
			out = append(out, p.Items[i].ID)
		}
	}
	return out
}

// checkNumbers checks that the gates of an item are all numbered, with different numbers, or none of them.
func (a *assembly) checkNumbers(sheet string, rows []record[gateRow]) {
	seen := map[int]int{}
	stated := slices.ContainsFunc(rows, func(r record[gateRow]) bool { return r.value.number > 0 })
	for _, rec := range rows {
		n, at := rec.value.number, a.cell(sheet, rec.row, "序号")
		switch first := seen[n]; {
		case n == 0 && stated && !a.faulty[at]:
			a.fault(at, fmt.Sprintf("事项“%s”的条款有的写了序号，有的没有", rec.value.item), "都写上，或者都空着")
		case n > 0 && first > 0:
			a.fault(at, fmt.Sprintf("事项“%s”的序号 %d 重复，第 %d 行已经有了", rec.value.item, n, first), "")
		}
		if seen[n] == 0 {
			seen[n] = rec.row
		}
	}
}

// finish checks what only the whole shows.
func (a *assembly) finish() {
	sheet := itemName
	for i := range a.book.Policies {
		p, place := &a.book.Policies[i], &a.book.places[i]
		if len(p.Items) == 0 {
			a.fault(a.cell(policyName, place.row, "id"), fmt.Sprintf("政策“%s”没有事项", p.ID), "在工作表“事项”里至少写一行")
		}
		standIn(&p.Title, &p.Department)
		if p.Level == "" {
			p.Level = schemas.LevelCity
		}
		for j := range p.Items {
			it := &p.Items[j]
			standIn(&it.Title, &it.Department)
			switch whole := it.Condition.Text != ""; {
			case whole && len(it.Gates) > 0:
				a.fault(a.cell(sheet, place.items[j].row, "condition"),
					fmt.Sprintf("事项“%s”既有整个条件，又在工作表“条件”里有 %d 条", it.ID, len(it.Gates)), "留一处：清空这一格，或者删去那几行")
				it.Gates = nil
			case !whole && len(it.Gates) == 0:
				it.Gates = []schemas.Gate{{Clause: workspace.OneLine(it.Title)}}
			}
		}
	}
}

// standIn fills texts whose cells are reported as empty, so that the workspace has something to say of the others only.
func standIn(texts ...*string) {
	for _, t := range texts {
		if *t == "" {
			*t = "？"
		}
	}
}
