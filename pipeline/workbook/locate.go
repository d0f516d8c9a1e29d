package workbook

import (
	"slices"
	"strings"

	"zhida/pipeline/workspace"
	"zhida/schemas"
)

// Locate leads faults that the workspace has found in the policies of this book back to their cells. What lies in other
// files stays. What only follows from a fault of the book is dropped: in a cell that has one already, and of ids, windows,
// groups and parameters in a row that has one.
func (b *Book) Locate(faults []workspace.PolicyFault) schemas.Faults {
	known := map[schemas.Cell]bool{} // cells, and rows without a column
	for _, f := range b.Faults {
		known[f.Cell] = true
		known[schemas.Cell{Sheet: f.Cell.Sheet, Row: f.Cell.Row}] = true
	}
	var out schemas.Faults
	for _, f := range faults {
		if f.Policy < 0 {
			out = append(out, f.Fault)
			continue
		}
		at := b.at(f)
		if at.Line == 0 {
			at.Message, at.Suggestion = words().Replace(at.Message), words().Replace(at.Suggestion)
		}
		head, _, _ := strings.Cut(f.Field.Key, ".")
		follows := slices.Contains([]string{"id", "valid", "window", "items", "exclusive", "params"}, head)
		if at.Line == 0 && (known[at.Cell] || follows && known[schemas.Cell{Sheet: at.Cell.Sheet, Row: at.Cell.Row}]) {
			continue
		}
		out = append(out, at)
	}
	return out
}

// words put the titles of columns for the keys of files.
func words() *strings.Replacer {
	return strings.NewReplacer(
		"“keep: better”", "“金额高的”", "keep: first", "“排在前的”", "“benefit”", "“兑现金额”", "写上 benefit", "写上兑现金额",
		"“prefer”", "“择优”", "“attainable”", "“可达成”", "“scope”", "“适用范围”", "“condition”", "“申报条件”", "“params”", "“参数”",
		"政策的“id”", "政策编号", "政策的 id", "政策编号", "事项的“id”", "事项编号", "事项的 id", "事项编号",
	)
}

// at is the fault with the cell's place. Only in condition text does a place within the cell mean anything.
func (b *Book) at(f workspace.PolicyFault) schemas.Fault {
	out, text := f.Fault, ""
	out.File = b.Name
	p, place, key := &b.Policies[f.Policy], b.places[f.Policy], f.Field.Key
	switch {
	case f.Field.Item < 0 && strings.HasPrefix(key, "params.") && f.Field.Index < len(place.params):
		out.Cell = b.cell(paramName, place.params[f.Field.Index], key)
		if key == "params.value" {
			text = p.Params[f.Field.Index].Value.Text
		}
	case f.Field.Item < 0:
		out.Cell = b.cell(policyName, place.row, key)
		if key == "scope" {
			text = p.Scope.Text
		}
	default:
		out.Cell, text = b.inItem(&p.Items[f.Field.Item], place.items[f.Field.Item], f.Field)
		if key == "prefer" && text != "" {
			out.Line += place.items[f.Field.Item].preferLines[f.Field.Index] - 1
			text = strings.Repeat("\n", out.Line-f.Line) + text
		}
	}
	lines := strings.Split(text, "\n")
	if text == "" || out.Line < 1 || out.Line > len(lines) {
		out.Line, out.Column, out.Width, out.Source = 0, 0, 0, ""
		return out
	}
	out.Source = lines[out.Line-1]
	return out
}

// inItem finds the cell of an item's field, and the text if it is condition text.
func (b *Book) inItem(it *schemas.Item, place itemPlace, field workspace.PolicyField) (schemas.Cell, string) {
	sheet := itemName
	switch field.Key {
	case "condition":
		return b.cell(sheet, place.row, field.Key), it.Condition.Text
	case "benefit":
		return b.cell(sheet, place.row, field.Key), it.Benefit.Text
	case "prefer":
		if field.Index < len(it.Prefer) {
			return b.cell(sheet, place.row, field.Key), it.Prefer[field.Index].By.Text
		}
	case "gates.condition", "gates.clause", "gates":
		if field.Index >= len(place.gates) {
			return b.cell(sheet, place.row, "title"), ""
		}
		text := ""
		if field.Key == "gates.condition" {
			text = it.Gates[field.Index].Condition.Text
		}
		return b.cell(gateName, place.gates[field.Index], field.Key), text
	}
	return b.cell(sheet, place.row, field.Key), ""
}

// cell is the cell of a field, of the field it is part of, or else of the row.
func (b *Book) cell(sheet string, row int, field string) schemas.Cell {
	columns := b.columns[sheet]
	at := columns[field]
	if head, _, part := strings.Cut(field, "."); at == 0 && part {
		at = columns[head]
	}
	return schemas.Cell{Sheet: sheet, Row: row, Column: at}
}
