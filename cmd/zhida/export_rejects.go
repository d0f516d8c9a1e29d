package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"zhida/pipeline"
	"zhida/pipeline/export"
	"zhida/pipeline/standardise"
)

// exportRejects writes a line per rejected row of the night's deliveries. The row itself is only written if asked for.
func exportRejects(x *exporting) error {
	columns := []export.Column{
		{Name: "数据类", Kind: export.Text},
		{Name: "文件", Kind: export.Text},
		{Name: "行序", Kind: export.Integer},
		{Name: "行号", Kind: export.Integer},
		{Name: "原因代码", Kind: export.Text},
		{Name: "原因", Kind: export.Text},
	}
	if x.raw {
		columns = append(columns, export.Column{Name: "原始行", Kind: export.Text})
	}
	w, err := x.table(columns)
	if err != nil {
		return err
	}
	for _, d := range x.view.Manifest.Deliveries {
		if d.Map.Rejects == nil {
			continue
		}
		file, size, err := x.site.Store.OpenSealed(*d.Map.Rejects)
		if err != nil {
			return err
		}
		err = writeRejects(w, d, json.NewDecoder(io.NewSectionReader(file, 0, size)), x.raw)
		if err = errors.Join(err, file.Close()); err != nil {
			return err
		}
	}
	return nil
}

func writeRejects(w *export.Writer, d pipeline.DeliveryUse, rows *json.Decoder, raw bool) error {
	for {
		var r standardise.Reject
		if err := rows.Decode(&r); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("rejects of %s: %w", d.Name, err)
		}
		var codes, texts []string
		for _, reason := range r.Reasons {
			codes, texts = append(codes, reason.Key()), append(texts, reason.Text)
		}
		w.Text(0, d.Dataset)
		w.Text(1, d.Name)
		w.Int(2, r.Row)
		w.Int(3, r.Line)
		w.Text(4, strings.Join(codes, ";"))
		w.Text(5, strings.Join(texts, "；"))
		if raw {
			text := r.Raw
			if text == "" {
				text = strings.Join(r.Cells, "|")
			}
			w.Text(6, text)
		}
		if err := w.End(); err != nil {
			return err
		}
	}
}
