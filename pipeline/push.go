package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"zhida/matcher/profile"
	"zhida/pipeline/current"
	"zhida/pipeline/ledger"
	"zhida/pipeline/push"
	"zhida/schemas"
)

// pushing plans a night's pushes, one reduce task's homes at a time.
type pushing struct {
	night    *Night
	manifest *Manifest
	files    *files
	items    []pushItem
	sms      push.List // nil: told is called instead
	portal   push.List
	told     func(ledger.Push) error
	noted    map[bitmapKey]*roaring.Bitmap // first night: what becomes the baseline
	out      Pushes
}

// pushItem is an item whose matches may be pushed tonight.
type pushItem struct {
	*schemas.Item
	baseline *roaring.Bitmap // ids of matches that a baseline holds; empty on the first night
}

// told are the matches that are told: the sure ones, those subject to 评审 only if the item says so.
func (it *pushItem) told(verdicts *layered) (*roaring.Bitmap, error) {
	sure, err := bitmapOf(verdicts, it.ID, profile.KindSure)
	if err != nil || it.Review == schemas.ReviewPush {
		return sure, err
	}
	review, err := bitmapOf(verdicts, it.ID, profile.KindReview)
	if err == nil {
		sure.AndNot(review)
	}
	return sure, err
}

// itemsIn goes through the items of which some verdicts have any: a group of homes has a tenth of a library. To look for each of
// the others in the files' index took longer than to read those that are there.
func (p *pushing) itemsIn(verdicts *layered) iter.Seq[*pushItem] {
	return func(yield func(*pushItem) bool) {
		names := verdicts.names(profile.KindSure)
		for i := range p.items {
			if it := &p.items[i]; names[it.ID] && !yield(it) {
				return
			}
		}
	}
}

// planPushes writes the push lists of the night and notes them in the manifest.
func (n *Night) planPushes(ctx context.Context, m *Manifest, backfill bool) error {
	p, err := n.newPushing(ctx, m)
	if err != nil {
		return err
	}
	defer p.files.close()
	p.out.Backfill = backfill
	p.out.Baseline = m.Predecessor == "" && !backfill
	switch {
	case p.out.Backfill: // the regular nights tell of its matches
	case p.out.Baseline:
		err = p.baseline()
	default:
		err = p.lists(ctx)
	}
	m.Pushes = p.out
	return err
}

// pushes goes through the planned pushes, for the ledger. They are worked out again from the same artefacts rather
// than kept: a changed rule can make millions of them.
func (n *Night) pushes(ctx context.Context, m *Manifest) iter.Seq2[ledger.Push, error] {
	return func(yield func(ledger.Push, error) bool) {
		if m.Pushes.Baseline || m.Pushes.Backfill {
			return
		}
		p, err := n.newPushing(ctx, m)
		if err != nil {
			yield(ledger.Push{}, err)
			return
		}
		defer p.files.close()
		p.told = func(planned ledger.Push) error {
			if !yield(planned, nil) {
				return errEnough
			}
			return nil
		}
		if err := p.units(p.unit(ctx)); err != nil && !errors.Is(err, errEnough) {
			yield(ledger.Push{}, err)
		}
	}
}

// errEnough ends the planning of pushes when nobody wants more of them.
var errEnough = errors.New("enough pushes")

func (n *Night) newPushing(ctx context.Context, m *Manifest) (*pushing, error) {
	p := &pushing{night: n, manifest: m, files: n.files(), noted: map[bitmapKey]*roaring.Bitmap{}}
	if err := p.open(ctx); err != nil {
		p.files.close()
		return nil, err
	}
	return p, nil
}

// open finds the items that may be pushed and what their baselines hold.
func (p *pushing) open(ctx context.Context) (err error) {
	known, err := p.night.Ledger.Baselines(ctx, p.manifest.Night)
	if err != nil {
		return err
	}
	held := baselines{night: p.night, open: map[string]*layered{}}
	defer func() { err = firstError(err, held.close()) }()
	for policy, item := range p.night.Workspace.Items() {
		if ok, _ := push.Pushable(policy, item, p.manifest.Date); !ok {
			continue
		}
		set := roaring.New()
		b, ok := known[ledger.BaselineKey{Item: item.ID, Revision: item.Revision, Window: item.Window.From}]
		if ok && b.Night != p.manifest.Night { // its own is being made
			if set, err = held.of(b); err != nil {
				return fmt.Errorf("baseline of item %s: %w", item.ID, err)
			}
		}
		p.items = append(p.items, pushItem{item, set})
	}
	return nil
}

