package pipeline

import (
	"fmt"
	"strings"

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
		Enterprise: b.people.of(c.Door), Attribute: a.Name, Used: b.says(a, c.Used), Other: b.says(a, c.Other), Why: b.whyUsed(a, c.Used),
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
		b.draft.of(d.Owner).Conflicts++
		if err := b.draft.put(listKey{d.Owner, listConflicts, 0}, row.Cells()); err != nil {
			return err
		}
	}
	return nil
}

// says is what a source says.
func (b *departmentBlock) says(a *schemas.Attribute, said profile.Said) department.Statement {
	unit := ""
	if f := b.fieldOf(said.Source); f != nil {
		unit = string(f.Unit)
	}
	return department.Statement{
		Who: b.sourceTitle(said.Source), Value: explain.ValueText(b.night.Workspace.Codes, a.Type, unit, said.Int, said.Text), Date: said.Confirmed.String(),
	}
}

// whyUsed says why a source counts: it is the first that knows something that is not too old.
func (b *departmentBlock) whyUsed(a *schemas.Attribute, used profile.Said) string {
	var before []string
	for _, s := range a.Sources {
		if s.Dataset == used.Source.Dataset && s.Field == used.Source.Field {
			break
		}
		before = append(before, b.sourceTitle(profile.Source{Dataset: s.Dataset, Field: s.Field}))
	}
	if len(before) == 0 {
		return "来源次序排在最前，且未过效期"
	}
	return strings.Join(before, "、") + "在先，但没有这一项或已过效期"
}

// sourceTitle names a source: 市税务局（纳税）.
func (b *departmentBlock) sourceTitle(s profile.Source) string {
	if d := b.night.datasets[s.Dataset]; d != nil {
		return d.Owner + "（" + titleOf(d) + "）"
	}
	return s.Dataset
}

func (b *departmentBlock) fieldOf(s profile.Source) *schemas.Field {
	if d := b.night.datasets[s.Dataset]; d != nil {
		return d.Field(s.Field)
	}
	return nil
}
