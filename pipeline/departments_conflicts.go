package pipeline

import (
	"fmt"

	"zhida/matcher/explain"
	"zhida/matcher/profile"
	"zhida/pipeline/report/department"
	"zhida/schemas"
)

// conflicts lists, for each department that delivers one of them, sources that disagree about living enterprises.
func (b *departmentBlock) conflicts() error {
	for i := range b.night.Workspace.Attributes {
		a := &b.night.Workspace.Attributes[i]
		for _, c := range b.in.Block.Conflicts(a, b.in.Today, b.night.datasets) {
			if !b.in.Block.Living.Has(c.Door) {
				continue
			}
			if err := b.conflict(a, c); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *departmentBlock) conflict(a *schemas.Attribute, c profile.Conflict) error {
	row := department.Conflict{
		Enterprise: b.people.of(c.Door), Attribute: a.Name, Used: b.says(a, c.Used), Others: b.says(a, c.Other),
	}
	if c.Year != 0 {
		row.Attribute = fmt.Sprintf("%s@%d年", a.Name, c.Year)
	}
	owners := map[string]bool{}
	for _, said := range []profile.Said{c.Used, c.Other} {
		d := b.night.datasets[said.Source.Dataset]
		if d == nil || d.Owner == "" || owners[d.Owner] || !b.wants(d.Owner) {
			continue
		}
		owners[d.Owner] = true
		if err := b.draft.put(listKey{d.Owner, listConflicts, 0}, row.Cells()); err != nil {
			return err
		}
	}
	return nil
}

// says is what a source says: 市税务局（纳税，2026-06-01 核实）：100万元.
func (b *departmentBlock) says(a *schemas.Attribute, said profile.Said) string {
	who, unit := said.Source.Dataset, ""
	if d := b.night.datasets[who]; d != nil {
		who = d.Owner + "（" + titleOf(d) + "，" + said.Confirmed.String() + " 核实）"
		if f := d.Field(said.Source.Field); f != nil {
			unit = string(f.Unit)
		}
	}
	return who + "：" + explain.ValueText(b.night.Workspace.Codes, a.Type, unit, said.Int, said.Text)
}
