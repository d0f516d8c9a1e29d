package pipeline

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"zhida/matcher"
	"zhida/matcher/bits"
	"zhida/matcher/plan"
	"zhida/matcher/profile"
	"zhida/pipeline/current"
	"zhida/pipeline/ledger"
	"zhida/pipeline/report"
	"zhida/schemas"
)

// ErrNoNight is returned when nothing has been published yet.
var ErrNoNight = errors.New("there is no such night")

// ErrNoEnterprise is returned for a code that no published enterprise has or had.
var ErrNoEnterprise = errors.New("no enterprise has this code")

// View reads a published night. Close it when done.
type View struct {
	Manifest Manifest
	night    *Night
	files    *files
	verdicts *openVerdicts
}

// View opens a published night; "" is the latest.
func (n *Night) View(ctx context.Context, night string) (*View, error) {
	if night == "" {
		last, ok, err := n.Ledger.LastPublished(ctx, 0)
		if err != nil {
			return nil, err
		}
		if !ok {
			return nil, fmt.Errorf("no night is published yet: run one with zhida run: %w", ErrNoNight)
		}
		night = last.ID
	}
	if o, err := n.Ledger.Night(ctx, night); errors.Is(err, ledger.ErrUnknown) || err == nil && o.State != ledger.NightPublished {
		return nil, fmt.Errorf("night %s is not published: see zhida status: %w", night, ErrNoNight)
	} else if err != nil {
		return nil, err
	}
	m, err := n.LoadManifest(night)
	if err != nil {
		return nil, err
	}
	return &View{Manifest: m, night: n, files: n.files()}, nil
}

// Changed reports whether the workspace or the engine has changed since the night was run.
func (v *View) Changed() bool { return v.Manifest.Definitions != v.night.definitions() }

// Summary is what the night amounts to, but for how long it took.
func (v *View) Summary() (*report.Summary, error) {
	err := v.night.readSummary(&v.Manifest)
	return &v.Manifest.Summary, err
}

// Close gives back what the view holds open.
func (v *View) Close() {
	v.files.close()
	if v.verdicts != nil {
		_ = v.verdicts.file.close() // read only: nothing is lost
		v.verdicts = nil
	}
}

// Enterprise is where an enterprise is in a published night.
type Enterprise struct {
	Code  string // canonical
	ID    uint32
	state *HomeState
}

// Find looks an enterprise up by any code it has or had.
func (v *View) Find(code string) (Enterprise, error) {
	code = strings.ToUpper(schemas.Fold(code))
	crosswalk, err := v.files.crosswalk(v.Manifest.Crosswalk)
	if err != nil {
		return Enterprise{}, err
	}
	home := v.night.homeIn(crosswalk)(code)
	for i := range v.Manifest.Homes {
		h := &v.Manifest.Homes[i]
		if h.Home != home || h.Directory == nil {
			continue
		}
		dir, err := v.files.directory(*h)
		if err != nil {
			return Enterprise{}, err
		}
		if id, ok := dir.Lookup(code); ok {
			return Enterprise{dir.Code(id), id, h}, nil
		}
	}
	return Enterprise{}, fmt.Errorf("%s: %w", code, v.missing(code))
}

// missing says what is wrong with a code that was not found.
func (v *View) missing(code string) error {
	if state := schemas.ClassifyCode(code); state != schemas.CodeUSCC {
		return fmt.Errorf("%w (%s)", ErrNoEnterprise, state)
	}
	return ErrNoEnterprise
}

// Homes goes through the homes that have enterprises. Homes that were made together share their files, which are closed
// behind the last of them: a province has hundreds of such groups, with some twenty files each.
func (v *View) Homes(do func(h *HomeState, dir *current.Directory) error) error {
	group := ""
	for i := range v.Manifest.Homes {
		h := &v.Manifest.Homes[i]
		if h.Directory == nil {
			continue
		}
		if h.Directory.Name != group {
			v.files.close()
			group = h.Directory.Name
		}
		dir, err := v.files.directory(*h)
		if err != nil {
			return err
		}
		if err := do(h, dir); err != nil {
			return err
		}
	}
	return nil
}

