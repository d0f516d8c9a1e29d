package pipeline

import (
	"zhida/matcher"
	"zhida/matcher/bits"
	"zhida/matcher/plan"
	"zhida/matcher/profile"
)

// judging makes the tags and verdicts of a block: of all its doors, or of the affected ones, whose verdicts take the place
// of those of the last night.
type judging struct {
	*reducing
	home     int
	in       *plan.Input    // the judged
	whole    *profile.Block // all doors, without attributes and tags
	affected bits.Set       // nil: all doors are judged
	doors    []uint16       // of affected
	since    *changing

	was, is, flipped bits.Set // room, of all doors
	matched          bits.Set
}

// cell puts what is tonight's set of the judged in the place of the last night's in a cell of a grid, and keeps it or what
// flipped. It returns both as sets of the block, nil if they are empty; they are valid until the next call. was is only
// asked for if somebody needs it.
func (j *judging) cell(part *gridPart, last *earlier, row, kind int, set bits.Set, asked bool) (was, is bits.Set, err error) {
	if j.affected != nil || !j.anew || asked {
		had, err := last.into(row*len(part.kinds)+kind, j.whole.Number, j.was)
		if err != nil {
			return nil, nil, err
		}
		if had {
			was = j.was
		}
	}
	if set != nil && set.IsEmpty() {
		set = nil
	}
	if is = set; j.affected != nil {
		is = j.patched(was, set)
	}
	switch {
	case is == nil && was == nil:
	case j.anew && is != nil:
		part.add(row, kind, j.whole.Number, is)
	case j.anew:
	default:
		j.flipped.Clear()
		if was != nil {
			j.flipped.Xor(was)
		}
		if is != nil {
			j.flipped.Xor(is)
		}
		part.add(row, kind, j.whole.Number, j.flipped)
	}
	return was, is, nil
}

// patched is the last night's set with the judged doors as tonight's has them.
func (j *judging) patched(was, set bits.Set) bits.Set {
	if was == nil && set == nil {
		return nil
	}
	j.is.Clear()
	if was != nil {
		j.is.Copy(was)
		j.is.AndNot(j.affected)
	}
	if set != nil {
		for k := range set.All() {
			j.is.Add(int(j.doors[k]))
		}
	}
	if j.is.IsEmpty() {
		return nil
	}
	return j.is
}

func (j *judging) tags() error {
	part, n := j.parts.tags, j.whole.N
	part.of(j.home)
	unknown := bits.New(n)
	for row, name := range part.names {
		c := j.out.Tags[name]
		unknown.Copy(j.whole.Living)
		truth := j.in.Block.Tags[name]
		for kind, set := range []bits.Set{truth.Yes, truth.No} {
			_, is, err := j.cell(part, j.lastTags, row, kind, set, false)
			if err != nil {
				return err
			}
			if is == nil {
				continue
			}
			unknown.AndNot(is)
			if kind == 0 {
				c.Yes += int64(is.CountAnd(j.whole.Living))
			}
		}
		c.Unknown += int64(unknown.Count())
		j.out.Tags[name] = c
	}
	return nil
}

// verdicts keeps the block's verdicts and finds what changed since the last published night.
func (j *judging) verdicts() error {
	j.parts.verdicts.of(j.home)
	j.matched = bits.New(j.whole.N)
	next := 0
	var failed error
	upTo := func(item int) { // those of which nobody of the judged has a verdict; of most nobody had any
		for ; next < item && failed == nil; next++ {
			if j.lastVerdicts.has(next) {
				failed = j.item(next, &matcher.Verdict{})
			}
		}
	}
	if j.affected == nil || len(j.doors) > 0 {
		_, err := j.matcher.Each(j.in, func(i int, v matcher.Verdict) {
			if upTo(i); failed == nil {
				failed = j.item(i, &v)
				next = i + 1
			}
		})
		if err != nil {
			return err
		}
	}
	upTo(len(j.night.Library.Items))
	if failed != nil {
		return failed
	}
	j.out.Matched += int64(j.matched.Count())
	if j.spec.Last == nil {
		return nil
	}
	none := bits.New(j.whole.N)
	err := j.lastVerdicts.gone(profile.KindSure, j.whole.Number, j.was, func(item string) error { // taken out since
		return j.since.compare(item, j.was, none)
	})
	return firstError(err, j.since.explain())
}

func (j *judging) item(i int, v *matcher.Verdict) error {
	c := &j.counts[i]
	counters := c.counts()
	for kind, part := range partsOf(v) {
		compared := kind == kindSure && j.spec.Last != nil
		was, is, err := j.cell(j.parts.verdicts, j.lastVerdicts, i, kind, *part.set, compared)
		if err != nil {
			return err
		}
		if is != nil {
			*counters[kind] += int64(is.Count())
		}
		if kind != kindSure {
			continue
		}
		if is != nil {
			j.matched.Or(is)
		}
		if compared && (was != nil || is != nil) {
			if err := j.since.compare(j.night.Library.Items[i].ID, orEmpty(was, j.flipped), orEmpty(is, j.flipped)); err != nil {
				return err
			}
		}
	}
	return nil
}

// orEmpty is the set, or room made empty.
func orEmpty(set, room bits.Set) bits.Set {
	if set == nil {
		room.Clear()
		return room
	}
	return set
}
