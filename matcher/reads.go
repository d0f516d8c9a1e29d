package matcher

import (
	"maps"
	"slices"

	"zhida/matcher/condition"
	"zhida/matcher/profile"
	"zhida/schemas"
)

// Reads are the parts of a profile that some conditions and values read. What is not among them may be left out of a
// block that only they are asked of.
type Reads struct {
	Attributes []string            // stored ones, in order
	Tags       []string            // in order
	Rows       map[string][]string // by dataset: the stored columns of its rows that are read, in order
}

// Reader finds out what conditions and values (Expr and Value) read.
type Reader struct {
	Attributes map[string]*schemas.Attribute
	Datasets   map[string]*schemas.Dataset // by Dataset.Name
	RegionOf   string                      // the attribute that lists which are complete for a region look at; "" if there is none
	Rules      map[string]condition.Expr   // of tags; nil: tags are read as they are stored
}

// Reads are what the parts read together.
func (r *Reader) Reads(parts ...any) Reads {
	f := reading{Reader: r, attributes: map[string]bool{}, tags: map[string]bool{}, rows: map[string]map[string]bool{}}
	for _, p := range parts {
		f.part(p)
	}
	out := Reads{
		Attributes: slices.Sorted(maps.Keys(f.attributes)), Tags: slices.Sorted(maps.Keys(f.tags)), Rows: map[string][]string{},
	}
	for dataset, columns := range f.rows {
		out.Rows[dataset] = slices.Sorted(maps.Keys(columns))
	}
	return out
}

// reading gathers what parts read.
type reading struct {
	*Reader
	attributes, tags map[string]bool
	rows             map[string]map[string]bool
}

func (r *reading) part(part any) {
	do := func(p any) bool {
		switch x := p.(type) {
		case condition.Column:
			r.column(x)
		case condition.Tag:
			r.tag(x.Name)
		case condition.Exists:
			r.over(x.Over)
		case condition.Fold:
			r.over(x.Over)
		}
		return true
	}
	switch p := part.(type) {
	case condition.Expr:
		condition.Visit(p, do)
	case condition.Value:
		condition.VisitValue(p, do)
	}
}

func (r *reading) tag(name string) {
	if r.tags[name] {
		return
	}
	r.tags[name] = true
	if rule := r.Rules[name]; rule != nil {
		r.part(rule)
	}
}

// over notes that the rows of a dataset are counted, whatever is read of them.
func (r *reading) over(over condition.Over) {
	if over.Dataset == nil {
		return
	}
	r.columns(over.Dataset)
	if r.RegionOf != "" && r.Attributes[r.RegionOf] != nil {
		r.attributes[r.RegionOf] = true
	}
}

// columns is the set of columns that are read of a dataset.
func (r *reading) columns(d *schemas.Dataset) map[string]bool {
	if r.rows[d.Name] == nil {
		r.rows[d.Name] = map[string]bool{}
	}
	return r.rows[d.Name]
}

func (r *reading) column(c condition.Column) {
	if c.Dataset != nil {
		r.field(c.Dataset, c.Name)
		return
	}
	def := r.Attributes[c.Name]
	if def == nil || !def.Yearly {
		r.attributes[c.Name] = true
		return
	}
	for _, s := range def.Sources {
		if d := r.Datasets[s.Dataset]; d != nil {
			r.field(d, s.Field)
			r.field(d, d.Year)
		}
	}
}

// field notes a field of a dataset, for money with its currency.
func (r *reading) field(d *schemas.Dataset, name string) {
	of := d.Field(name)
	if of == nil {
		return
	}
	for _, p := range d.Physical() {
		if !p.Sealed && (p.Name == name || p.Name == name+schemas.CurrencySuffix) {
			r.columns(d)[p.Name] = true
		}
	}
}

// Stored keeps the attributes that a file of profiles has.
func (r Reads) Stored(defs map[string]*schemas.Attribute) Reads {
	r.Attributes = slices.DeleteFunc(slices.Clone(r.Attributes), func(name string) bool {
		def := defs[name]
		return def == nil || !profile.IsStored(def)
	})
	return r
}
