package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
	"golang.org/x/sync/errgroup"

	"zhida/matcher"
	"zhida/matcher/plan"
	"zhida/matcher/profile"
	"zhida/pipeline/current"
	"zhida/pipeline/workspace"
	"zhida/schemas"
)

// Scan goes through the blocks of a published night with nothing but what some conditions read of them: the columns of
// attributes that they name, the bitmaps of their tags, the rows of datasets only where they ask for rows. It is for
// questions that nobody asked at night.
type Scan struct {
	view    *View
	reads   matcher.Reads
	rules   *matcher.Library // of the tags that have to be worked out; nil: those of the night are right
	today   schemas.Date
	workers int
}

// Scan prepares a scan of what the parts (conditions and values) read, as of a business date; a zero date is the night's.
// Tags are those of the night unless the rules behind them have changed since, or the date is another.
func (v *View) Scan(today schemas.Date, workers int, attributes []string, parts ...any) (*Scan, error) {
	if today.IsZero() {
		today = v.Manifest.Date
	}
	stored, err := v.tagsHold()
	if err != nil {
		return nil, err
	}
	stored = stored && today == v.Manifest.Date
	s := &Scan{view: v, today: today, workers: max(1, workers), reads: v.reads(!stored, parts...)}
	for _, name := range attributes {
		if !slices.Contains(s.reads.Attributes, name) {
			s.reads.Attributes = append(s.reads.Attributes, name)
		}
	}
	if !stored {
		err = s.rework()
	}
	return s, err
}

// reads are what the parts read of a profile, with or without what stands behind their tags.
func (v *View) reads(behind bool, parts ...any) matcher.Reads {
	ws := v.night.Workspace
	r := matcher.Reader{Attributes: ws.Env.Attributes, Datasets: v.night.datasets, RegionOf: ws.Region}
	if behind {
		r.Rules = ws.TagRules
	}
	return r.Reads(parts...).Stored(ws.Env.Attributes)
}

// rework has the tags worked out by today's rules.
func (s *Scan) rework() error {
	if len(s.reads.Tags) == 0 {
		return nil
	}
	ws := s.view.night.Workspace
	d := matcher.Definitions{Attributes: ws.Env.Attributes}
	for _, tag := range s.reads.Tags {
		d.Tags = append(d.Tags, matcher.Rule{ID: tag, Expr: ws.TagRules[tag]})
	}
	var err error
	s.rules, err = matcher.Compile(d)
	return err
}

// Today is the business date that is judged by.
func (s *Scan) Today() schemas.Date { return s.today }

// Reworked reports whether tags are worked out by today's rules, as those of the night do not hold.
func (s *Scan) Reworked() bool { return s.rules != nil }

// tagsHold reports whether the tags of the night are those that the workspace would give: nothing but policies has changed.
func (v *View) tagsHold() (bool, error) {
	if !v.Changed() {
		return true, nil
	}
	ref := v.Manifest.Workspace
	if ref == nil || !strings.HasSuffix(v.Manifest.Definitions, "."+EngineVersion) || !v.night.Store.Has(*ref) {
		return false, nil
	}
	file, size, err := v.night.Store.Open(*ref)
	if err != nil {
		return false, err
	}
	last, err := workspace.ReadDefinitions(io.NewSectionReader(file, 0, size))
	if err := firstError(err, file.Close()); err != nil {
		return false, err
	}
	return last.SameButPolicies(v.night.Workspace.Definitions()), nil
}

