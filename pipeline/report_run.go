package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"

	"zhida/pipeline/ledger"
	"zhida/pipeline/report"
	"zhida/pipeline/report/page"
	"zhida/pipeline/standardise"
	"zhida/schemas"
)

// reportName is the name of a file among a night's reports.
func reportName(night, file string) string { return "nights/" + night + "/report/" + file }

// runReport writes the run report. It is made anew each time the night is shown: the page of a night that was held has
// the same name.
func (n *Night) runReport(ctx context.Context, m *Manifest) error {
	return n.Store.WriteFile(reportName(m.Night, "run.html"), func(w io.Writer) error {
		r, err := n.run(ctx, m)
		if err != nil {
			return err
		}
		return r.Write(w)
	})
}

// RunReport writes the night's run report.
func (v *View) RunReport(ctx context.Context, w io.Writer) error {
	m := v.Manifest
	if err := v.night.readShown(&m); err != nil {
		return err
	}
	r, err := v.night.run(ctx, &m)
	if err != nil {
		return err
	}
	r.Guides = false // they stand beside the night's own, not beside this one
	return r.Write(w)
}

// run gathers what the run report says.
func (n *Night) run(ctx context.Context, m *Manifest) (*page.Run, error) {
	past, err := n.past(ctx, m)
	if err != nil {
		return nil, err
	}
	s := m.Summary
	s.Date = m.Date
	// What the reports took is known only after they are made; a report made again later says what the first one said.
	s.Stages = slices.DeleteFunc(slices.Clone(s.Stages), func(st report.Stage) bool { return st.Name == report.StageReport })
	return &page.Run{
		Site: n.Workspace.Name, Summary: &s, Past: past, Datasets: n.datasetStates(m), Sources: n.tagSources(), Explain: standardise.Explain,
		Unasked: page.Unasked{NoContact: m.Pushes.NoContact, Earlier: m.Pushes.Earlier}, Guides: true,
	}, nil
}

// history is how many nights the pictures of a run report go back.
const history = 14

// past reads the summaries of the published nights before m, oldest first. One that is gone is left out.
func (n *Night) past(ctx context.Context, m *Manifest) ([]page.Past, error) {
	nights, err := n.Ledger.Nights(ctx)
	if err != nil {
		return nil, err
	}
	var out []page.Past
	for _, o := range slices.Backward(nights) {
		if len(out) == history {
			break
		}
		if o.State != ledger.NightPublished || o.SupersededBy != "" || o.Backfill || o.Date >= m.Date {
			continue
		}
		var p page.Past
		err := n.Store.ReadManifest(summaryName(o.ID), &p)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read the nights before: %w", err)
		}
		out = append(out, p)
	}
	slices.Reverse(out)
	return out, nil
}

// datasetStates says how old what is known of each dataset is.
func (n *Night) datasetStates(m *Manifest) []page.Dataset {
	var out []page.Dataset
	for _, ds := range n.Workspace.Datasets {
		d := page.Dataset{Name: ds.Name, Title: ds.Title, Owner: ds.Owner, Complete: ds.List == schemas.ListComplete, Shelf: ds.Shelf}
		if k := m.Datasets[ds.Name].Kept; k != nil {
			d.Held = k.Since
		}
		for i, f := range m.Datasets[ds.Name].Fulls {
			if i == 0 || f.Date < d.Full {
				d.Full = f.Date
			}
		}
		for i, f := range m.Datasets[ds.Name].Vouched {
			if i == 0 || f.Date < d.Seen {
				d.Seen = f.Date
			}
		}
		out = append(out, d)
	}
	return out
}

// heldReport says of a night that published nothing why, and what to do.
func (n *Night) heldReport(b *beginning, reasons []string, failed bool) error {
	h := &page.Held{
		Site: n.Workspace.Name, Night: b.plan.Night, Date: b.plan.Date.String(), Failed: failed, Reasons: reasons, Last: b.plan.Predecessor,
	}
	return n.Store.WriteFile(reportName(b.plan.Night, "run.html"), h.Write)
}
