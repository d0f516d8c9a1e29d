package main

import (
	"zhida/pipeline"
	"zhida/pipeline/current"
	"zhida/pipeline/export"
)

// exportChanges writes a line per pair that is sure and was not on the last published night, or the reverse, and says why.
func exportChanges(x *exporting) error {
	w, err := x.table([]export.Column{
		{Name: "统一社会信用代码", Kind: export.Text},
		{Name: "事项", Kind: export.Text},
		{Name: "变化", Kind: export.Text},
		{Name: "原因", Kind: export.Text},
		{Name: "说明", Kind: export.Text},
	})
	if err != nil {
		return err
	}
	return x.view.Homes(func(h *pipeline.HomeState, dir *current.Directory) error {
		return x.view.Changes(h, func(c pipeline.Change) error {
			word := "退出"
			if c.Entered {
				word = "进入"
			}
			for column, text := range []string{dir.Code(c.ID), c.Item, word, string(c.Cause), c.Detail} {
				if text != "" {
					w.Text(column, text)
				}
			}
			return w.End()
		})
	})
}
