package pipeline

import (
	"context"
	"errors"
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"

	"zhida/matcher"
	"zhida/matcher/bits"
	"zhida/matcher/explain"
	"zhida/matcher/plan"
	"zhida/matcher/profile"
	"zhida/pipeline/current"
	"zhida/pipeline/ledger"
	"zhida/pipeline/workspace"
	"zhida/schemas"
)

// Outcome is what a night comes to by some definitions and some version of zhida: verdicts and pushes by item, block by
// block. It may be of another process; see OutcomeClient. It is used by one goroutine, and closed when done.
type Outcome interface {
	// Head says what it is of.
	Head() *OutcomeHead
	// Block is what comes of the i-th block of the head, by item; items of which nothing comes are left out.
	Block(i int) (map[string]OutcomeSets, error)
	// Reason explains an item to an enterprise of the i-th block.
	Reason(i, door int, item string) (OutcomeReason, error)
	Close() error
}

// OutcomeHead says what an outcome is of. Two outcomes of one night have the same doors in a home if its directory is the same.
type OutcomeHead struct {
	Night  string         `json:"night"`
	Engine string         `json:"engine"`
	Items  []OutcomeItem  `json:"items"`
	Blocks []OutcomeBlock `json:"blocks"`
}

// OutcomeItem names an item.
type OutcomeItem struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// OutcomeBlock is a block with the checksum of its home's directory, and how many of its doors were there the night before.
type OutcomeBlock struct {
	Home      schemas.Home `json:"home"`
	Number    uint16       `json:"number"`
	Doors     int          `json:"doors"`
	Before    int          `json:"before"`
	Directory string       `json:"directory"`
}

// OutcomeSets are the doors of a block by what an item comes to, as the names of sets say; see outcomeKinds.
type OutcomeSets map[string]*roaring.Bitmap

// outcomeKinds are the names of sets: three verdicts, and who is told tonight on two channels.
func outcomeKinds() []string { return []string{"sure", "needs", "near", "portal", "sms"} }

// OutcomeReason is the verdict of an item on an enterprise, and why.
type OutcomeReason struct {
	Code    string `json:"code"`
	Verdict string `json:"verdict"`
	Reason  string `json:"reason"`
}

// NightOutcome is an Outcome of this process.
type NightOutcome struct {
	head   OutcomeHead
	view   *View
	close  func() error
	items  []string
	homes  []*HomeState // by block
	pushes map[pushKey]*roaring.Bitmap
	dirOf  *HomeState // whose directory is read, nil: none
	dir    *current.Directory
	at     int // the block that is read for explanations, -1: none
	in     *plan.Input
}

type pushKey struct {
	item    string
	channel ledger.Channel
}

// Outcome is what a published night came to.
func (n *Night) Outcome(ctx context.Context, night string) (*NightOutcome, error) {
	v, err := n.View(ctx, night)
	if err != nil {
		return nil, err
	}
	v.Close()
	ws, err := n.workspaceOf(&v.Manifest)
	if err != nil {
		return nil, err
	}
	a, err := n.with(ws, n.Store)
	if err != nil {
		return nil, err
	}
	return a.outcome(ctx, v.Manifest, func() error { return nil })
}

// OutcomeBy is what a published night comes to by a workspace, nil: by its own definitions, when this zhida works it out aside.
func (n *Night) OutcomeBy(ctx context.Context, night string, ws *workspace.Workspace) (_ *NightOutcome, err error) {
	m, planned, err := n.planned(ctx, night)
	if err != nil {
		return nil, err
	}
	if err := n.needs(&m, &planned); err != nil {
		return nil, err
	}
	if ws == nil {
		if ws, err = n.workspaceOf(&m); err != nil {
			return nil, err
		}
	}
	a, err := n.aside(ws)
	if err != nil {
		return nil, err
	}
	planned.Definitions = a.definitions()
	again, err := a.rerun(ctx, &planned)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("work out night %s: %w", m.Night, err), a.Store.Close())
	}
	return a.outcome(ctx, again, a.Store.Close)
}

