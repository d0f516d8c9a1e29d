package plan_test

import (
	"slices"

	"zhida/matcher/bits"
	"zhida/matcher/plan"
	"zhida/matcher/profile"
	"zhida/matcher/reference"
	"zhida/matcher/table"
	"zhida/schemas"
)

// today is the business date of the tests, as in LANGUAGE's table.
func today() schemas.Date { return schemas.NewDate(2026, 6, 15) }

// cell is a known value of a row: a number at its field's scale, a date or a truth value in number, else text.
type cell struct {
	number   int64
	text     string
	currency string
}

// fact is a row of a dataset in the naive world.
type fact struct {
	cells     map[string]cell // by field; what is missing is unknown
	confirmed schemas.Date
}

// person is an enterprise of the naive world.
type person struct {
	closed bool
	rows   map[string][]fact // by dataset
	tags   map[string]byte   // '1' yes, '0' no, '?' unknown
}

// world is a block as plain Go values.
type world struct {
	people   []person
	coverage map[string][]plan.Coverage
}

// input builds the block of a world.
func (w *world) input(codes *schemas.Codes) *plan.Input {
	datasets := sets()
	n := len(w.people)
	living := bits.New(n)
	rows := map[string]*profile.Rows{}
	for name, d := range datasets {
		rows[name] = w.table(d)
	}
	for i, p := range w.people {
		living.Put(i, !p.closed)
	}
	defs := slices.DeleteFunc(attributes(), func(a schemas.Attribute) bool { return a.Yearly }) // those are read from the rows
	b := profile.Build(7, n, living, rows, defs, datasets)
	for _, name := range tagNames() {
		t := bits.NewTruth(n)
		for i, p := range w.people {
			t.Yes.Put(i, p.tags[name] == '1')
			t.No.Put(i, p.tags[name] == '0')
		}
		b.Tags[name] = t
	}
	in := &plan.Input{
		Block: b, Today: today(), Coverage: w.coverage, Datasets: datasets, Attributes: map[string]*schemas.Attribute{},
		RegionOf: "注册地", Codes: codes,
	}
	for _, a := range attributes() {
		in.Attributes[a.Name] = &a
	}
	return in
}

// finestCodes are the codes of each system that have none below them.
func finestCodes(codes *schemas.Codes) map[string][]string {
	return map[string][]string{
		schemas.SystemRegion:   leavesOf(regionCodes(codes)),
		schemas.SystemIndustry: leavesOf(industryCodes(codes)),
	}
}

// reference is the world as the reference evaluator sees it, with its enterprises.
func (w *world) reference(finest map[string][]string) (*reference.World, []reference.Enterprise) {
	out := &reference.World{
		Today: today(), Datasets: sets(), RegionOf: "注册地",
		Attributes: map[string]*schemas.Attribute{}, Coverage: map[string][]reference.Coverage{},
		Codes: finest,
	}
	defs := attributes()
	for i := range defs {
		out.Attributes[defs[i].Name] = &defs[i]
	}
	for name, all := range w.coverage {
		for _, c := range all {
			out.Coverage[name] = append(out.Coverage[name], reference.Coverage{Scope: c.Scope, Full: c.Full})
		}
	}
	who := make([]reference.Enterprise, len(w.people))
	for i := range w.people {
		who[i] = w.people[i].reference()
	}
	return out, who
}

func (p *person) reference() reference.Enterprise {
	out := reference.Enterprise{Rows: map[string][]reference.Row{}, Tags: map[string]reference.Truth{}}
	for dataset, facts := range p.rows {
		for _, f := range facts {
			row := reference.Row{Cells: map[string]reference.Cell{}, Confirmed: f.confirmed}
			for field, c := range f.cells {
				row.Cells[field] = reference.Cell{Number: c.number, Text: c.text, Currency: c.currency}
			}
			out.Rows[dataset] = append(out.Rows[dataset], row)
		}
	}
	for name, letter := range p.tags {
		if letter != '?' {
			out.Tags[name] = reference.Sure(letter == '1')
		}
	}
	return out
}

// table makes the stored rows of a dataset.
func (w *world) table(d *schemas.Dataset) *profile.Rows {
	var fields []table.Field
	for _, p := range d.Physical() {
		kind := map[schemas.Kind]table.Kind{
			schemas.KindNumber: table.Decimal, schemas.KindDate: table.Date, schemas.KindTruth: table.Bool,
		}[p.Kind]
		if kind == 0 {
			kind = table.Text
		}
		fields = append(fields, table.Field{Name: p.Name, Kind: kind, Scale: p.Scale})
	}
	b := table.NewBuilder(fields)
	var door []uint16
	var confirmed []int64
	for i, p := range w.people {
		for _, f := range p.rows[d.Name] {
			for k, column := range fields {
				base, money := trimSuffix(column.Name, schemas.CurrencySuffix)
				c, known := f.cells[base]
				switch {
				case !known:
				case money:
					b.Text(k, c.currency)
				case column.Kind == table.Text:
					b.Text(k, c.text)
				default:
					b.Int(k, c.number)
				}
			}
			b.End()
			door = append(door, uint16(i))
			confirmed = append(confirmed, int64(f.confirmed))
		}
	}
	return profile.NewRows(b.Table(), door, confirmed, nil)
}

func trimSuffix(s, suffix string) (string, bool) {
	if len(s) > len(suffix) && s[len(s)-len(suffix):] == suffix {
		return s[:len(s)-len(suffix)], true
	}
	return s, false
}
