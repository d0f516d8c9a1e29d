package pipeline

import (
	"cmp"
	"container/heap"
	"maps"
	"slices"
	"strconv"
	"strings"

	"zhida/matcher/bits"
	"zhida/matcher/missing"
	"zhida/pipeline/report/department"
	"zhida/pipeline/standardise"
	"zhida/schemas"
)

// asked is a field of a supplement in which a fact can be filled in, and the departments that are asked for it.
type asked struct {
	dataset int // of the workspace
	field   int
	owners  []string
}

// asks are, by attribute, where it can be filled in. Asked are the departments that deliver it; only the one
// whose supplement it is, if that is one of them; where none does, the one that collects.
func (n *Night) asks() map[string][]asked {
	out := map[string][]asked{}
	for i := range n.Workspace.Attributes {
		a := &n.Workspace.Attributes[i]
		var owners []string
		for _, s := range a.Sources {
			if d := n.datasets[s.Dataset]; d != nil && d.Supplement == "" && d.Owner != "" && !slices.Contains(owners, d.Owner) {
				owners = append(owners, d.Owner)
			}
		}
		for _, s := range a.Sources {
			at := slices.IndexFunc(n.Workspace.Datasets, func(d *schemas.Dataset) bool { return d.Name == s.Dataset && d.Supplement != "" })
			if at < 0 {
				continue
			}
			d := n.Workspace.Datasets[at]
			field := slices.IndexFunc(d.Fields, func(f schemas.Field) bool { return f.Name == s.Field })
			who := owners
			if len(owners) == 0 || slices.Contains(owners, d.Owner) {
				who = []string{d.Owner}
			}
			out[a.Name] = append(out[a.Name], asked{at, field, who})
		}
	}
	return out
}

// fillKey is a sheet to fill in, or the part of it about one year.
type fillKey struct {
	owner   string
	dataset int
	year    int
}

func (k fillKey) compare(o fillKey) int {
	return cmp.Or(strings.Compare(k.owner, o.owner), k.dataset-o.dataset, k.year-o.year)
}

// filling is who is asked for what on a sheet, of a block.
type filling struct {
	items  []uint16         // by door: items that wait for something on the sheet
	fields map[int]bits.Set // by field: of whom it is asked
}

// fill takes in what an item lacks on the block.
func (b *departmentBlock) fill(found []missing.Found) {
	waits := map[fillKey]bits.Set{}
	for _, f := range found {
		if f.List {
			continue
		}
		for _, a := range b.asks[f.Name] {
			for _, owner := range a.owners {
				if !b.wants(owner) {
					continue
				}
				key := fillKey{owner, a.dataset, f.Year}
				if b.fills[key] == nil {
					b.fills[key] = &filling{make([]uint16, b.in.Block.N), map[int]bits.Set{}}
				}
				orInto(b.fills[key].fields, a.field, f.Doors)
				orInto(waits, key, f.Doors)
			}
		}
	}
	for key, doors := range waits {
		items := b.fills[key].items
		for door := range doors.All() {
			items[door]++
		}
	}
}

// orInto adds a set to that of a key.
func orInto[K comparable](sets map[K]bits.Set, key K, more bits.Set) {
	if sets[key] == nil {
		sets[key] = bits.Set(slices.Clone(more))
		return
	}
	sets[key].Or(more)
}

// filling lists who is asked for what.
func (b *departmentBlock) filling() error {
	for _, key := range slices.SortedFunc(maps.Keys(b.fills), fillKey.compare) {
		f := b.fills[key]
		fields := slices.Sorted(maps.Keys(f.fields))
		for door, items := range f.items {
			if items == 0 {
				continue
			}
			var which []string
			for _, field := range fields {
				if f.fields[field].Has(door) {
					which = append(which, strconv.Itoa(field))
				}
			}
			e := b.people.of(door)
			cells := []any{e.Code, e.Name, e.County, key.year, int(items), strings.Join(which, ",")}
			if err := b.draft.put(listKey{key.owner, listFill, key.dataset}, cells); err != nil {
				return err
			}
		}
	}
	return nil
}

// maxFill bounds a sheet to fill in: as much as an office can do, and what is most useful comes first.
const maxFill = 20_000

// sheetToFill is a sheet of the department with the rows that most items wait for.
func (b *departmentBook) sheetToFill(dataset int) (*department.Fill, error) {
	ds := b.night.Workspace.Datasets[dataset]
	f := &department.Fill{
		Department: b.spec.Department, Night: b.spec.Night, Title: titleOf(ds), Code: ds.Code.Columns[0], Year: ds.Year,
	}
	var top fillHeap
	asked := map[int]bool{}
	for _, p := range b.shares {
		err := p.each(listKey{b.spec.Department, listFill, dataset}, func(cells []any) error {
			f.Total++
			row := fillRow{
				Enterprise: department.Enterprise{Code: cells[0].(string), Name: cells[1].(string), County: cells[2].(string)},
				year:       cells[3].(int), items: cells[4].(int),
			}
			for at := range strings.SplitSeq(cells[5].(string), ",") {
				field, err := strconv.Atoi(at)
				if err != nil {
					return err
				}
				row.fields, asked[field] = append(row.fields, field), true
			}
			top.keep(row)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	columns := slices.Sorted(maps.Keys(asked))
	for _, at := range columns {
		field := &ds.Fields[at]
		c := department.FillField{Name: field.Name, Unit: string(field.Unit), Hint: standardise.Takes(field)}
		for _, v := range field.Values {
			c.Values = append(c.Values, v.Name)
		}
		f.Fields = append(f.Fields, c)
	}
	slices.SortFunc(top, func(x, y fillRow) int { return -x.compare(y) })
	for _, row := range top {
		out := department.FillRow{Enterprise: row.Enterprise, Year: row.year, Items: row.items, Wanted: make([]bool, len(columns))}
		for _, field := range row.fields {
			out.Wanted[slices.Index(columns, field)] = true
		}
		f.Rows = append(f.Rows, out)
	}
	return f, nil
}

// fillRow is a row to fill in.
type fillRow struct {
	department.Enterprise
	year, items int
	fields      []int
}

// compare is positive for the row that is the more useful; no two rows are equal.
func (r fillRow) compare(o fillRow) int {
	return cmp.Or(r.items-o.items, strings.Compare(o.Code, r.Code), r.year-o.year)
}

// fillHeap holds the most useful rows, the least of them first.
type fillHeap []fillRow

// keep takes a row in, and lets go of the least if there are too many.
func (h *fillHeap) keep(row fillRow) {
	if len(*h) < maxFill {
		heap.Push(h, row)
		return
	}
	if row.compare((*h)[0]) > 0 {
		(*h)[0] = row
		heap.Fix(h, 0)
	}
}

// Len implements heap.Interface.
func (h fillHeap) Len() int { return len(h) }

// Less implements heap.Interface.
func (h fillHeap) Less(i, j int) bool { return h[i].compare(h[j]) < 0 }

// Swap implements heap.Interface.
func (h fillHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }

// Push implements heap.Interface.
func (h *fillHeap) Push(x any) { *h = append(*h, x.(fillRow)) }

// Pop implements heap.Interface.
func (h *fillHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}
