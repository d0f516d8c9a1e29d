package source_test

import (
	"errors"
	"testing"

	"zhida/connectors/source"
	"zhida/schemas"
)

func TestTables(t *testing.T) {
	t.Parallel()
	rules := compile(t,
		source.Delivery{Dataset: "tax", Table: source.Table{Name: "public.t_tax"}, Mode: schemas.ModeFull, Scope: "510700"},
		source.Delivery{Dataset: "court", Table: source.Table{Name: "t_court", Watermark: "updated_at"}, Mode: schemas.ModeAppend})
	o := rules.Classify("public.t_tax/20260615.csv", -1)
	if o.Dataset != "tax" || o.Date != schemas.NewDate(2026, 6, 15) || o.Mode != schemas.ModeFull || o.Scope != "5107" || o.Size != -1 || o.Format.Delimiter != "," {
		t.Errorf("a table is %+v", o)
	}
	if o := rules.Classify("t_tax/20260615.csv", -1); o.IsDelivery() {
		t.Errorf("another table is %+v", o)
	}
}

func TestTablesAreChecked(t *testing.T) {
	t.Parallel()
	changes := source.Changes{Table: "c", Key: []string{"k"}, Time: "t", Flag: "f"}
	for _, c := range []struct {
		table source.Table
		mode  schemas.Mode
		want  string
	}{
		{source.Table{Name: "t"}, "", "a delivery of a table needs a mode"},
		{source.Table{Name: "t"}, schemas.ModeAppend, "all rows of a table are a full delivery: for an append say by which column, watermark or changes"},
		{source.Table{Name: "t", Date: "d"}, schemas.ModeIncrement, "the rows of a date are a full delivery"},
		{source.Table{Name: "t", Date: "d", Watermark: "w"}, schemas.ModeFull, "a table has a date, a watermark or changes, one of them"},
		{source.Table{Name: "t", Watermark: "w"}, schemas.ModeFull, "the rows behind a watermark are no full delivery"},
		{source.Table{Name: "t", Changes: changes}, schemas.ModeAppend, "changes are an increment"},
		{source.Table{Name: "t", Changes: source.Changes{Table: "c"}}, schemas.ModeIncrement, "changes need a table, a key, a time and a flag"},
		{source.Table{Name: "a.b.c"}, schemas.ModeFull, `table "a.b.c": want its name, or schema.name`},
		{source.Table{Name: "a."}, schemas.ModeFull, `table "a.": want its name, or schema.name`},
		{source.Table{Name: "t*"}, schemas.ModeFull, `table "t*": a name with { } * / \ or a control character: have a view of another name made`},
		{source.Table{Name: "t", Changes: source.Changes{Table: "a/b"}}, schemas.ModeIncrement, `table "a/b": a name with { } * / \ or a control character: have a view of another name made`},
	} {
		_, err := source.Compile([]source.Delivery{{Dataset: "a", Table: c.table, Mode: c.mode}})
		var fault *source.ConfigError
		if !errors.As(err, &fault) || err.Error() != c.want {
			t.Errorf("%+v, %s:\n got %v\nwant %s", c.table, c.mode, err, c.want)
		}
	}
	if _, err := source.Compile([]source.Delivery{
		{Dataset: "a", Table: source.Table{Name: "t"}, Mode: schemas.ModeFull}, {Dataset: "b", Table: source.Table{Name: "t", Date: "d"}, Mode: schemas.ModeFull},
	}); err == nil {
		t.Error("one table is two datasets")
	}
}