// Block makes the whole profile of a block: rows as they hold, attributes made from them, and tags.
func (v *View) Block(h *HomeState, number uint16) (*plan.Input, error) {
	in, err := v.untagged(h, number)
	if err != nil {
		return nil, err
	}
	if v.Changed() { // tags by today's rules, like the conditions that read them
		in.Block.Tags, err = matcher.New(v.night.Library).Tags(in)
		return in, err
	}
	bitmaps, err := v.night.bitmaps(h.tags())
	if err != nil {
		return nil, err
	}
	for _, t := range v.night.Workspace.Tags {
		truth := bits.NewTruth(in.Block.N)
		err = firstError(err, bitmaps.into(t.Name, profile.KindYes, number, truth.Yes), bitmaps.into(t.Name, profile.KindNo, number, truth.No))
		in.Block.Tags[t.Name] = truth
	}
	return in, firstError(err, bitmaps.close())
}

// untagged is a block without its tags.
func (v *View) untagged(h *HomeState, number uint16) (*plan.Input, error) {
	file, err := v.files.reader(*h.Profile)
	if err != nil {
		return nil, err
	}
	if err := profile.Defines(file, v.night.Workspace.Attributes); err != nil {
		return nil, v.madeOtherwise(err)
	}
	rows := map[string]*profile.Rows{}
	for _, ds := range v.night.Workspace.Datasets {
		r, err := v.Rows(h, number, ds)
		if err != nil {
			return nil, err
		}
		if r != nil {
			rows[ds.Name] = r
		}
	}
	n := h.blockLen(number)
	b := profile.Build(number, n, livingDoors(n, v.night.registration(), rows, mergers(v.Manifest.Pending), number), rows, v.night.Workspace.Attributes, v.night.datasets)
	return v.night.input(b, v.Manifest.Date, v.Manifest.Datasets), nil
}

// Rows reads the rows of a dataset that hold in a block, personal fields left out; nil if there are none. Contacts have none.
func (v *View) Rows(h *HomeState, number uint16, ds *schemas.Dataset) (*profile.Rows, error) {
	refs, ok := h.Current[ds.Name]
	if ds.Role == schemas.RoleContacts || !ok && !v.inherits(ds, number) {
		return nil, nil
	}
	st, err := v.files.state(refs.open(), profile.GroupName(number))
	if err != nil {
		return nil, err
	}
	if st, err = v.unite(ds, number, st, func(refs StateRefs, number uint16) (current.State, error) {
		return v.files.state(refs.open(), profile.GroupName(number))
	}); err != nil {
		return nil, err
	}
	return blockProfile(ds, number, st, v.Manifest.Datasets[ds.Name].Vouched), nil
}

// Published reads what the night itself said of an enterprise and an item.
func (v *View) Published(e Enterprise, item string) (sure, needs bool, err error) {
	if e.state.Verdicts == nil {
		return false, false, nil
	}
	bitmaps, err := v.night.bitmaps(e.state.verdicts())
	if err != nil {
		return false, false, err
	}
	defer func() { _ = bitmaps.close() }()
	s, err := bitmapOf(bitmaps, item, profile.KindSure)
	if err != nil {
		return false, false, err
	}
	n, err := bitmapOf(bitmaps, item, profile.KindNeeds)
	if err != nil {
		return false, false, err
	}
	return s.Contains(e.ID), n.Contains(e.ID), nil
}

// Input reads the block an enterprise lives in.
func (v *View) Input(e Enterprise) (in *plan.Input, door int, err error) {
	in, err = v.Block(e.state, uint16(e.ID>>16))
	return in, int(e.ID & 0xffff), err
}

// Delivery describes a delivery by its arrival number, as explanations name it.
func (v *View) Delivery(ctx context.Context, seq int64) string {
	d, err := v.night.Ledger.Delivery(ctx, seq)
	if err != nil {
		return fmt.Sprintf("#%d", seq)
	}
	return fmt.Sprintf("%s (%s)", d.Name, d.Date)
}
