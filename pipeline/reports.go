package pipeline

import "context"

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
