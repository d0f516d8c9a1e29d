package script

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"zhida/schemas"
)

// source is a delivery.
type source struct {
	from    string // as SQL
	columns map[string]Column
}

// source finds the full delivery of a dataset.
func (w *writer) source(d *schemas.Dataset) (*source, error) {
	names, err := filepath.Glob(filepath.Join(w.folder, d.Name+"_*_"+strings.ReplaceAll(w.today.String(), "-", "")+"_full.*"))
	if err != nil || len(names) != 1 {
		return nil, fmt.Errorf("find the delivery of %s, one of %d: %w", d.Name, len(names), errors.Join(err, os.ErrNotExist))
	}
	s := &source{columns: map[string]Column{}}
	if filepath.Ext(names[0]) == ".parquet" {
		s.from = fmt.Sprintf("read_parquet(%s)", text(names[0]))
	} else { // rows with a cell too few or too many are left out
		s.from = fmt.Sprintf(`read_csv(%s, header = true, delim = ',', quote = '"', escape = '"', all_varchar = true, strict_mode = true, ignore_errors = true)`, text(names[0]))
	}
	columns, err := w.columns(s.from)
	if err != nil {
		return nil, fmt.Errorf("columns of %s: %w", d.Name, err)
	}
	for _, c := range columns {
		s.columns[c.Name] = c
	}
	return s, nil
}

// column is the file's column of a field.
func (s *source) column(names ...string) (Column, bool) {
	for _, name := range names {
		if c, ok := s.columns[name]; ok {
			return c, true
		}
	}
	return Column{}, false
}

// code is the enterprise's code as the delivery writes it, made clean.
func (s *source) code(d *schemas.Dataset) (string, error) {
	c, ok := s.column(d.Code.Columns...)
	if !ok {
		return "", fmt.Errorf("%s has no column with a code", d.Name)
	}
	return cleanCode(quote(c.Name)), nil
}

// delivered is the full delivery of a dataset with its enterprises' codes.
func (w *writer) delivered(d *schemas.Dataset) (s *source, code string, err error) {
	if s, err = w.source(d); err != nil {
		return nil, "", err
	}
	code, err = s.code(d)
	return s, code, err
}

// fields are the cells of a dataset's fields, and then the fields within their bounds. Those that serve the conditions' regions
// are read elsewhere.
func (s *source) fields(d *schemas.Dataset) (cells, fields []string) {
	for i := range d.Fields {
		f := &d.Fields[i]
		if f.Type == schemas.FieldRegion {
			continue
		}
		read := "NULL"
		if c, ok := s.column(append([]string{f.Name}, f.Columns...)...); ok {
			read = cell(f, c)
		}
		cells = append(cells, read+" AS "+quote(f.Name))
		fields = append(fields, within(f))
	}
	return cells, fields
}

// crosswalk makes the table of codes that are written another way now.
func (w *writer) crosswalk() error {
	d := w.role(schemas.RoleCrosswalk)
	if d == nil {
		return errors.New("the workspace has no crosswalk")
	}
	s, err := w.source(d)
	if errors.Is(err, os.ErrNotExist) { // of few enterprises none has another code
		w.add(Ingest, "CREATE TABLE crosswalk (old VARCHAR, code VARCHAR)")
		return nil
	}
	if err != nil {
		return err
	}
	old, err := s.code(d)
	if err != nil {
		return err
	}
	f := d.Field(d.NewCode)
	c, ok := s.column(append([]string{f.Name}, f.Columns...)...)
	if !ok {
		return fmt.Errorf("%s has no column with the new code", d.Name)
	}
	w.add(Ingest, "CREATE TABLE crosswalk AS SELECT %s AS old, any_value(%s) AS code FROM %s GROUP BY 1", old, cleanCode(quote(c.Name)), s.from)
	return nil
}

func (w *writer) role(role schemas.Role) *schemas.Dataset {
	for _, d := range w.ws.Datasets {
		if d.Role == role {
			return d
		}
	}
	return nil
}

// holds keeps one of the rows with one key: the one with the greater value of a field that is preferred, else the later.
func holds(d *schemas.Dataset, by string) string {
	keys := []string{by}
	for _, k := range d.Key {
		keys = append(keys, quote(k))
	}
	order := ""
	if d.Keep.Prefer != "" {
		order = quote(d.Keep.Prefer) + " DESC NULLS LAST, "
	}
	return fmt.Sprintf("QUALIFY row_number() OVER (PARTITION BY %s ORDER BY %spos DESC) = 1", strings.Join(keys, ", "), order)
}

// required are the tests that a row has what it must have.
func required(d *schemas.Dataset) string {
	out := ""
	for _, f := range d.Fields {
		if f.Required {
			out += " AND " + quote(f.Name) + " IS NOT NULL"
		}
	}
	return out
}

// registration makes the table of enterprises, sorted by region; their numbers go up in that order.
func (w *writer) registration() error {
	d := w.role(schemas.RoleRegistration)
	s, code, err := w.delivered(d)
	if err != nil {
		return err
	}
	cells, fields := s.fields(d)
	regions, joins := w.regions(d, s)
	industries := ""
	for i := range d.Fields {
		if f := &d.Fields[i]; f.Type == schemas.FieldIndustry {
			alias := "i" + f.Name
			joins += fmt.Sprintf(" LEFT JOIN industries %s ON %s.written = c.%s", quote(alias), quote(alias), quote(f.Name))
			industries += fmt.Sprintf(" REPLACE (%s.code AS %s)", quote(alias), quote(f.Name))
		}
	}
	w.add(Ingest, `CREATE TABLE enterprise AS SELECT row_number() OVER ()::UINTEGER AS id, * FROM (
		SELECT * EXCLUDE (pos) FROM (
			SELECT coalesce(x.code, c.code) AS code, c.* EXCLUDE (%[12]s)%[2]s%[3]s
			FROM (SELECT code, pos, %[4]s FROM (SELECT %[5]s AS code, row_number() OVER () AS pos, %[6]s FROM %[7]s)) c
			LEFT JOIN crosswalk x ON x.old = c.code%[8]s)
		WHERE %[9]s%[10]s %[11]s) ORDER BY %[1]s, code`,
		quote(w.ws.Region), industries, regions.columns, strings.Join(append(fields, regions.raw...), ", "), code,
		strings.Join(append(cells, regions.cells...), ", "), s.from, joins, isCode, required(d), holds(d, "code"),
		strings.Join(append([]string{"code"}, regions.raw...), ", "))
	return nil
}

// facts makes a table "rows D" of each other dataset, of the rows of enterprises that are registered.
func (w *writer) facts() error {
	for _, d := range w.ws.Datasets {
		if d.Role == schemas.RoleRegistration || d.Role == schemas.RoleCrosswalk {
			continue
		}
		s, code, err := w.delivered(d)
		if err != nil {
			return err
		}
		cells, fields := s.fields(d)
		w.add(Ingest, `CREATE TABLE %s AS SELECT * EXCLUDE (pos) FROM (
			SELECT e.id, c.* EXCLUDE (code)
			FROM (SELECT code, pos, %s FROM (SELECT %s AS code, row_number() OVER () AS pos, %s FROM %s)) c
			LEFT JOIN crosswalk x ON x.old = c.code JOIN enterprise e ON e.code = coalesce(x.code, c.code))
			WHERE true%s %s`,
			quote("rows "+d.Name), strings.Join(fields, ", "), code, strings.Join(cells, ", "), s.from, required(d), holds(d, "id"))
	}
	return nil
}
