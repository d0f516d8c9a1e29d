package pipeline

import (
	"context"
	"errors"
	"io/fs"
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
func (v *View) MissingReports() []string {
	if v.Changed() {
		return nil
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
	return out
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
	if len(v.MissingReports()) == 0 {
		return nil
	}
	if err := n.Store.ReadManifest(summaryName(night), &m.Summary); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return n.reports(ctx, &m)
}
