package page

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"sync"

	"zhida/pipeline/report/chart"
)

//go:embed template
var files embed.FS

// templates are read once; that they can be is tested.
var templates = sync.OnceValue(func() *template.Template {
	t := template.New("").Funcs(template.FuncMap{
		"n": figure, "td": cell, "tdw": wideCell, "group": func(n any) string { return Group(whole(n)) }, "signed": signed, "percent": percent,
		"seconds": seconds, "style": style, "script": script, "bar": chart.Bar, "step": chart.Step, "line": chart.Line,
		"anchor": anchor, "problem": problemWord, "list": func(fields ...field) []field { return fields },
	})
	return template.Must(t.ParseFS(files, "template/*.html"))
})

// style is a style sheet, as it stands in a page.
func style(name string) (template.CSS, error) {
	text, err := files.ReadFile("template/" + name)
	return template.CSS(text), err
}

func script(name string) (template.JS, error) {
	text, err := files.ReadFile("template/" + name)
	return template.JS(text), err
}

// render writes a page. It is small, so it is made whole first: a fault in a template leaves no half a page.
func render(w io.Writer, name string, data any) error {
	var b bytes.Buffer
	if err := templates().ExecuteTemplate(&b, name, data); err != nil {
		return fmt.Errorf("make page %s: %w", name, err)
	}
	_, err := w.Write(b.Bytes())
	return err
}
