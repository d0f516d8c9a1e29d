package pipeline

import (
	"context"
)

// reports makes what people read of a published night, in nights/<night>/report/. Everything is worked out from the
// night's artefacts, so it can be made again at any time; no night starts from it.
func (n *Night) reports(ctx context.Context, m *Manifest) error {
	if n.definitions() != m.Definitions {
		return nil // made with other definitions: what it says could not be told from what they say now
	}
	if err := firstError(n.runReport(ctx, m), n.guides(m)); err != nil { // the operator's page does not wait for the workbooks
		return err
	}
	return firstError(n.departmentReports(ctx, m), ctx.Err())
}

// MissingReports names the files of the night's reports that are not there, as far as they could be made: not with other
// definitions than the night's.
func (v *View) MissingReports() ([]string, error) {
	if v.Changed() {
		return nil, nil
	}
	if err := v.night.readSummary(&v.Manifest); err != nil {
		return nil, err
	}
	var out []string
	for _, name := range []string{"run.html", "guides/index.html"} {
		if !v.night.Store.HasFile(reportName(v.Manifest.Night, name)) {
			out = append(out, name)
		}
	}
	for _, name := range v.missingWorkbooks() {
		out = append(out, fileOf(name)+".xlsx")
	}
	return out, nil
}

// catchUp makes the reports of an earlier night if it was killed while it made them and was never shown again.
func (n *Night) catchUp(ctx context.Context, night string) error {
	if night == "" {
		return nil
	}
	m, err := n.LoadManifest(night)
	if err != nil {
		return err
	}
	v := &View{Manifest: m, night: n, files: n.files()}
	defer v.Close()
	if missing, err := v.MissingReports(); err != nil || len(missing) == 0 {
		return err
	}
	if err := n.readShown(&m); err != nil {
		return err
	}
	return n.reports(ctx, &m)
}
