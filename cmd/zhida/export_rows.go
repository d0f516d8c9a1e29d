package main

import (
	"fmt"

	"zhida/matcher/profile"
	"zhida/matcher/table"
	"zhida/pipeline"
	"zhida/pipeline/current"
	"zhida/pipeline/export"
	"zhida/schemas"
)

// exportRows writes the rows of a dataset that hold, in the order of the enterprises: the code an enterprise has now,
// the fields as they are stored, personal ones left out, and the day of the last delivery that confirmed the row.
func exportRows(x *exporting) error {
	ds, err := x.exportable()
	if err != nil {
		return inputError(err)
	}
	columns := []export.Column{{Name: "统一社会信用代码", Kind: export.Text}}
	var names []string
	for _, f := range table.Stored(ds, false) {
		columns = append(columns, columnOf(f))
		names = append(names, f.Name)
	}
	last := len(columns)
	w, err := x.table(append(columns, export.Column{Name: "确认日期", Kind: export.Date}))
	if err != nil {
		return err
	}
	return x.view.Homes(func(h *pipeline.HomeState, dir *current.Directory) error {
		for _, block := range h.Blocks {
			rows, err := x.view.Rows(h, block, ds)
			if err != nil {
				return err
			}
			if rows == nil {
				continue
			}
			stored := make([]*table.Column, len(names))
			for i, name := range names {
				stored[i] = rows.Column(name)
			}
			for row := range rows.Len() {
				w.Text(0, dir.Code(uint32(block)<<16|uint32(rows.Door[row])))
				putRow(w, stored, row)
				w.Date(last, schemas.Date(rows.Confirmed[row]))
				if err := w.End(); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// exportable is the dataset that was asked for, if it is one whose rows may leave.
func (x *exporting) exportable() (*schemas.Dataset, error) {
	ds := x.site.Workspace.Dataset(x.dataset)
	var names []string
	for _, d := range x.site.Workspace.Datasets {
		if d.Role != schemas.RoleContacts && d.Role != schemas.RoleCrosswalk {
			names = append(names, d.Name)
		}
		if d.Title == x.dataset {
			ds = d
		}
	}
	switch {
	case ds == nil:
		return nil, fmt.Errorf("no dataset %q: want one of %v", x.dataset, names)
	case ds.Role == schemas.RoleContacts:
		return nil, fmt.Errorf("%s holds whom to tell, which is personal: it is not exported", ds.Name)
	case ds.Role == schemas.RoleCrosswalk:
		return nil, fmt.Errorf("%s holds codes and no rows of enterprises: it is not exported", ds.Name)
	}
	return ds, nil
}

// columnOf is the column for a stored field.
func columnOf(f table.Field) export.Column {
	kinds := map[table.Kind]export.Kind{
		table.Int: export.Integer, table.Date: export.Date, table.Decimal: export.Decimal, table.Bool: export.Truth, table.Text: export.Text,
	}
	return export.Column{Name: f.Name, Kind: kinds[f.Kind], Scale: f.Scale}
}

// putRow puts the known values of a row into the columns behind the code.
func putRow(w *export.Writer, stored []*table.Column, row int) {
	for i, c := range stored {
		switch {
		case c == nil || !c.Known.Has(row):
		case c.Texts != nil:
			w.Text(1+i, c.Texts[row])
		default:
			w.Int(1+i, c.Ints[row])
		}
	}
}

// yearsOf are the calendar years, of the last five before the business date, that rows about years occur for, the latest
// first.
func yearsOf(x *exporting) ([]int, error) {
	this, _, _ := x.view.Manifest.Date.YMD()
	found := map[int]bool{}
	err := x.view.Homes(func(h *pipeline.HomeState, _ *current.Directory) error {
		for _, ds := range x.site.Workspace.Datasets {
			if ds.Year == "" {
				continue
			}
			for _, block := range h.Blocks {
				rows, err := x.view.Rows(h, block, ds)
				if err != nil {
					return err
				}
				addYears(found, rows, ds.Year)
			}
		}
		return nil
	})
	var years []int
	for year := this - 1; year >= this-5; year-- {
		if found[year] {
			years = append(years, year)
		}
	}
	return years, err
}

func addYears(found map[int]bool, rows *profile.Rows, field string) {
	if rows == nil {
		return
	}
	if c := rows.Column(field); c != nil {
		for row := range c.Known.All() {
			found[int(c.Ints[row])] = true
		}
	}
}
