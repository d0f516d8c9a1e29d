package department

import (
	"errors"
	"io"

	"zhida/pipeline/export"
)

// overflow is a file of rows beside the workbook: what a list goes on in, begun by the first row that does not fit, or all of
// it for machines.
type overflow struct {
	book  *book
	sheet sheet
	name  string
	file  io.WriteCloser
	table *export.Writer
}

func (o *overflow) row(values []any) error {
	if o.table == nil {
		if err := o.begin(); err != nil {
			return err
		}
	}
	for i, v := range values {
		switch x := v.(type) {
		case string:
			if x != "" {
				o.table.Text(i, x)
			}
		case int:
			o.table.Int(i, int64(x))
		case int64:
			o.table.Int(i, x)
		case *int64:
			if x != nil {
				o.table.Int(i, *x)
			}
		case float64:
			o.table.Real(i, x)
		}
	}
	return o.table.End()
}

func (o *overflow) begin() (err error) {
	if o.book.options.Beside == nil {
		return errors.New("a list needs a file beside the workbook, and none may stand there")
	}
	var columns []export.Column
	for _, c := range o.sheet.columns {
		as := export.Column{Name: c.title, Kind: export.Text}
		switch c.kind {
		case whole:
			as.Kind = export.Integer
		case money:
			as.Kind, as.Scale = export.Decimal, 2
		case share:
			as.Kind = export.Real
		case text:
		}
		columns = append(columns, as)
	}
	if o.name == "" {
		o.name = o.book.options.Prefix + "-" + o.sheet.name + "-续.csv"
	}
	if o.file, err = o.book.options.Beside(o.name); err != nil {
		return err
	}
	o.table, err = export.NewWriter(o.file, export.CSV, columns, export.Options{BOM: true})
	return err
}

func (o *overflow) close() error {
	var err error
	if o.table != nil {
		err = o.table.Close()
	}
	if o.file != nil {
		err = errors.Join(err, o.file.Close())
	}
	return err
}
