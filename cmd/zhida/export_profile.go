package main

import (
	"fmt"
	"strconv"

	"zhida/matcher/bits"
	"zhida/matcher/plan"
	"zhida/matcher/profile"
	"zhida/matcher/table"
	"zhida/pipeline"
	"zhida/pipeline/current"
	"zhida/pipeline/export"
	"zhida/schemas"
)

// exportProfile writes a line per enterprise that ever had a door: its code, whether it is living, its home, its attributes
// as known on the business date, and its tags. A yearly attribute has a column for each of the last five years that rows
// occur for. A derived one, as of last year if it is yearly, is worked out exactly, and is empty where it is not one
// number: a decimal where its rule has no quotient, else the nearest floating point number. One of words, such as the size
// class, is a word, or those still possible with | between them, and empty where it can be any.
func exportProfile(x *exporting) error {
	years, err := yearsOf(x)
	if err != nil {
		return err
	}
	p := newProfileExport(x, years)
	w, err := x.table(p.columns())
	if err != nil {
		return err
	}
	return x.view.Homes(func(h *pipeline.HomeState, dir *current.Directory) error {
		for _, block := range h.Blocks {
			in, err := x.view.Block(h, block)
			if err != nil {
				return err
			}
			fill, err := p.fill(in)
			if err != nil {
				return err
			}
			for door := range in.Block.N {
				w.Text(0, dir.Code(in.Block.Base()|uint32(door)))
				w.Truth(1, in.Block.Living.Has(door))
				w.Text(2, h.Home.Region())
				for _, put := range fill {
					put(w, door)
				}
				if err := w.End(); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// profileExport makes the columns of the export for block after block.
type profileExport struct {
	date      schemas.Date
	made      []profileColumn
	evaluator *plan.Evaluator
}

// profileColumn is a column of the export and where it comes from: an attribute, in a year if it is yearly, or a tag.
type profileColumn struct {
	export.Column
	attribute *schemas.Attribute
	year      int
	value     plan.ValueRef // derived
	words     plan.Words    // derived, of a closed list of words
	tag       string
}

// fixedColumns stand before the attributes.
func fixedColumns() []export.Column {
	return []export.Column{
		{Name: "统一社会信用代码", Kind: export.Text}, {Name: "是否存续", Kind: export.Truth}, {Name: "登记地", Kind: export.Text},
	}
}

func newProfileExport(x *exporting, years []int) *profileExport {
	p := &profileExport{date: x.view.Manifest.Date}
	ws, b := x.site.Workspace, plan.New()
	taken := map[string]bool{}
	for _, c := range fixedColumns() {
		taken[c.Name] = true
	}
	// A tag may have the name of an attribute, and either one of ours.
	add := func(c profileColumn, prefix string) {
		if taken[c.Name] {
			c.Name = prefix + c.Name
		}
		taken[c.Name] = true
		p.made = append(p.made, c)
	}
	for i := range ws.Attributes {
		at := &ws.Attributes[i]
		switch {
		case at.Rule.Text != "":
			add(p.derived(at, ws.Derived[at.Name], b), "指标 ")
		case at.Yearly:
			for _, year := range years {
				add(profileColumn{Column: export.ColumnOf(inYear(at, year), at.Type), attribute: at, year: year}, "指标 ")
			}
		default:
			add(profileColumn{Column: export.ColumnOf(at.Name, at.Type), attribute: at}, "指标 ")
		}
	}
	for _, t := range ws.Tags {
		add(profileColumn{Column: export.Column{Name: t.Name, Kind: export.Truth}, tag: t.Name}, "标签 ")
	}
	p.evaluator = plan.NewEvaluator(b.Plan())
	return p
}

func inYear(at *schemas.Attribute, year int) string { return at.Name + "@" + strconv.Itoa(year) }

func (p *profileExport) columns() []export.Column {
	out := fixedColumns()
	for _, c := range p.made {
		out = append(out, c.Column)
	}
	return out
}

// fill reads what a block has for each column and returns what puts a door's value into it.
func (p *profileExport) fill(in *plan.Input) ([]func(w *export.Writer, door int), error) {
	var out []func(*export.Writer, int)
	for i := range p.made {
		c, column := &p.made[i], len(fixedColumns())+i
		switch {
		case c.tag != "":
			truth := in.Block.Tags[c.tag]
			out = append(out, func(w *export.Writer, door int) {
				if yes := truth.Yes.Has(door); yes || truth.No.Has(door) {
					w.Truth(column, yes)
				}
			})
		case c.attribute.Rule.Text != "":
			put, err := p.worked(in, c, column)
			if err != nil {
				return nil, err
			}
			out = append(out, put)
		default:
			a := in.Block.Attributes[c.attribute.Name]
			if c.year != 0 {
				a = profile.InYear(in.Block.N, c.attribute, c.year, in.Block.Rows, in.Datasets)
			}
			values, known, _ := a.On(p.date)
			out = append(out, putStored(values, known, column))
		}
	}
	return out, nil
}

func putStored(values *table.Column, known bits.Set, column int) func(*export.Writer, int) {
	return func(w *export.Writer, door int) {
		switch {
		case !known.Has(door):
		case values.Texts != nil:
			w.Text(column, values.Texts[door])
		default:
			w.Int(column, values.Ints[door])
		}
	}
}

// worked works a derived attribute out for all of a block.
func (p *profileExport) worked(in *plan.Input, c *profileColumn, column int) (func(*export.Writer, int), error) {
	switch {
	case len(c.words.Words) > 0:
		words, err := p.evaluator.Texts(in, c.words)
		if err != nil {
			return nil, fmt.Errorf("work out %s: %w", c.Name, err)
		}
		return func(w *export.Writer, door int) {
			if words[door] != "" {
				w.Text(column, words[door])
			}
		}, nil
	case c.Kind == export.Text:
		return func(*export.Writer, int) {}, nil
	}
	everybody, made := bits.New(in.Block.N), newAmounts(c, in.Block.N)
	everybody.Fill(in.Block.N)
	if err := p.evaluator.Amounts(in, c.value, everybody, made.add); err != nil {
		return nil, fmt.Errorf("work out %s: %w", c.Name, err)
	}
	return func(w *export.Writer, door int) { made.put(w, column, door) }, nil
}
