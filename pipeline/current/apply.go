package current

import (
	"cmp"
	"slices"

	"zhida/matcher/table"
	"zhida/schemas"
)

// Report counts what applying tonight's rows did to one dataset of a home.
type Report struct {
	Rows       int64        `json:"rows"` // rows that hold now
	Inserted   int64        `json:"inserted"`
	Updated    int64        `json:"updated"`
	Confirmed  int64        `json:"confirmed"` // came again with the same values
	Deleted    int64        `json:"deleted"`
	Superseded int64        `json:"superseded"` // came too late: something newer was there
	Waiting    int64        `json:"waiting"`    // rows whose code has no door
	Placed     int64        `json:"placed"`     // waited before tonight and found their door
	Duplicates []Duplicates `json:"duplicates,omitempty"`
}

// Duplicates counts rows of one full delivery that have the key of another row of it and do not hold. Differs names
// the first field in which they differ from the row that does, "" if they are equal.
type Duplicates struct {
	Seq     int64  `json:"seq"`
	Differs string `json:"differs,omitempty"`
	Rows    int64  `json:"rows"`
	// Newly counts the rows of either kind that carried no flag before: they move from accepted to flagged.
	Newly int64 `json:"newly"`
}

// Add adds the counts of another home.
func (r *Report) Add(o Report) {
	r.Rows += o.Rows
	r.Inserted += o.Inserted
	r.Updated += o.Updated
	r.Confirmed += o.Confirmed
	r.Deleted += o.Deleted
	r.Superseded += o.Superseded
	r.Waiting += o.Waiting
	r.Placed += o.Placed
	for _, d := range o.Duplicates {
		r.duplicate(d)
	}
}

func (r *Report) duplicate(d Duplicates) {
	at, found := slices.BinarySearchFunc(r.Duplicates, d, func(a, b Duplicates) int {
		return cmp.Or(cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.Differs, b.Differs))
	})
	if !found {
		r.Duplicates = slices.Insert(r.Duplicates, at, Duplicates{Seq: d.Seq, Differs: d.Differs})
	}
	r.Duplicates[at].Rows += d.Rows
	r.Duplicates[at].Newly += d.Newly
}

// Registry is the home's directory, as far as rows need it.
type Registry interface {
	Lookup(code string) (id uint32, ok bool) // of any code the enterprise has or had
	Code(id uint32) string                   // the canonical code at a door
}

// Apply turns last night's rows of a home into tonight's: states holds last night's placed and waiting rows, fulls
// the full deliveries so far (the latest of each scope is enough, tonight's among them), batches tonight's rows.
// Nothing that is passed in is changed.
func Apply(ds *schemas.Dataset, states []State, fulls []Full, batches []Batch, doors Registry) (placed, waiting State, report Report) {
	a := &applier{dataset: ds, physical: ds.Physical(), doors: doors, fulls: slices.Clone(fulls)}
	for _, p := range a.physical {
		a.stored = append(a.stored, table.StoredAs(p))
	}
	for _, key := range ds.Key {
		for i, p := range a.physical {
			if p.Name == key {
				a.keys = append(a.keys, i)
			}
		}
	}
	slices.SortFunc(a.fulls, func(x, y Full) int { return cmp.Or(cmp.Compare(x.Date, y.Date), cmp.Compare(x.Seq, y.Seq)) })
	for _, st := range states {
		a.addState(st)
	}
	for _, b := range batches {
		a.addBatch(b)
	}
	a.sortEvents()
	placedOut, waitingOut := output{a: a}, output{a: a}
	for from := 0; from < len(a.events); {
		to := from + 1
		for to < len(a.events) && a.events[from].compareGroup(&a.events[to]) == 0 {
			to++
		}
		last := a.settle(a.events[from:to])
		switch {
		case last == nil:
		case last.placed:
			placedOut.add(last)
		default:
			waitingOut.add(last)
			a.report.Waiting++
		}
		from = to
	}
	return placedOut.state(), waitingOut.state(), a.report
}

type applier struct {
	dataset  *schemas.Dataset
	physical []schemas.Physical
	stored   []table.Field // of physical, one by one
	keys     []int         // indices into physical
	doors    Registry
	fulls    []Full
	sources  []source
	events   []event
	report   Report
}

// settle decides what holds for one key: it walks its events and the full deliveries in the order of their versions.
func (a *applier) settle(events []event) *event {
	a.flagDuplicates(events)
	var before, now *event // what held last night, what holds so far
	next := 0              // first full delivery not yet passed
	pass := func(until *event) {
		for ; next < len(a.fulls); next++ {
			f := a.fulls[next]
			if until != nil && cmp.Or(cmp.Compare(f.Date, until.date), cmp.Compare(f.Seq, until.seq)) >= 0 {
				return
			}
			if now != nil && now.seq != f.Seq && a.inScope(now, f.Scope) {
				if now.state == arrived {
					a.report.Superseded++
				}
				now = nil
			}
		}
	}
	for i := range events {
		e := &events[i]
		pass(e)
		switch {
		case e.state != arrived:
			if now != nil && now.state == arrived {
				a.report.Superseded++
			}
			if e.state == wasPlaced {
				before = e
			}
			now = e
		case e.deleted && now != nil:
			gone := *now // its values stay, for the scope; its version is the deletion's
			gone.deleted, gone.date, gone.seq, gone.pos, gone.changed, gone.state = true, e.date, e.seq, e.pos, e.seq, arrived
			now = &gone
		default:
			if now != nil && !now.deleted {
				if _, same := a.equal(now, e); same {
					e.changed = now.changed
				}
			}
			now = e
		}
	}
	pass(nil)
	a.count(before, now)
	return now
}

