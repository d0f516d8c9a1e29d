package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"

	"zhida/connectors/format"
	"zhida/pipeline/current"
	"zhida/pipeline/standardise"
	"zhida/pipeline/store"
	"zhida/schemas"
)

// unplaced stands for the home of rows whose code is not a unified social credit code.
const unplaced schemas.Home = standardise.Unplaced

// MapSpec names one delivery to standardise.
type MapSpec struct {
	Definitions string         `json:"definitions"`
	Delivery    Delivery       `json:"delivery"`
	Raw         store.Ref      `json:"raw"`
	Format      format.Options `json:"format"`
	Crosswalk   *store.Ref     `json:"crosswalk,omitempty"` // last night's
}

// runRows bounds the rows a map task holds before it sorts and writes them: 262,144 rows of a registration are about
// 150 MB.
const runRows = 1 << 18

func (n *Night) runMap(ctx context.Context, spec MapSpec) (MapOutput, error) {
	ds := n.Workspace.Dataset(spec.Delivery.Dataset)
	if ds == nil {
		return MapOutput{}, fmt.Errorf("delivery %s is of dataset %q: %w", spec.Delivery.Name, spec.Delivery.Dataset, ErrDataset)
	}
	last := n.files()
	defer last.close()
	crosswalk, err := last.crosswalk(spec.Crosswalk)
	if err != nil {
		return MapOutput{}, err
	}
	std, err := standardise.New(ds, n.Workspace.Codes, n.Workspace.Wards, func(number string) string {
		return n.Key.Reference("phone", number)
	})
	if err != nil {
		return MapOutput{}, err
	}
	std.Route(func(code string) (schemas.Home, bool) {
		t, ok := crosswalk.Target(code)
		return t.Home, ok
	})
	raw, size, err := n.Store.OpenSealed(spec.Raw)
	if err != nil {
		return MapOutput{}, err
	}
	defer func() { _ = raw.Close() }()
	reader, err := n.Formats(spec.Delivery.Name, io.NewSectionReader(raw, 0, size), spec.Format)
	if broken, ok := fatal(err); ok {
		return broken, nil
	}
	if err != nil {
		return MapOutput{}, fmt.Errorf("standardise %s: %w", spec.Delivery.Name, err)
	}
	defer func() { _ = reader.Close() }()

	sink := &mapSink{store: n.Store}
	d := standardise.Delivery{
		Seq: spec.Delivery.Seq, Date: spec.Delivery.Date, Mode: spec.Delivery.Mode,
		Scope: spec.Delivery.Scope, File: spec.Delivery.Name,
	}
	report, err := std.Run(ctx, d, &batches{reader: reader}, sink, runRows)
	if err != nil {
		_ = sink.abandon()
		if broken, ok := fatal(err); ok {
			return broken, nil
		}
		return MapOutput{}, err // which names the file
	}
	if err := sink.close(); err != nil {
		return MapOutput{}, err
	}
	return MapOutput{Rows: report.Read, Runs: sink.runs, Rejects: sink.rejects.ref, Doubts: sink.doubts.ref, Report: report}, nil
}

// fatal turns what is wrong with a file into the task's output: that the delivery is broken is a fact about it, not a failure of
// the task. Other errors are.
func fatal(err error) (MapOutput, bool) {
	var file *format.FatalError
	var schema *standardise.FatalError
	if errors.As(err, &file) || errors.As(err, &schema) {
		return MapOutput{Fatal: err.Error()}, true
	}
	return MapOutput{}, false
}

// homeIn is the home whose rows a code belongs to, as the crosswalk has it.
func (n *Night) homeIn(crosswalk *current.Crosswalk) func(string) schemas.Home {
	return func(code string) schemas.Home {
		if t, ok := crosswalk.Target(code); ok {
			return t.Home
		}
		return n.homeOf(code)
	}
}

// homeOf is the home of a code that stands alone.
func (n *Night) homeOf(code string) schemas.Home {
	switch schemas.ClassifyCode(code) {
	case schemas.CodeUSCC, schemas.CodeBadCheck:
		return schemas.HomeOf(code, n.Workspace.Codes, n.Workspace.Wards)
	}
	return unplaced
}

// batches hands the batches of a format reader to standardise.
type batches struct{ reader format.Reader }

func (b *batches) Header() []string { return b.reader.Header() }

func (b *batches) Empty() int64 { return b.reader.Stats().Empty }

func (b *batches) Next(ctx context.Context) (standardise.Batch, error) {
	record, err := b.reader.Next(ctx)
	if err != nil {
		return standardise.Batch{}, err
	}
	batch := standardise.Batch{Record: record}
	for _, f := range b.reader.Faults() {
		batch.Broken = append(batch.Broken, standardise.Broken{
			Row: f.Row, Line: f.Line, Raw: f.Raw, Kind: standardise.BrokenKind(f.Kind), Fields: f.Fields, Column: f.Column,
		})
	}
	return batch, nil
}
