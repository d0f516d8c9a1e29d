package simulate

// funnel counts how many are left after each part of the condition in the order written, and how many would be sure
// without each. Parts are not asked once nobody is left, nor is the condition without a part where nobody could be sure.
func (c *Counter) funnel() error {
	clean, may := c.one, c.two
	clean.Copy(c.in.Block.Living)
	may.Copy(c.in.Block.Living)
	left := !may.IsEmpty()
	for i, refs := range c.sim.gates {
		g := &c.result.Gates[i]
		if left {
			t, err := c.ev.Held(refs.part)
			if err != nil {
				return err
			}
			clean.And(t.Yes)
			may.AndNot(t.No)
			sure := int64(clean.Count())
			g.Sure += sure
			open := int64(may.Count()) - sure
			g.Open += open
			left = sure+open > 0
		}
		t, err := c.ev.Held(refs.without)
		if err != nil {
			return err
		}
		g.Without += int64(c.in.Block.Living.CountAnd(t.Yes))
	}
	return nil
}
