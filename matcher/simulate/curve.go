package simulate

import (
	mathbits "math/bits"

	"zhida/matcher/bits"
)

// curves counts what other thresholds would give. Where a test changes nothing for anybody in the block, the verdicts
// stand for all of its thresholds.
func (c *Counter) curves() error {
	for i := range c.sim.curves {
		if err := c.curve(&c.sim.curves[i], &c.result.Curves[i], c.sim.Thresholds[i].Present); err != nil {
			return err
		}
	}
	return nil
}

func (c *Counter) curve(refs *curveRefs, out *Curve, present int) error {
	with, err := c.ev.Held(refs.with)
	if err != nil {
		return err
	}
	without, err := c.ev.Held(refs.without)
	if err != nil {
		return err
	}
	living := c.in.Block.Living
	decides, moves := 0, false
	for w, l := range living {
		decides += mathbits.OnesCount64((with.Yes[w] ^ without.Yes[w]) & l)
		moves = moves || ((with.Yes[w]^without.Yes[w])|(with.No[w]^without.No[w]))&l != 0
	}
	out.Others += int64(decides)
	for k, r := range refs.rungs {
		if !moves {
			out.Rungs[k].Sure += int64(c.sure.Count())
			out.Rungs[k].Needs += int64(c.needs.Count())
			continue
		}
		test, err := c.ev.Held(r)
		if err != nil {
			return err
		}
		sure, needs, unknown := settled(with, without, test, living)
		out.Rungs[k].Sure += sure
		out.Rungs[k].Needs += needs
		if k == present {
			out.Unknown += unknown
		}
	}
	return nil
}

// settled counts the living for whom a condition is yes, and is unknown, from what it is with one of its tests taken as
// yes and as no, and the test; and those the test would decide about, and is unknown for.
func settled(with, without, test bits.Truth, living bits.Set) (sure, needs, unknown int64) {
	for w, l := range living {
		y, n := test.Yes[w], test.No[w]
		open := ^(y | n)
		yes := with.Yes[w]&y | without.Yes[w]&n | with.Yes[w]&without.Yes[w]&open
		no := with.No[w]&y | without.No[w]&n | with.No[w]&without.No[w]&open
		sure += int64(mathbits.OnesCount64(yes & l))
		needs += int64(mathbits.OnesCount64(l &^ (yes | no)))
		unknown += int64(mathbits.OnesCount64((with.Yes[w] ^ without.Yes[w]) & open & l))
	}
	return sure, needs, unknown
}
