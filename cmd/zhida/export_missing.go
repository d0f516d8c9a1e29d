package main

import (
	"strings"

	"zhida/matcher"
	"zhida/matcher/condition"
	"zhida/matcher/missing"
	"zhida/matcher/plan"
	"zhida/pipeline"
	"zhida/pipeline/current"
	"zhida/pipeline/export"
)

// exportMissing writes a line per pair that needs facts and fact that it lacks, with the datasets that can supply it
// and their departments, and whether it lacks nothing else.
func exportMissing(x *exporting) error {
	w, err := x.table([]export.Column{
		{Name: "统一社会信用代码", Kind: export.Text},
		{Name: "事项", Kind: export.Text},
		{Name: "事实", Kind: export.Text},
		{Name: "年度", Kind: export.Integer},
		{Name: "名单", Kind: export.Truth},
		{Name: "数据类", Kind: export.Text},
		{Name: "部门", Kind: export.Text},
		{Name: "只缺这一项", Kind: export.Truth},
	})
	if err != nil {
		return err
	}
	var items []string
	var exprs []condition.Expr
	for _, it := range x.site.Library.Items {
		items, exprs = append(items, it.ID), append(exprs, it.Expr)
	}
	finder := missing.New(exprs, x.site.Workspace.TagRules)
	return x.view.Homes(func(h *pipeline.HomeState, dir *current.Directory) error {
		for _, block := range h.Blocks {
			in, err := x.view.Block(h, block)
			if err != nil {
				return err
			}
			item := 0
			err = x.view.Verdicts(h, block, dir.BlockLen(block), items, func(_ string, v matcher.Verdict) error {
				defer func() { item++ }()
				if v.Needs == nil {
					return nil
				}
				found, err := finder.Item(in, item, v.Needs)
				if err != nil {
					return err
				}
				m := missingExport{exporting: x, out: w, in: in, dir: dir, item: items[item]}
				return m.lines(v, found)
			})
			finder.Release()
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// missingExport is what an item lacks on a block.
type missingExport struct {
	*exporting
	out  *export.Writer
	in   *plan.Input
	dir  *current.Directory
	item string
}

// lines writes the facts of each enterprise together.
func (m *missingExport) lines(v matcher.Verdict, found []missing.Found) error {
	datasets, owners := make([]string, len(found)), make([]string, len(found))
	for i, f := range found {
		var names, who []string
		for _, d := range m.site.Suppliers(f.Fact) {
			names, who = append(names, d.Name), append(who, d.Owner)
		}
		datasets[i], owners[i] = strings.Join(names, ";"), strings.Join(who, ";")
	}
	for door := range v.Needs.All() {
		for i, f := range found {
			if !f.Doors.Has(door) {
				continue
			}
			m.out.Text(0, m.dir.Code(m.in.Block.Base()|uint32(door)))
			m.out.Text(1, m.item)
			m.out.Text(2, f.Name)
			if f.Year != 0 {
				m.out.Int(3, int64(f.Year))
			}
			m.out.Int(4, bit(f.List))
			if datasets[i] != "" {
				m.out.Text(5, datasets[i])
				m.out.Text(6, owners[i])
			}
			m.out.Int(7, bit(f.Alone != nil && f.Alone.Has(door)))
			if err := m.out.End(); err != nil {
				return err
			}
		}
	}
	return nil
}

func bit(is bool) int64 {
	if is {
		return 1
	}
	return 0
}
