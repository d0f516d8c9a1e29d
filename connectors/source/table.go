package source

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	"zhida/connectors/format"
	"zhida/schemas"
)

// Table says which rows of a table are a delivery. Without Date, Watermark and Changes all rows are one full delivery of today.
type Table struct {
	Name      string  // with its schema or without: public.t_tax
	Date      string  // column: the rows of each day are one full delivery of that day
	Watermark string  // column of the time of the last change: the rows of a day are its increment, or what is appended
	Changes   Changes // the rows that changed on a day, as a second table says, are its increment
}

// Changes is a table that has a row for each change of a row of another one.
type Changes struct {
	Table string   // its name
	Key   []string // columns that both tables have: which row changed
	Time  string   // column: when
	Flag  string   // column: how; it becomes one of the delivery
}

// IsZero reports whether there is no such table.
func (c Changes) IsZero() bool {
	return c.Table == "" && len(c.Key) == 0 && c.Time == "" && c.Flag == ""
}

// Check says what is wrong with how the rows of a table are delivered in a mode.
func (t Table) Check(mode schemas.Mode) error {
	for _, name := range []string{t.Name, t.Changes.Table} {
		if err := CheckTableName(name); name != "" && err != nil {
			return err
		}
	}
	c := t.Changes
	ways := 0
	for _, is := range []bool{t.Date != "", t.Watermark != "", !c.IsZero()} {
		if is {
			ways++
		}
	}
	switch {
	case t.Name == "":
		return errors.New("a delivery of a table needs its name")
	case ways > 1:
		return errors.New("a table has a date, a watermark or changes, one of them")
	case mode == "":
		return errors.New("a delivery of a table needs a mode")
	case t.Date != "" && mode != schemas.ModeFull:
		return errors.New("the rows of a date are a full delivery")
	case t.Watermark != "" && mode == schemas.ModeFull:
		return errors.New("the rows behind a watermark are no full delivery")
	case !c.IsZero() && mode != schemas.ModeIncrement:
		return errors.New("changes are an increment")
	case !c.IsZero() && (c.Table == "" || len(c.Key) == 0 || c.Time == "" || c.Flag == ""):
		return errors.New("changes need a table, a key, a time and a flag")
	case ways == 0 && mode != schemas.ModeFull:
		return fmt.Errorf("all rows of a table are a full delivery: for an %s say by which column, watermark or changes", mode)
	}
	return nil
}

// CheckTableName says what is wrong with the name of a table.
func CheckTableName(name string) error {
	schema, table, qualified := strings.Cut(name, ".")
	switch {
	case schema == "" || qualified && table == "" || strings.Contains(table, "."):
		return fmt.Errorf("table %q: want its name, or schema.name", name)
	case strings.ContainsAny(name, `{}*/\`) || strings.ContainsFunc(name, unicode.IsControl):
		return fmt.Errorf(`table %q: a name with { } * / \ or a control character: have a view of another name made`, name)
	}
	return nil
}

// asFile is a delivery of a table as one of files, which the objects of a table look like.
func (d Delivery) asFile() Delivery {
	d.Files = d.Table.Name + "/{date}.csv"
	d.Format = format.Options{Delimiter: ",", Encoding: format.EncodingUTF8}
	return d
}
