package pipeline

import (
	"context"
	"errors"
	"fmt"

	"zhida/pipeline/collect"
	"zhida/pipeline/ledger"
	"zhida/pipeline/store"
	"zhida/schemas"
)

// ErrSpace is returned for a night whose disk has too little room for it.
var ErrSpace = errors.New("the disk has too little room for the night")

// What a night writes for each byte and each object that waits at the sources, at the least: the landing zone, rows as they are
// parsed, and rows as they hold. The first night of a made-up province of 30,000 enterprises wrote 4 bytes for each, half of
// them workbooks.
const (
	roomPerByte   = 2
	filesPerThing = 8
)

// recent is how many nights say what one writes.
const recent = 3

// room is what a night will need.
type room struct {
	awaited collect.Awaited
	written int64 // by the recent night that wrote most
	files   int64
}

func (r *room) bytes() int64 { return max(r.awaited.Bytes*roomPerByte, r.awaited.Bytes+r.written) }

// makeSure refuses a night for which the disk has too little room, before anything is written. It returns the sources as they
// were listed.
func (n *Night) makeSure(ctx context.Context, date schemas.Date) ([]collect.Source, error) {
	awaited, sources, err := collect.Look(ctx, n.Sources, n.Ledger, date)
	if err != nil {
		return nil, err
	}
	r := room{awaited: awaited}
	if r.written, r.files, err = n.written(ctx); err != nil {
		return nil, err
	}
	has, err := n.Store.Space()
	if err != nil {
		return nil, err
	}
	const advice = "free some, zhida prune --dry-run says what need not be kept, and run again"
	if need := r.bytes(); has.Bytes < need {
		return nil, fmt.Errorf("%w: %s has %s left, the night of %s will need about %s (%s wait at the sources, a night of late wrote %s): %s",
			ErrSpace, n.Store.Dir(), size(has.Bytes), date, size(need), size(awaited.Bytes), size(r.written), advice)
	}
	if need := r.files + int64(awaited.Objects)*filesPerThing; has.Files >= 0 && has.Files < need {
		return nil, fmt.Errorf("%w: %s can hold %d more files, the night of %s will need about %d: %s", ErrSpace, n.Store.Dir(), has.Files, date, need, advice)
	}
	return sources, nil
}

// written is what the recent night that wrote most has added to the store beside its deliveries.
func (n *Night) written(ctx context.Context) (bytes, files int64, err error) {
	nights, err := n.Ledger.Nights(ctx)
	if err != nil {
		return 0, 0, err
	}
	for i, looked := len(nights)-1, 0; i >= 0 && looked < recent; i-- {
		if nights[i].State != ledger.NightPublished || nights[i].Predecessor == "" {
			continue // a first night writes all there is
		}
		looked++
		b, f, err := n.added(&nights[i])
		if err != nil { // what it wrote is purged, gone or damaged: it says nothing here
			break
		}
		bytes, files = max(bytes, b), max(files, f)
	}
	return bytes, files, nil
}

// added is what a night wrote: artefacts that the night before does not name, and what is in its folder.
func (n *Night) added(o *ledger.Night) (bytes, files int64, err error) {
	m, err := n.LoadManifest(o.ID)
	if err != nil {
		return 0, 0, err
	}
	before, err := n.LoadManifest(o.Predecessor)
	if err != nil {
		return 0, 0, err
	}
	known := map[store.Ref]bool{}
	for _, a := range before.artefacts() {
		known[a.Ref] = true
	}
	for _, a := range m.artefacts() {
		if !known[a.Ref] {
			known[a.Ref] = true
			bytes += a.Ref.Size
			files++
		}
	}
	inFolder, err := n.Store.Files("nights/" + o.ID)
	for _, f := range inFolder {
		bytes += f.Size
		files++
	}
	return bytes, files, err
}

// size says a number of bytes for people.
func size(bytes int64) string {
	const unit = 1024
	for i, name := range []string{"bytes", "KiB", "MiB", "GiB", "TiB"} {
		if bytes < unit<<(10*i) || name == "TiB" {
			return fmt.Sprintf("%.4g %s", float64(bytes)/float64(int64(1)<<(10*i)), name)
		}
	}
	return ""
}