// Blocks gives every block to do, several at a time, each worker's one after the other. In no particular order: who adds
// up must not mind.
func (s *Scan) Blocks(ctx context.Context, do func(worker int, in *plan.Input) error) error {
	groups := make(chan []*HomeState)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(groups)
		for _, group := range s.view.groups() {
			select {
			case groups <- group:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	for worker := range s.workers {
		g.Go(func() error {
			w := s.begin(s.view.night.files())
			for group := range groups {
				err := w.group(ctx, group, func(in *plan.Input) error { return do(worker, in) })
				w.files.close()
				if err != nil {
					return err
				}
			}
			return nil
		})
	}
	return g.Wait()
}

// groups are the homes with enterprises, those together that share their files.
func (v *View) groups() [][]*HomeState {
	var out [][]*HomeState
	last := ""
	for i := range v.Manifest.Homes {
		h := &v.Manifest.Homes[i]
		if h.Profile == nil {
			continue
		}
		if name := h.Profile.Name; len(out) == 0 || name != last || !h.tags().equal(out[len(out)-1][0].tags()) {
			out, last = append(out, nil), name
		}
		out[len(out)-1] = append(out[len(out)-1], h)
	}
	return out
}

// scanning is one worker's part of a scan.
type scanning struct {
	*Scan
	files   *files
	matcher *matcher.Matcher
	tags    map[profile.Key]*roaring.Bitmap // of the group
	only    *uint32                         // the one enterprise whose rows are wanted; nil: all
	defs    []schemas.Attribute             // that are asked for
	behind  map[string][]string             // columns, by dataset
}

func (s *Scan) begin(f *files) *scanning {
	w := &scanning{Scan: s, files: f}
	w.findBehind()
	if s.rules != nil {
		w.matcher = matcher.New(s.rules)
	}
	return w
}

func (w *scanning) group(ctx context.Context, homes []*HomeState, do func(in *plan.Input) error) error {
	if err := w.readTags(homes[0]); err != nil {
		return err
	}
	for _, h := range homes {
		for _, number := range h.Blocks {
			if err := ctx.Err(); err != nil {
				return err
			}
			in, err := w.block(h, number)
			if err != nil {
				return err
			}
			if in == nil {
				continue
			}
			if err := do(in); err != nil {
				return err
			}
		}
	}
	return nil
}

// readTags reads the bitmaps of the tags of a group of homes, each once.
func (w *scanning) readTags(h *HomeState) error {
	w.tags = map[profile.Key]*roaring.Bitmap{}
	if w.rules != nil || len(w.reads.Tags) == 0 || h.Tags == nil {
		return nil
	}
	file, err := w.view.night.bitmaps(h.tags())
	if err != nil {
		return err
	}
	for _, tag := range w.reads.Tags {
		for _, kind := range []string{profile.KindYes, profile.KindNo} {
			rb, failed := file.Get(tag, kind)
			w.tags[profile.Key{Name: tag, Kind: kind}], err = rb, firstError(err, failed)
		}
	}
	return firstError(err, file.close())
}

// block reads a block; nil if it has no enterprise.
func (w *scanning) block(h *HomeState, number uint16) (*plan.Input, error) {
	if h.blockLen(number) == 0 {
		return nil, nil
	}
	read := w.stored
	if h.Stale {
		read = w.made
	}
	b, err := read(h, number)
	if b == nil || err != nil {
		return nil, err
	}
	v := w.view
	in := v.night.input(b, w.today, v.Manifest.Datasets)
	if w.matcher != nil {
		b.Tags, err = w.matcher.Tags(in)
		return in, err
	}
	for _, tag := range w.reads.Tags {
		b.AddTag(tag, w.tags[profile.Key{Name: tag, Kind: profile.KindYes}], w.tags[profile.Key{Name: tag, Kind: profile.KindNo}])
	}
	return in, nil
}

// stored is a block as its profile has it, with the rows that are asked for; nil if there is none.
func (w *scanning) stored(h *HomeState, number uint16) (*profile.Block, error) {
	file, err := w.files.reader(*h.Profile)
	if err != nil {
		return nil, err
	}
	b, err := profile.ReadBlock(file, number, w.reads.Attributes...)
	if err != nil {
		return nil, w.view.madeOtherwise(err)
	}
	if b == nil {
		return nil, nil
	}
	for dataset, columns := range w.reads.Rows {
		if ds := w.view.night.Workspace.Dataset(dataset); ds != nil {
			if err := w.rows(b, h, ds, columns); err != nil {
				return nil, err
			}
		}
	}
	return b, nil
}

// made is a block whose profile was not written that night: it is made from the columns of its rows that stand behind what is
// asked for.
func (w *scanning) made(h *HomeState, number uint16) (*profile.Block, error) {
	file, err := w.files.reader(*h.Profile)
	if err != nil {
		return nil, err
	}
	ws, datasets := w.view.night.Workspace, w.view.night.datasets
	if err := profile.Defines(file, ws.Attributes); err != nil {
		return nil, w.view.madeOtherwise(err)
	}
	b := &profile.Block{Number: number, Rows: map[string]*profile.Rows{}}
	for dataset, columns := range w.behind {
		if err := w.rows(b, h, datasets[dataset], columns); err != nil {
			return nil, err
		}
	}
	n := h.blockLen(number)
	return profile.Build(number, n, livingDoors(n, w.view.night.registration(), b.Rows, mergers(w.view.Manifest.Pending), number), b.Rows, w.defs, datasets), nil
}

// findBehind finds the attributes that are asked for, and by dataset the columns behind them, behind who is living, and behind
// what is asked of rows.
func (w *scanning) findBehind() {
	night := w.view.night
	w.behind = map[string][]string{}
	add := func(dataset string, columns ...string) {
		if night.datasets[dataset] != nil {
			w.behind[dataset] = append(w.behind[dataset], columns...)
		}
	}
	registration := night.registration()
	add(registration.Name)
	if registration.Living != nil {
		add(registration.Name, registration.Living.Field)
	}
	for dataset, columns := range w.reads.Rows {
		add(dataset, columns...)
	}
	for _, def := range night.Workspace.Attributes {
		if !slices.Contains(w.reads.Attributes, def.Name) {
			continue
		}
		w.defs = append(w.defs, def)
		for _, s := range def.Sources {
			if ds := night.datasets[s.Dataset]; ds != nil {
				add(s.Dataset, s.Field, s.Field+schemas.CurrencySuffix, ds.Year)
			}
		}
	}
}

// rows reads some columns of the rows of a dataset that hold in a block.
func (w *scanning) rows(b *profile.Block, h *HomeState, ds *schemas.Dataset, columns []string) error {
	refs, ok := h.Current[ds.Name]
	if ds.Role == schemas.RoleContacts || !ok && !w.view.inherits(ds, b.Number) {
		return nil
	}
	names := append([]string{
		current.ColumnID, current.ColumnDate, current.ColumnChanged, current.ColumnDeleted, current.ColumnScope, ds.Scope,
	}, columns...)
	if w.view.inherits(ds, b.Number) {
		names = append(names, ds.Key...)
	}
	read := func(refs StateRefs, number uint16) (current.State, error) {
		return w.files.stateColumns(refs, profile.GroupName(number), names)
	}
	st, err := read(refs, b.Number)
	if err != nil {
		return err
	}
	if st, err = w.view.unite(ds, b.Number, st, read); err != nil {
		return err
	}
	rows := st.Rows
	if rows != nil && w.only != nil {
		from, to := idSpan(rows.Column(current.ColumnID).Ints, int64(*w.only))
		rows = rows.Slice(from, to)
	}
	b.Rows[ds.Name] = blockProfile(ds, b.Number, current.State{Rows: rows}, w.view.Manifest.Datasets[ds.Name].Vouched)
	return nil
}

// idSpan are the rows of an enterprise among ids in ascending order: from to to-1.
func idSpan(ids []int64, id int64) (from, to int) {
	from, _ = slices.BinarySearch(ids, id)
	to, _ = slices.BinarySearch(ids, id+1)
	return from, to
}

// madeOtherwise explains why a profile does not have an attribute.
func (v *View) madeOtherwise(err error) error {
	if errors.Is(err, profile.ErrAttribute) {
		return fmt.Errorf("%s was made with other definitions: run the night again, or use the workspace it was run with: %w", v.Manifest.Night, err)
	}
	return err
}
