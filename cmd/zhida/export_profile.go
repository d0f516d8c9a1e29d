package main

import (
	"context"
	"encoding/csv"
	"fmt"

	"zhida/matcher/bits"
	"zhida/matcher/plan"
	"zhida/matcher/profile"
	"zhida/matcher/table"
	"zhida/pipeline"
	"zhida/pipeline/current"
	"zhida/pipeline/workspace"
	"zhida/schemas"
)

// exportProfile writes a line per enterprise: its attributes as known on the business date, then its tags. Yearly
// attributes are those of last year; derived ones are worked out, and empty where they are not known exactly.
func exportProfile(_ context.Context, s *site, view *pipeline.View, w *csv.Writer) error {
	x := newProfileExport(s.Workspace, view.Manifest.Date)
	if err := w.Write(x.header()); err != nil {
		return err
	}
	return view.Homes(func(h *pipeline.HomeState, dir *current.Directory) error {
		for _, block := range h.Blocks {
			in, err := view.Block(h, block)
			if err != nil {
				return err
			}
			columns, err := x.columns(in)
			if err != nil {
				return err
			}
			for door := range in.Block.N {
				line := []string{dir.Code(in.Block.Base() | uint32(door)), yesNo(in.Block.Living.Has(door))}
				for _, text := range columns {
					line = append(line, text(door))
				}
				if err := w.Write(line); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// profileExport makes the columns of the export for block after block.
type profileExport struct {
	workspace *workspace.Workspace
	date      schemas.Date
	derived   map[string]plan.ValueRef
	evaluator *plan.Evaluator
}

func newProfileExport(ws *workspace.Workspace, date schemas.Date) *profileExport {
	x := &profileExport{workspace: ws, date: date, derived: map[string]plan.ValueRef{}}
	b := plan.New()
	for name, v := range ws.Derived {
		if kind := v.Type().Kind; kind == schemas.KindNumber || kind == schemas.KindDate {
			x.derived[name] = b.AddValue(v)
		}
	}
	x.evaluator = plan.NewEvaluator(b.Plan())
	return x
}

func (x *profileExport) header() []string {
	header := []string{"统一社会信用代码", "存续"}
	for _, at := range x.workspace.Attributes {
		name := at.Name
		if at.Yearly {
			name += "@上年"
		}
		header = append(header, name)
	}
	for _, t := range x.workspace.Tags {
		header = append(header, t.Name)
	}
	return header
}

// columns are the texts of a block, one function per attribute and tag.
func (x *profileExport) columns(in *plan.Input) ([]func(door int) string, error) {
	var out []func(door int) string
	lastYear, _, _ := x.date.YMD()
	lastYear--
	for i := range x.workspace.Attributes {
		at := &x.workspace.Attributes[i]
		if at.Rule.Text != "" {
			texts, err := x.worked(in, at)
			if err != nil {
				return nil, err
			}
			out = append(out, func(door int) string { return texts[door] })
			continue
		}
		a := in.Block.Attributes[at.Name]
		if !profile.IsStored(at) {
			a = profile.InYear(in.Block.N, at, lastYear, in.Block.Rows, in.Datasets)
		}
		values, known, _ := a.On(x.date)
		out = append(out, func(door int) string { return attributeText(at.Type, values, known, door) })
	}
	for _, t := range x.workspace.Tags {
		truth := in.Block.Tags[t.Name]
		out = append(out, func(door int) string { return truthText(truth, door) })
	}
	return out, nil
}

// worked are the texts of a derived attribute, by door.
func (x *profileExport) worked(in *plan.Input, at *schemas.Attribute) (map[int]string, error) {
	texts := map[int]string{}
	ref, ok := x.derived[at.Name]
	if !ok {
		return texts, nil
	}
	everybody := bits.New(in.Block.N)
	for door := range in.Block.N {
		everybody.Put(door, true)
	}
	err := x.evaluator.Amounts(in, ref, everybody, func(door int, a plan.Amount) {
		switch {
		case !a.IsPoint():
		case at.Type.Kind == schemas.KindDate:
			texts[door] = schemas.Date(a.Low.Num().Int64()).String()
		default:
			texts[door] = exactText(a.Low)
		}
	})
	if err != nil {
		return nil, fmt.Errorf("work out %s: %w", at.Name, err)
	}
	return texts, nil
}

func yesNo(yes bool) string {
	if yes {
		return "是"
	}
	return "否"
}

func truthText(t bits.Truth, door int) string {
	switch {
	case t.Yes.Has(door):
		return "是"
	case t.No.Has(door):
		return "否"
	}
	return ""
}

// attributeText is a value as a person writes it, "" if it is not known.
func attributeText(t schemas.Type, values *table.Column, known bits.Set, door int) string {
	if !known.Has(door) {
		return ""
	}
	switch t.Kind {
	case schemas.KindDate:
		return schemas.Date(values.Ints[door]).String()
	case schemas.KindTruth:
		return yesNo(values.Ints[door] != 0)
	case schemas.KindNumber:
		return schemas.FormatDecimal(values.Ints[door], t.Scale)
	case schemas.KindText, schemas.KindCode:
	}
	return values.Texts[door]
}
