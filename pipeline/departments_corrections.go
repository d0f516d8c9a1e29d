package pipeline

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"zhida/pipeline/report/department"
	"zhida/pipeline/standardise"
	"zhida/pipeline/store"
)

// corrections writes what a department that delivers data should put right, and the sheets to fill in.
func (b *departmentBook) corrections(o DepartmentOptions) error {
	if len(b.spec.Datasets) == 0 {
		return nil
	}
	for _, dataset := range b.items(listFill) {
		f, err := b.sheetToFill(dataset)
		if err != nil {
			return err
		}
		name := fileOf(b.spec.Department + "-" + f.Title)
		err = b.book(o, name, name, func(w io.Writer, to department.Options) error { return department.WriteFill(w, f, to) })
		if err != nil {
			return err
		}
	}
	wrong := &wrongRows{night: b.night, spec: b.spec}
	c := &department.Corrections{
		Department: b.spec.Department, Night: b.spec.Night, Wrong: wrong.lines, Problems: wrong.problems,
		Conflicts: b.byItem(listConflicts), Disagree: b.figures.Conflicts, Missing: b.missingFacts(),
	}
	return b.book(o, fileOf(b.spec.Department+"-校核"), fileOf(b.spec.Department), func(w io.Writer, to department.Options) error { return department.WriteCorrections(w, c, to) })
}

// book writes a workbook, and files beside it whose names begin with the prefix.
func (b *departmentBook) book(o DepartmentOptions, name, prefix string, write func(io.Writer, department.Options) error) error {
	beside := &besides{create: o.Create}
	return o.Create(name+".xlsx", func(w io.Writer) error {
		return write(w, department.Options{Beside: beside.begin, Prefix: prefix, Temp: o.Temp})
	})
}

// missingFacts are those that the department is asked for, with the sheets to fill them in.
func (b *departmentBook) missingFacts() []department.Fact {
	asks := b.night.asks()
	out := b.night.facts(b.figures.Supply)
	for i := range out {
		for _, a := range asks[out[i].Name] {
			if slices.Contains(a.owners, b.spec.Department) {
				out[i].Sheet = fileOf(b.spec.Department+"-"+titleOf(b.night.Workspace.Datasets[a.dataset])) + ".xlsx"
			}
		}
	}
	return out
}

// wrongRows tells what was wrong in what a department delivered: of each file and problem the first rows, of all a bound.
type wrongRows struct {
	night  *Night
	spec   *BookSpec
	yield  func([]any) error
	listed []map[string]int64 // by delivery: lines by problem
	rows   int
}

// How a problem was dealt with.
const (
	rowRefused = "整行未收"
	cellLeft   = "该格未收"
	rowTaken   = "照收"
)

// lines lists them.
func (w *wrongRows) lines(yield func([]any) error) error {
	w.yield, w.listed, w.rows = yield, nil, 0
	for i := range w.spec.Wrong {
		d := &w.spec.Wrong[i]
		w.listed = append(w.listed, map[string]int64{})
		rejects := func(rows *json.Decoder) error {
			var r standardise.Reject
			if err := rows.Decode(&r); err != nil {
				return err
			}
			return w.row(d, r.Line, r.Code, rowRefused, r.Reasons)
		}
		doubts := func(rows *json.Decoder) error {
			var r standardise.Doubt
			if err := rows.Decode(&r); err != nil {
				return err
			}
			return w.row(d, r.Line, r.Code, "", r.Reasons)
		}
		if err := firstError(w.each(d.Rejects, d.Reasons, rejects), w.each(d.Doubts, nil, doubts)); err != nil {
			return fmt.Errorf("what is wrong in %s: %w", d.File, err)
		}
	}
	return nil
}

// each goes through an artefact of lines until enough of them are listed: so many of each problem, of those that are given.
func (w *wrongRows) each(ref *store.Ref, problems map[string]int64, next func(*json.Decoder) error) (err error) {
	if ref == nil {
		return nil
	}
	file, size, err := w.night.Store.OpenSealed(*ref)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	rows := json.NewDecoder(io.NewSectionReader(file, 0, size))
	for !w.enough(problems) {
		if err := next(rows); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
	return nil
}

// enough reports whether nothing more would be listed.
func (w *wrongRows) enough(problems map[string]int64) bool {
	listed := w.listed[len(w.listed)-1]
	all := len(problems) > 0
	for problem, rows := range problems {
		all = all && listed[problem] >= min(rows, standardise.MostDoubts)
	}
	return all || w.rows >= department.MostListed
}

// row lists what was wrong in a row.
func (w *wrongRows) row(d *WrongRows, line int64, code, kept string, reasons []standardise.Reason) error {
	ds, listed := w.night.datasets[d.Dataset], w.listed[len(w.listed)-1]
	for _, r := range reasons {
		if listed[r.Key()] >= standardise.MostDoubts || w.rows >= department.MostListed {
			continue
		}
		listed[r.Key()]++
		w.rows++
		wrong := department.Wrong{
			Dataset: titleOf(ds), File: d.File, Line: line, Code: code, Field: r.Field, Value: r.Value, Problem: r.Text, Kept: kept,
			Suggestion: standardise.Suggest(ds, r),
		}
		if kept == "" {
			wrong.Kept = flagMeans(r.Key())
		}
		if err := w.yield(wrong.Cells()); err != nil {
			return err
		}
	}
	return nil
}

// flagMeans says what became of a row, or the cell, with a flag.
func flagMeans(flag string) string {
	if standardise.Kept(flag) {
		return rowTaken
	}
	return cellLeft
}

// problems counts them, once lines has gone through them.
func (w *wrongRows) problems(yield func(department.Problem) error) error {
	for i, d := range w.spec.Wrong {
		title := titleOf(w.night.datasets[d.Dataset])
		for _, part := range []struct {
			counts map[string]int64
			kept   func(string) string
		}{{d.Reasons, func(string) string { return rowRefused }}, {d.Flags, flagMeans}} {
			for _, problem := range slices.Sorted(maps.Keys(part.counts)) {
				err := yield(department.Problem{
					Dataset: title, File: d.File, Text: standardise.Explain(problem), Kept: part.kept(problem),
					Rows: part.counts[problem], Listed: w.listed[i][problem],
				})
				if err != nil {
					return err
				}
			}
		}
	}
	return nil
}
