package pipeline

import (
	"cmp"
	"fmt"
	"io"

	"golang.org/x/sync/errgroup"

	"zhida/pipeline/report/page"
	"zhida/schemas"
)

// guides writes the items' clear cards and guides; those that are there stand: they say what the night's definitions say.
func (n *Night) guides(m *Manifest) error {
	if n.Store.HasFile(reportName(m.Night, "guides/index.html")) {
		return nil
	}
	return n.writeGuides(m, func(name string, write func(io.Writer) error) error {
		return n.Store.WriteFile(reportName(m.Night, "guides/"+name), write)
	})
}

// Guides hands out the guides of the night's business date, several at a time, and their index, which comes last.
func (v *View) Guides(file func(name string, write func(io.Writer) error) error) error {
	if v.Changed() {
		return fmt.Errorf("%s: %w", v.Manifest.Night, ErrDefinitions)
	}
	return v.night.writeGuides(&v.Manifest, file)
}

// guideFiles is how many guides are written at a time: each waits until it is on the disk, and ten thousand of them, which
// are 9 s of CPU on two cores, took 13 s one by one.
const guideFiles = 16

func (n *Night) writeGuides(m *Manifest, file func(name string, write func(io.Writer) error) error) error {
	groups := map[string][]*schemas.Item{}
	for _, item := range n.Workspace.Items() {
		if item.Exclusive != nil {
			groups[item.Exclusive.Group] = append(groups[item.Exclusive.Group], item)
		}
	}
	index := &page.Index{Site: n.Workspace.Name, Night: m.Night}
	var files errgroup.Group
	files.SetLimit(guideFiles)
	for policy, item := range n.Workspace.Items() {
		g := &page.Guide{
			Site: n.Workspace.Name, Policy: policy, Item: item, Condition: n.Workspace.Conditions[item.ID], Codes: n.Workspace.Codes, Day: m.Date,
		}
		if item.Exclusive != nil {
			for _, other := range groups[item.Exclusive.Group] {
				if other != item {
					g.Alike = append(g.Alike, cmp.Or(other.Title, other.ID))
				}
			}
		}
		index.Guides = append(index.Guides, g)
		files.Go(func() error { return file(page.GuideFile(item.ID), g.Write) })
	}
	if err := files.Wait(); err != nil {
		return err
	}
	return file("index.html", index.Write)
}