func (n *Night) outcome(ctx context.Context, m Manifest, closeStore func() error) (_ *NightOutcome, err error) {
	o := &NightOutcome{
		head: OutcomeHead{Night: m.Night, Engine: EngineVersion}, view: &View{Manifest: m, night: n, files: n.files()},
		close: closeStore, pushes: map[pushKey]*roaring.Bitmap{}, at: -1,
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, o.Close())
		}
	}()
	before := map[schemas.Home]*HomeState{}
	if m.Predecessor != "" {
		last, err := n.LoadManifest(m.Predecessor)
		if err != nil {
			return nil, err
		}
		for i := range last.Homes {
			before[last.Homes[i].Home] = &last.Homes[i]
		}
	}
	for i := range m.Homes {
		h := &m.Homes[i]
		if h.Directory == nil {
			continue
		}
		for _, number := range h.Blocks {
			b := OutcomeBlock{Home: h.Home, Number: number, Doors: h.blockLen(number), Directory: h.Directory.Sum}
			if was := before[h.Home]; was != nil {
				b.Before = was.blockLen(number)
			}
			o.head.Blocks, o.homes = append(o.head.Blocks, b), append(o.homes, h)
		}
	}
	for _, item := range n.Workspace.Items() {
		o.head.Items = append(o.head.Items, OutcomeItem{item.ID, item.Title})
		o.items = append(o.items, item.ID)
	}
	for p, err := range n.pushes(ctx, &m) {
		if err != nil {
			return nil, err
		}
		k := pushKey{p.Item, p.Channel}
		if o.pushes[k] == nil {
			o.pushes[k] = roaring.New()
		}
		o.pushes[k].Add(uint32(p.Enterprise))
	}
	return o, nil
}

// Head implements Outcome.
func (o *NightOutcome) Head() *OutcomeHead { return &o.head }

// Block implements Outcome.
func (o *NightOutcome) Block(i int) (map[string]OutcomeSets, error) {
	b := o.head.Blocks[i]
	out := map[string]OutcomeSets{}
	add := func(item, kind string, doors *roaring.Bitmap) {
		if out[item] == nil {
			out[item] = OutcomeSets{}
		}
		out[item][kind] = doors
	}
	for k, set := range o.pushes {
		mine := roaring.New()
		mine.AddRange(uint64(b.Number)<<16, (uint64(b.Number)+1)<<16)
		if mine.And(set); !mine.IsEmpty() {
			add(k.item, string(k.channel), roaring.AddOffset64(mine, -int64(b.Number)<<16))
		}
	}
	if o.homes[i].Verdicts == nil {
		return out, nil
	}
	err := o.view.Verdicts(o.homes[i], b.Number, b.Doors, o.items, func(item string, v matcher.Verdict) error {
		for kind, set := range map[string]bits.Set{profile.KindSure: v.Sure, profile.KindNeeds: v.Needs, profile.KindNear: v.Near} {
			if set == nil {
				continue
			}
			doors := roaring.New()
			for door := range set.All() {
				doors.Add(uint32(door))
			}
			add(item, kind, doors)
		}
		return nil
	})
	return out, err
}

// Code is the code of an enterprise of the i-th block.
func (o *NightOutcome) Code(i, door int) (string, error) {
	if o.dirOf != o.homes[i] { // a home's pairs come one after the other
		dir, err := o.view.files.directory(*o.homes[i])
		if err != nil {
			return "", err
		}
		o.dir, o.dirOf = dir, o.homes[i]
	}
	return o.dir.Code(uint32(o.head.Blocks[i].Number)<<16 | uint32(door)), nil
}

// Reason implements Outcome.
func (o *NightOutcome) Reason(i, door int, item string) (r OutcomeReason, err error) {
	h, b := o.homes[i], o.head.Blocks[i]
	if r.Code, err = o.Code(i, door); err != nil {
		return r, err
	}
	ws := o.view.night.Workspace
	if ws.Conditions[item] == nil {
		r.Verdict = "没有这个事项"
		return r, nil
	}
	if o.at != i {
		if o.in, err = o.view.Block(h, b.Number); err != nil {
			return r, err
		}
		o.at = i
	}
	q := &explain.Question{In: o.in, Door: door, Expr: ws.Conditions[item], Benefit: ws.Benefits[item], Rules: ws.TagRules}
	for _, it := range ws.Items() {
		if it.ID == item {
			q.Attainable = it.Attainable
		}
	}
	answer, err := explain.Explain(q)
	if err != nil {
		return r, err
	}
	if r.Verdict, r.Reason = answer.Verdict(), answer.Reason(); !o.in.Block.Living.Has(door) {
		r.Verdict, r.Reason = "不再存续，不参与匹配", ""
	}
	return r, nil
}

// Close implements Outcome.
func (o *NightOutcome) Close() error {
	o.view.Close()
	return o.close()
}
