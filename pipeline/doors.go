package pipeline

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"zhida/pipeline/current"
	"zhida/pipeline/standardise"
	"zhida/schemas"
)

// pin keeps the enterprises of the home for unknown regions where they are when the region table has learnt their
// region since: a door never moves.
func (s *sealing) pin() ([]string, error) {
	var pinned []string
	for _, h := range s.spec.Homes {
		if h.Home.Region() != string(schemas.NoHome) {
			continue
		}
		dir, err := s.directory(h.Home)
		if err != nil {
			return nil, err
		}
		for code := range dir.Codes() {
			if s.night.homeOf(code) != h.Home && s.after.Pin(code, h.Home) {
				pinned = append(pinned, code)
			}
		}
	}
	return pinned, nil
}

// giveBlocks counts each home's new enterprises, one home in memory at a time, and numbers the blocks they need.
func (s *sealing) giveBlocks(ctx context.Context, out *SealOutput) error {
	aliases := s.after.Aliases()
	for _, h := range s.order() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if h == unplaced {
			continue
		}
		plan := s.homes[h]
		rows, err := s.files.home(plan, s.spec.Deliveries, s.night.registration())
		if err != nil {
			return err
		}
		dir, err := s.directory(h)
		if err != nil {
			return err
		}
		delete(s.doors, h)
		rename(dir, aliases[h])
		for range dir.BlocksFor(len(newCodes(dir, rows, s.after))) {
			if out.NextBlock == maxBlocks {
				return fmt.Errorf("give blocks to home %s: all %d blocks are taken: %w", h, maxBlocks, current.ErrBlocks)
			}
			plan.NewBlocks = append(plan.NewBlocks, uint16(out.NextBlock))
			out.NextBlock++
		}
	}
	return nil
}

// rename tells a directory which codes are other names of its enterprises. Those without a door yet are passed over.
func rename(dir *current.Directory, aliases map[string][]string) {
	for canonical, codes := range aliases {
		dir.Rename(canonical, codes)
	}
}

// newCodes lists the canonical codes of registration rows that have no door yet, sorted. The directory has been renamed.
func newCodes(dir *current.Directory, rows homeRows, crosswalk *current.Crosswalk) []string {
	seen := map[string]bool{}
	add := func(code string) {
		if _, ok := dir.Lookup(code); ok {
			return
		}
		if t, ok := crosswalk.Target(code); ok {
			if code = t.Canonical; seen[code] {
				return
			}
			if _, ok := dir.Lookup(code); ok {
				return
			}
		}
		seen[code] = true
	}
	for _, b := range rows.batches {
		codes, ops := b.Rows.Column(standardise.CodeColumn), b.Rows.Column(standardise.OpColumn)
		for i := range b.Rows.N {
			if ops.Ints[i] == standardise.OpUpsert {
				add(codes.Texts[i])
			}
		}
	}
	for _, w := range rows.waiting {
		codes, deleted := w.Rows.Column(current.ColumnCode), w.Rows.Column(current.ColumnDeleted)
		for i := range w.Rows.N {
			if deleted.Ints[i] == 0 {
				add(codes.Texts[i])
			}
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// maxBlocks is the number of blocks a 32-bit id can name.
const maxBlocks = 1 << 16