func (a *applier) count(before, now *event) {
	was, is := before != nil && !before.deleted, now != nil && !now.deleted
	if is && now.placed {
		a.report.Rows++
	}
	switch {
	case is && !was && !now.placed: // waits, and is counted there
	case is && !was:
		a.report.Inserted++
	case was && !is:
		a.report.Deleted++
	case was && now.changed != before.changed:
		a.report.Updated++
	case was && now.seq != before.seq:
		a.report.Confirmed++
	}
}

// flagDuplicates reports rows of one full delivery that have the same key. Events are in the order in which they
// hold, so the last of them is the one kept.
func (a *applier) flagDuplicates(events []event) {
	for from := 0; from < len(events); {
		to := from + 1
		for to < len(events) && events[to].seq == events[from].seq {
			to++
		}
		kept := &events[to-1]
		keptNew := a.unflagged(kept)
		for i := from; i < to-1 && kept.full && kept.state == arrived; i++ {
			dropped := &events[i]
			if dropped.state != arrived {
				continue
			}
			field, same := a.equal(dropped, kept)
			d := Duplicates{Seq: kept.seq, Differs: field, Rows: 1, Newly: a.unflagged(dropped)}
			if !same {
				d.Newly += keptNew
				keptNew = 0
			}
			a.report.duplicate(d)
		}
		from = to
	}
}

func (a *applier) unflagged(e *event) int64 {
	flags := a.sources[e.source].rows.Column("flags")
	if flags == nil || flags.Known.Has(e.row) {
		return 0
	}
	return 1
}

// output builds a state from the events that hold.
type output struct {
	a      *applier
	events []*event
}

func (o *output) add(e *event) { o.events = append(o.events, e) }

// state makes the columns one after the other: values of one kind are copied in a row, and texts are shared with the rows they
// come from, nearly all of which hold. Row by row it took five times as long.
func (o *output) state() State {
	n := len(o.events)
	rows := table.Blank(StateFields(o.a.dataset), n)
	st := State{Rows: rows}
	if fields := table.Stored(o.a.dataset, true); len(fields) > 0 {
		st.Sealed = table.Blank(fields, n)
	}
	o.versions(rows)
	open, sealed := 8, 0
	for i, p := range o.a.physical {
		if p.Sealed {
			o.column(i, &st.Sealed.Columns[sealed])
			sealed++
		} else {
			o.column(i, &rows.Columns[open])
			open++
		}
	}
	return st
}

// versions fills the columns that every dataset has.
func (o *output) versions(rows *table.Table) {
	c := rows.Columns
	for row, e := range o.events {
		if e.placed {
			c[0].SetInt(row, int64(e.id))
		} else {
			c[1].SetText(row, e.code)
		}
		for i, v := range [...]int64{int64(e.date), e.seq, e.pos, e.changed, truth(e.deleted)} {
			c[2+i].SetInt(row, v)
		}
		s := &o.a.sources[e.source]
		scope := s.delivered
		if s.declared != nil {
			scope = s.declared.Texts[e.row]
		}
		c[7].SetText(row, scope)
	}
}

// column fills a column of the delivered.
func (o *output) column(i int, out *table.Column) {
	for row, e := range o.events {
		c := o.a.sources[e.source].columns[o.a.from(e, i)]
		switch {
		case c == nil || !c.Known.Has(e.row):
		case c.Texts != nil:
			out.SetText(row, c.Texts[e.row])
		default:
			out.SetInt(row, c.Ints[e.row])
		}
	}
}

// from is the column that column i of a row is taken from. It is i itself, unless the dataset's document has come to
// say that a field is personal for sole traders: then the value moves from the open column to the sealed one.
func (a *applier) from(e *event, i int) int {
	p := a.physical[i]
	stored := a.sources[e.source].declared != nil // tonight's rows have been standardised by tonight's document
	if !stored || a.dataset.Fields[p.Field].Personal != schemas.PersonalSoleTrader {
		return i
	}
	code := e.code
	if e.placed {
		code = a.doors.Code(e.id)
	}
	state := schemas.ClassifyCode(code)
	personal := schemas.IsSoleTrader(code) || state != schemas.CodeUSCC && state != schemas.CodeBadCheck
	s := &a.sources[e.source]
	known := func(column int) bool { return s.columns[column] != nil && s.columns[column].Known.Has(e.row) }
	switch {
	case personal && p.Sealed && !known(i): // the open column comes just before the sealed one, see Dataset.Physical
		return i - 1
	case personal && !p.Sealed:
		return len(s.columns) - 1
	}
	return i
}
