package pipeline

import (
	"cmp"
	"slices"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// tagSources lists the datasets that each tag's rule reads, through other tags and attributes too.
func (n *Night) tagSources() map[string][]string {
	out := map[string][]string{}
	for _, t := range n.Workspace.Tags { // a tag comes after those it uses
		out[t.Name] = n.sourcesOf(n.Workspace.TagRules[t.Name], out)
	}
	return out
}

// sourcesOf lists the datasets that an expression reads, given what tags do.
func (n *Night) sourcesOf(expr condition.Expr, tags map[string][]string) []string {
	attributes := map[string]*schemas.Attribute{}
	for i := range n.Workspace.Attributes {
		attributes[n.Workspace.Attributes[i].Name] = &n.Workspace.Attributes[i]
	}
	var read []string
	for _, ds := range condition.DatasetsRead(expr) {
		read = append(read, ds.Name)
	}
	for _, name := range condition.AttributesRead(expr) {
		if a := attributes[name]; a != nil {
			for _, source := range a.Sources {
				read = append(read, source.Dataset)
			}
		}
	}
	for _, used := range condition.TagsRead(expr) {
		read = append(read, tags[used]...)
	}
	slices.Sort(read)
	return slices.Compact(read)
}

// readHeld are the items whose conditions read a complete list that is held.
func (n *Night) readHeld(states map[string]DatasetState) map[string]bool {
	held := func(name string) bool {
		return states[name].Kept != nil && n.datasets[name] != nil && n.datasets[name].List == schemas.ListComplete
	}
	if !slices.ContainsFunc(sortedKeys(states), held) {
		return nil
	}
	out, tags := map[string]bool{}, n.tagSources()
	for id, expr := range n.Workspace.Conditions {
		out[id] = slices.ContainsFunc(n.sourcesOf(expr, tags), held)
	}
	return out
}

// HeldDataset is a dataset that a published night went on without: its rows are those of an earlier night.
type HeldDataset struct {
	Dataset string `json:"dataset"` // its title
	Owner   string `json:"owner"`
	Since   string `json:"since"` // the day of the night whose rows are used
	Days    int    `json:"days"`  // since then
}

// Held are the held datasets that an item's condition reads.
func (v *View) Held(item string) []HeldDataset {
	if !v.Manifest.heldAny() {
		return nil
	}
	n := v.night
	read := n.sourcesOf(n.Workspace.Conditions[item], n.tagSources())
	var out []HeldDataset
	for _, ds := range n.Workspace.Datasets {
		if k := v.Manifest.Datasets[ds.Name].Kept; k != nil && slices.Contains(read, ds.Name) {
			out = append(out, HeldDataset{cmp.Or(ds.Title, ds.Name), ds.Owner, k.Since.String(), int(v.Manifest.Date - k.Since)})
		}
	}
	return out
}
