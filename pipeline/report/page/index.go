package page

import (
	"cmp"
	"io"
	"slices"

	"zhida/schemas"
)

// Index lists all guides.
type Index struct {
	Site   string
	Night  string
	Guides []*Guide
}

// Write writes the page.
func (x *Index) Write(w io.Writer) error { return render(w, "index.html", x.view()) }

type indexView struct {
	*Index
	Levels      []indexLevel
	Departments []indexDepartment
	Modes       []indexCount
	Open        int
	Short       int // guides with a field that is not filled in
}

type indexLevel struct {
	Level  string
	N      int
	Themes []indexTheme
}

type indexTheme struct {
	Theme string
	Rows  []indexRow
}

type indexDepartment struct {
	Department string
	Open       int
	Rows       []indexRow
}

type indexCount struct {
	Name  string
	N     int
	Means string
}

type indexRow struct {
	ID, Title, File, Mode, Kind, Department, Window, State, Level string
	Open                                                          bool
	Missing                                                       []string
	theme                                                         string
}

func (x *Index) view() *indexView {
	v := &indexView{Index: x}
	modes := map[schemas.ItemMode]int{}
	var rows []indexRow
	for _, g := range x.Guides {
		page := g.view()
		modes[g.Item.Mode]++
		if page.Open {
			v.Open++
		}
		if len(page.Missing) > 0 {
			v.Short++
		}
		rows = append(rows, indexRow{
			ID: g.Item.ID, Title: g.Item.Title, File: GuideFile(g.Item.ID), Mode: page.Mode, Kind: string(g.Item.Kind),
			Department: page.Department, Window: page.Window, State: page.State, Open: page.Open, Missing: page.Missing,
			Level: string(g.Policy.Level), theme: cmp.Or(g.Policy.Theme, "其他"),
		})
	}
	for _, m := range []schemas.ItemMode{schemas.ModeNoApplication, schemas.ModeLightApplication, schemas.ModeOrdinary} {
		v.Modes = append(v.Modes, indexCount{string(m), modes[m], modeMeans(m)})
	}
	v.levels(rows)
	v.departments(rows)
	return v
}

// levels groups by level, highest first, then by theme in the order met.
func (v *indexView) levels(rows []indexRow) {
	for _, level := range []schemas.Level{schemas.LevelNation, schemas.LevelProvince, schemas.LevelCity, schemas.LevelCounty} {
		l := indexLevel{Level: string(level)}
		for _, row := range rows {
			if row.Level != string(level) {
				continue
			}
			l.N++
			i := slices.IndexFunc(l.Themes, func(t indexTheme) bool { return t.Theme == row.theme })
			if i < 0 {
				i = len(l.Themes)
				l.Themes = append(l.Themes, indexTheme{Theme: row.theme})
			}
			l.Themes[i].Rows = append(l.Themes[i].Rows, row)
		}
		if l.N > 0 {
			v.Levels = append(v.Levels, l)
		}
	}
}

// departments groups by department, the one with most items first.
func (v *indexView) departments(rows []indexRow) {
	at := map[string]int{}
	for _, row := range rows {
		i, ok := at[row.Department]
		if !ok {
			i = len(v.Departments)
			at[row.Department] = i
			v.Departments = append(v.Departments, indexDepartment{Department: row.Department})
		}
		d := &v.Departments[i]
		d.Rows = append(d.Rows, row)
		if row.Open {
			d.Open++
		}
	}
	slices.SortStableFunc(v.Departments, func(a, b indexDepartment) int { return cmp.Compare(len(b.Rows), len(a.Rows)) })
}