// baselines reads the artefacts that hold baselines, each opened once: an artefact holds those of all items of a first night.
type baselines struct {
	night *Night
	open  map[string]*layered
}

func (b *baselines) of(base ledger.Baseline) (*roaring.Bitmap, error) {
	file := b.open[base.Ref.Name]
	if file == nil {
		var err error
		if file, err = b.night.bitmaps(&layers{base: base.Ref}); err != nil {
			return nil, err
		}
		b.open[base.Ref.Name] = file
	}
	return file.Get(base.Entry, kindBaseline)
}

func (b *baselines) close() error {
	var err error
	for _, file := range b.open {
		err = firstError(err, file.close())
	}
	return err
}

// kindBaseline is the kind of bitmap that holds an item's baseline.
const kindBaseline = "baseline"

// baseline notes the first night's matches: they are known, and nobody is told.
func (p *pushing) baseline() error {
	err := p.units(func(_ []HomeState, verdicts *layered) error {
		for _, it := range p.items { // also those of which nobody is sure: their baseline is empty
			sure, err := it.told(verdicts)
			if err != nil {
				return err
			}
			k := bitmapKey{it.ID, kindBaseline}
			if p.noted[k] == nil {
				p.noted[k] = roaring.New()
			}
			p.noted[k].Or(sure)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, set := range p.noted {
		p.out.BaselinePairs += int64(set.GetCardinality())
	}
	ref, err := p.night.Store.Put("push", "bitmaps", func(w io.Writer) error { return writeBitmaps(w, p.noted) })
	p.out.Baselined = &ref
	return err
}

// lists writes the SMS and portal lists.
func (p *pushing) lists(ctx context.Context) error {
	sms, err := p.night.Store.Put("push", "csv", func(w io.Writer) error {
		p.sms = push.NewSMSList(w)
		portal, err := p.night.Store.Put("push", "jsonl", func(w io.Writer) error {
			p.portal = push.NewPortalList(w)
			err := p.units(p.unit(ctx))
			return firstError(err, p.portal.Close())
		})
		p.out.Portal = &portal
		return firstError(err, p.sms.Close())
	})
	p.out.SMS = &sms
	return err
}

// units calls do for each artefact of verdicts with the homes it covers.
func (p *pushing) units(do func(homes []HomeState, verdicts *layered) error) error {
	homes := slices.DeleteFunc(slices.Clone(p.manifest.Homes), func(h HomeState) bool { return h.Verdicts == nil })
	for from := 0; from < len(homes); {
		to := from + 1
		for to < len(homes) && homes[to].verdicts().equal(homes[from].verdicts()) {
			to++
		}
		verdicts, err := p.night.bitmaps(homes[from].verdicts())
		if err != nil {
			return err
		}
		if err := firstError(do(homes[from:to], verdicts), verdicts.close()); err != nil {
			return err
		}
		from = to
	}
	return nil
}

// dueItems are the items an enterprise is to be told of, by channel.
type dueItems struct{ portal, sms []*schemas.Item }

// unit returns what plans the pushes of some homes.
func (p *pushing) unit(ctx context.Context) func(homes []HomeState, verdicts *layered) error {
	return func(homes []HomeState, verdicts *layered) error {
		due, err := p.due(ctx, homes, verdicts)
		if err != nil {
			return err
		}
		ids := slices.Sorted(maps.Keys(due))
		for _, h := range homes {
			var mine []uint32
			for _, id := range ids {
				if slices.Contains(h.Blocks, uint16(id>>16)) {
					mine = append(mine, id)
				}
			}
			if len(mine) == 0 {
				continue
			}
			if err := p.home(h, mine, due); err != nil {
				return fmt.Errorf("plan pushes of home %s: %w", h.Home, err)
			}
		}
		return nil
	}
}

// due finds the items each enterprise is to be told of: sure, in no baseline, and not told before on the channel. An
// enterprise told on the portal is still due an SMS on the day its number becomes known.
func (p *pushing) due(ctx context.Context, homes []HomeState, verdicts *layered) (map[uint32]*dueItems, error) {
	mine := roaring.New() // the artefact may hold other homes too
	for _, h := range homes {
		for _, b := range h.Blocks {
			mine.AddRange(uint64(b)<<16, (uint64(b)+1)<<16)
		}
	}
	due := map[uint32]*dueItems{}
	of := func(id uint32) *dueItems {
		if due[id] == nil {
			due[id] = &dueItems{}
		}
		return due[id]
	}
	for it := range p.itemsIn(verdicts) {
		sure, err := it.told(verdicts)
		if err != nil {
			return nil, err
		}
		if sure.And(mine); sure.IsEmpty() {
			continue
		}
		if sure.AndNot(it.baseline); sure.IsEmpty() {
			continue
		}
		candidates := sure.ToArray()
		query := ledger.DueQuery{Night: p.manifest.Night, Item: it.ID, Revision: it.Revision, Window: it.Window.From, Channel: ledger.ChannelPortal}
		fresh, earlier, err := p.night.Ledger.Due(ctx, query, candidates)
		if err != nil {
			return nil, err
		}
		p.out.Earlier += int64(len(earlier))
		for _, id := range fresh {
			of(id).portal = append(of(id).portal, it.Item)
		}
		query.Channel = ledger.ChannelSMS
		if fresh, _, err = p.night.Ledger.Due(ctx, query, candidates); err != nil {
			return nil, err
		}
		for _, id := range fresh {
			of(id).sms = append(of(id).sms, it.Item)
		}
	}
	return due, nil
}

func (p *pushing) home(h HomeState, ids []uint32, due map[uint32]*dueItems) error {
	dir, err := p.files.directory(h)
	if err != nil {
		return err
	}
	contacts, err := p.contacts(h)
	if err != nil {
		return err
	}
	for _, id := range ids {
		code, contact, items := dir.Code(id), contacts[id], due[id]
		if len(items.portal) > 0 {
			p.out.Pairs += int64(len(items.portal))
			p.out.PortalCount++
			if err := p.tell(ledger.ChannelPortal, p.portal, id, p.notice(code, contact, items.portal), items.portal); err != nil {
				return err
			}
		}
		switch {
		case len(items.sms) > 0 && contact == "":
			p.out.NoContact++
		case len(items.sms) > 0:
			p.out.SMSCount++
			if err := p.tell(ledger.ChannelSMS, p.sms, id, p.notice(code, contact, items.sms), items.sms); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *pushing) notice(code, contact string, items []*schemas.Item) push.Notice {
	n := push.Notice{Night: p.manifest.Night, Code: code, Contact: contact}
	for _, it := range items {
		n.Items = append(n.Items, push.Due{ID: it.ID, Title: it.Title, Mode: string(it.Mode), Until: it.Window.To.String()})
	}
	return n
}

// tell puts a notice on its channel's list, or hands its pushes on.
func (p *pushing) tell(channel ledger.Channel, list push.List, id uint32, notice push.Notice, items []*schemas.Item) error {
	if list != nil {
		return list.Add(notice)
	}
	for _, it := range items {
		err := p.told(ledger.Push{
			Channel: channel, Item: it.ID, Revision: it.Revision, Window: it.Window.From,
			Enterprise: int64(id), Code: notice.Code, Contact: notice.Contact,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// contacts finds the contact reference of each enterprise of a home that has one: that of its first row, in key order.
func (p *pushing) contacts(h HomeState) (map[uint32]string, error) {
	out := map[uint32]string{}
	for _, ds := range p.night.Workspace.Datasets {
		refs, ok := h.Current[ds.Name]
		if ds.Role != schemas.RoleContacts || !ok {
			continue
		}
		rows, err := p.files.state(refs.open(), blockNames(h.Blocks)...)
		if err != nil || rows.Len() == 0 {
			return out, err
		}
		ids, deleted := rows.Rows.Column(current.ColumnID), rows.Rows.Column(current.ColumnDeleted)
		for _, f := range ds.Fields {
			if f.Type != schemas.FieldPhone {
				continue
			}
			references := rows.Rows.Column(f.Name + schemas.ReferenceSuffix)
			for i := range rows.Rows.N {
				id := uint32(ids.Ints[i])
				if deleted.Ints[i] == 0 && references.Known.Has(i) && out[id] == "" {
					out[id] = references.Texts[i]
				}
			}
		}
	}
	return out, nil
}
