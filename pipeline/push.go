package pipeline

import (
	"context"
	"fmt"
	"io"
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
	sms      push.List
	portal   push.List
	pushes   []ledger.Push
	noted    map[bitmapKey]*roaring.Bitmap // first night: what becomes the baseline
	out      Pushes
}

// pushItem is an item whose matches may be pushed tonight.
type pushItem struct {
	*schemas.Item
	baseline *roaring.Bitmap // ids of matches that a baseline holds; empty on the first night
}

// planPushes writes the push lists of the night into the manifest and returns what the ledger has to remember.
func (n *Night) planPushes(ctx context.Context, m *Manifest) ([]ledger.Push, error) {
	p := &pushing{night: n, manifest: m, files: n.files(), noted: map[bitmapKey]*roaring.Bitmap{}}
	defer p.files.close()
	p.out.Baseline = m.Predecessor == ""
	if err := p.open(ctx); err != nil {
		return nil, err
	}
	var err error
	if p.out.Baseline {
		err = p.baseline()
	} else {
		err = p.lists(ctx)
	}
	m.Pushes = p.out
	return p.pushes, err
}

// open finds the items that may be pushed and what their baselines hold.
func (p *pushing) open(ctx context.Context) error {
	for policy, item := range p.night.Workspace.Items() {
		if ok, _ := push.Pushable(policy, item, p.manifest.Date); !ok {
			continue
		}
		set := roaring.New()
		known, ok, err := p.night.Ledger.Baseline(ctx, p.manifest.Night, item.ID, item.Revision)
		if err != nil {
			return err
		}
		if ok {
			if set, err = p.night.bitmap(known.Ref, known.Entry, kindBaseline); err != nil {
				return fmt.Errorf("baseline of item %s: %w", item.ID, err)
			}
		}
		p.items = append(p.items, pushItem{item, set})
	}
	return nil
}

// kindBaseline is the kind of bitmap that holds an item's baseline.
const kindBaseline = "baseline"

// baseline notes the first night's matches: they are known, and nobody is told.
func (p *pushing) baseline() error {
	err := p.units(func(_ []HomeState, verdicts *profile.Bitmaps) error {
		for _, it := range p.items {
			sure, err := bitmapOf(verdicts, it.ID, profile.KindSure)
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
			err := p.units(func(homes []HomeState, verdicts *profile.Bitmaps) error { return p.unit(ctx, homes, verdicts) })
			return firstError(err, p.portal.Close())
		})
		p.out.Portal = &portal
		return firstError(err, p.sms.Close())
	})
	p.out.SMS = &sms
	return err
}

// units calls do for each artefact of verdicts with the homes it covers.
func (p *pushing) units(do func(homes []HomeState, verdicts *profile.Bitmaps) error) error {
	homes := p.manifest.Homes
	for from := 0; from < len(homes); {
		to := from + 1
		for to < len(homes) && homes[to].Verdicts != nil && homes[from].Verdicts != nil && *homes[to].Verdicts == *homes[from].Verdicts {
			to++
		}
		if ref := homes[from].Verdicts; ref != nil {
			verdicts, closeFile, err := p.night.bitmaps(*ref)
			if err != nil {
				return err
			}
			err = firstError(do(homes[from:to], verdicts), closeFile())
			if err != nil {
				return err
			}
		}
		from = to
	}
	return nil
}

// unit plans the pushes of some homes.
func (p *pushing) unit(ctx context.Context, homes []HomeState, verdicts *profile.Bitmaps) error {
	due := map[uint32][]*schemas.Item{}
	for _, it := range p.items {
		sure, err := bitmapOf(verdicts, it.ID, profile.KindSure)
		if err != nil {
			return err
		}
		sure.AndNot(it.baseline)
		fresh, earlier, err := p.night.Ledger.Due(ctx, ledger.DueQuery{
			Night: p.manifest.Night, Item: it.ID, Revision: it.Revision, Window: it.Window.From, Channel: ledger.ChannelPortal,
		}, sure.ToArray())
		if err != nil {
			return err
		}
		p.out.Earlier += int64(len(earlier))
		for _, id := range fresh {
			due[id] = append(due[id], it.Item)
		}
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

func (p *pushing) home(h HomeState, ids []uint32, due map[uint32][]*schemas.Item) error {
	dir, err := p.files.directory(h)
	if err != nil {
		return err
	}
	contacts, err := p.contacts(h)
	if err != nil {
		return err
	}
	for _, id := range ids {
		notice := push.Notice{Night: p.manifest.Night, Code: dir.Code(id), Contact: contacts[id]}
		for _, it := range due[id] {
			notice.Items = append(notice.Items, push.Due{ID: it.ID, Title: it.Title, Mode: string(it.Mode), Until: it.Window.To.String()})
		}
		p.out.Pairs += int64(len(notice.Items))
		p.out.PortalCount++
		if err := p.portal.Add(notice); err != nil {
			return err
		}
		p.remember(ledger.ChannelPortal, id, notice, due[id])
		if notice.Contact == "" {
			p.out.NoContact++
			continue
		}
		p.out.SMSCount++
		if err := p.sms.Add(notice); err != nil {
			return err
		}
		p.remember(ledger.ChannelSMS, id, notice, due[id])
	}
	return nil
}

func (p *pushing) remember(channel ledger.Channel, id uint32, notice push.Notice, items []*schemas.Item) {
	for _, it := range items {
		p.pushes = append(p.pushes, ledger.Push{
			Channel: channel, Item: it.ID, Revision: it.Revision, Window: it.Window.From,
			Enterprise: int64(id), Code: notice.Code, Contact: notice.Contact,
		})
	}
}

// contacts finds the contact reference of each enterprise of a home that has one: that of its first row, in key order.
func (p *pushing) contacts(h HomeState) (map[uint32]string, error) {
	out := map[uint32]string{}
	for _, ds := range p.night.Workspace.Datasets {
		refs, ok := h.Current[ds.Name]
		if ds.Role != schemas.RoleContacts || !ok {
			continue
		}
		rows, err := p.files.state(StateRefs{Rows: refs.Rows}, blockNames(h.Blocks)...)
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
