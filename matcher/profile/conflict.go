package profile

import (
	"zhida/matcher/bits"
	"zhida/matcher/table"
	"zhida/schemas"
)

// Conflict is an enterprise of which two sources of an attribute say different things, both within their shelf lives.
type Conflict struct {
	Door  int
	Year  int  // of a yearly attribute
	Used  Said // what counts: the first source in order
	Other Said // what a later one says
}

// Said is what a source says: a number, date or truth, or a text or code, as stored, with its origin.
type Said struct {
	Source    Source
	Int       int64
	Text      string
	Origin    int64        // sequence number of the delivery that last changed it
	Confirmed schemas.Date // of the last delivery that confirmed it
}

// Conflicts finds the conflicts of an attribute in a block on a day, for the departments to settle; of a yearly one, those
// of last year. Of several sources each that differs from the one that counts is a conflict of its own. They come by
// door. An attribute with one source, or by a rule, has none.
func (b *Block) Conflicts(def *schemas.Attribute, today schemas.Date, datasets map[string]*schemas.Dataset) []Conflict {
	if len(def.Sources) < 2 || def.Rule.Text != "" {
		return nil
	}
	a, year := b.Attributes[def.Name], always
	if def.Yearly {
		this, _, _ := today.YMD()
		year = this - 1
		a = InYear(b.N, def, year, b.Rows, datasets)
	}
	if a == nil || len(a.Layers) < 2 {
		return nil
	}
	var out []Conflict
	values, _, layers := a.On(today)
	for door := range a.conflicting(today, values).All() {
		used := 0
		if layers != nil {
			used = int(layers[door])
		}
		for k := used + 1; k < len(a.Layers); k++ {
			l := &a.Layers[k]
			if l.inDate(door, a.Sources, today) && !sameAt(l.Values, values, door) {
				out = append(out, Conflict{Door: door, Year: year, Used: a.said(used, door), Other: a.said(k, door)})
			}
		}
	}
	return out
}

// conflicting are the doors of which some layer in date says something else than the values that count.
func (a *Attribute) conflicting(today schemas.Date, values *table.Column) bits.Set {
	oldest, out := a.oldest(today), bits.New(len(a.Layers[0].Source))
	for k := range a.Layers[1:] {
		l := &a.Layers[1+k]
		for door := range l.fresh(oldest).All() {
			if !sameAt(l.Values, values, door) {
				out.Add(door)
			}
		}
	}
	return out
}

// inDate reports whether the layer has a value for the door that is within its source's shelf life.
func (l *Layer) inDate(door int, sources []Source, today schemas.Date) bool {
	return l.Values.Known.Has(door) && l.Confirmed[door] >= Oldest(sources[l.Source[door]].Shelf, today)
}

func (a *Attribute) said(layer, door int) Said {
	l := &a.Layers[layer]
	s := Said{Source: a.Sources[l.Source[door]], Origin: l.Origin[door], Confirmed: schemas.Date(l.Confirmed[door])}
	if l.Values.Texts != nil {
		s.Text = l.Values.Texts[door]
	} else {
		s.Int = l.Values.Ints[door]
	}
	return s
}

func sameAt(a, b *table.Column, door int) bool {
	if a.Texts != nil {
		return a.Texts[door] == b.Texts[door]
	}
	return a.Ints[door] == b.Ints[door]
}
