package pipeline

import (
	"zhida/matcher"
	"zhida/matcher/plan"
	"zhida/schemas"
)

// Some compiles some of the items, for who asks about them alone; PrepareReading has to come before. The items that one of
// them excludes, or is excluded by, are among them.
func (n *Night) Some(items ...string) (*matcher.Library, error) {
	wanted, groups := map[string]bool{}, map[string]bool{}
	for _, id := range items {
		wanted[id] = true
	}
	for _, item := range n.Workspace.Items() {
		if wanted[item.ID] && item.Exclusive != nil {
			groups[item.Exclusive.Group] = true
		}
	}
	d, err := matchingSome(n.Workspace, func(item *schemas.Item) bool {
		return wanted[item.ID] || item.Exclusive != nil && groups[item.Exclusive.Group]
	})
	if err != nil {
		return nil, err
	}
	return matcher.Compile(d)
}

// Part reads of the block an enterprise lives in what the items of a library read, and what the rules of their tags do: an
// explanation shows these too. Of a profile of sixty attributes and twenty datasets that is a small part. Of datasets, the
// block has the rows of this enterprise only.
func (v *View) Part(e Enterprise, lib *matcher.Library) (in *plan.Input, door int, err error) {
	var parts []any
	for i := range lib.Items {
		parts = append(parts, partsRead(&lib.Items[i])...)
	}
	stored, err := v.tagsHold()
	if err != nil {
		return nil, 0, err
	}
	s := &Scan{view: v, today: v.Manifest.Date, reads: v.reads(true, parts...)}
	if !stored {
		if err := s.rework(); err != nil {
			return nil, 0, err
		}
	}
	w := s.begin(v.files)
	w.only = &e.ID
	if err := w.readTags(e.state); err != nil {
		return nil, 0, err
	}
	in, err = w.block(e.state, uint16(e.ID>>16))
	return in, int(e.ID & 0xffff), err
}

// partsRead are the conditions and values of an item.
func partsRead(item *matcher.CompiledItem) []any {
	out := []any{item.Expr}
	if item.Benefit != nil {
		out = append(out, item.Benefit)
	}
	if item.Paid != nil {
		out = append(out, item.Paid)
	}
	return out
}
