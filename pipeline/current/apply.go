package current

import (
	"cmp"
	"slices"

	"zhida/matcher/table"
	"zhida/schemas"
)

// Report counts what applying tonight's rows did to one dataset of a home.
type Report struct {
	Rows       int64       `json:"rows"` // rows that hold now
	Inserted   int64       `json:"inserted"`
	Updated    int64       `json:"updated"`
	Confirmed  int64       `json:"confirmed"` // came again with the same values
	Deleted    int64       `json:"deleted"`
	Superseded int64       `json:"superseded"` // came too late: something newer was there
	Waiting    int64       `json:"waiting"`    // rows whose code has no door
	Placed     int64       `json:"placed"`     // waited before tonight and found their door
	Duplicates []Duplicate `json:"duplicates,omitempty"`
}

// Duplicate tells of two rows with one key in one full delivery. Kept holds, Dropped does not; Differs names the
// first field in which they differ, "" if they are equal.
type Duplicate struct {
	Seq     int64  `json:"seq"`
	Kept    int64  `json:"kept"`
	Dropped int64  `json:"dropped"`
	Code    string `json:"code"`
	Differs string `json:"differs,omitempty"`
	// Newly is how many of the two rows carried no flag before: they move from accepted to flagged.
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
	r.Duplicates = append(r.Duplicates, o.Duplicates...)
}

// Lookup finds the id of a code in the home's directory.
type Lookup func(code string) (id uint32, ok bool)

// Apply turns last night's rows of a home into tonight's: states holds last night's placed and waiting rows, fulls
// the full deliveries so far (the latest of each scope is enough, tonight's among them), batches tonight's rows.
// Nothing that is passed in is changed.
func Apply(ds *schemas.Dataset, states []State, fulls []Full, batches []Batch, lookup Lookup) (placed, waiting State, report Report) {
	a := &applier{dataset: ds, physical: ds.Physical(), lookup: lookup, fulls: slices.Clone(fulls)}
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
	placedOut, waitingOut := a.newOutput(), a.newOutput()
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
	lookup   Lookup
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
			d := Duplicate{Seq: kept.seq, Kept: kept.pos, Dropped: dropped.pos, Differs: field, Newly: a.unflagged(dropped)}
			d.Code = a.sources[kept.source].rows.Column("code").Texts[kept.row]
			if !same {
				d.Newly += keptNew
				keptNew = 0
			}
			a.report.Duplicates = append(a.report.Duplicates, d)
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

// output builds a state from events.
type output struct {
	a            *applier
	rows, sealed *table.Builder
}

func (a *applier) newOutput() *output {
	o := &output{a: a, rows: table.NewBuilder(StateFields(a.dataset))}
	if fields := SealedFields(a.dataset); len(fields) > 0 {
		o.sealed = table.NewBuilder(fields)
	}
	return o
}

func (o *output) add(e *event) {
	s := &o.a.sources[e.source]
	if e.placed {
		o.rows.Int(0, int64(e.id))
	} else {
		o.rows.Text(1, e.code)
	}
	for i, v := range []int64{int64(e.date), e.seq, e.pos, e.changed, truth(e.deleted)} {
		o.rows.Int(2+i, v)
	}
	scope := s.delivered
	if s.declared != nil {
		scope = s.declared.Texts[e.row]
	}
	o.rows.Text(7, scope)
	open, sealed := 8, 0
	for i, p := range o.a.physical {
		b, n := o.rows, &open
		if p.Sealed {
			b, n = o.sealed, &sealed
		}
		if c := s.columns[i]; c != nil && c.Known.Has(e.row) {
			if c.Texts != nil {
				b.Text(*n, c.Texts[e.row])
			} else {
				b.Int(*n, c.Ints[e.row])
			}
		}
		*n++
	}
	o.rows.End()
	if o.sealed != nil {
		o.sealed.End()
	}
}

func (o *output) state() State {
	st := State{Rows: o.rows.Table()}
	if o.sealed != nil {
		st.Sealed = o.sealed.Table()
	}
	return st
}
