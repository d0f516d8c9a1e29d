package nation

// arrivals is how many enterprises of a province register on each later night: one of 2,000.
func (p *province) arrivals() uint64 { return (p.to - p.from + 1999) / 2000 }

// arrival is the number in the province that the i-th of those that register on a night stands beside: it gets the home,
// and they are spread over all of them.
func (g *generator) arrival(p *province, i uint64, night int) uint64 {
	from, to := portion(p.to-p.from, i, p.arrivals()), portion(p.to-p.from, i+1, p.arrivals())
	d := stream(g.seed, p.from+from, matterArrival).fork(night)
	return p.from + from + uint64(d.below(int(to-from)))
}

// changes reports whether a row of a dataset changes before a night: each row does with the same chance, so that changes
// are spread evenly over all enterprises and datasets.
func (g *generator) changes(e *enterprise, matter uint32, index, night int) bool {
	d := stream(g.seed, e.number, matter).fork(1<<20 + index<<6 + night)
	return d.rare(g.Changed)
}

// Words of the column that tells what a row does.
const (
	added   = "新增"
	amended = "变更"
	deleted = "删除"
)

// deletions are the changed rows, of 100, that are deleted, in datasets that know deletion. A registration is closed
// instead.
const deletions = 3

// record writes what a department has on an enterprise into the deliveries of all nights.
func (c *clerk) record(out *chunk, e *enterprise, matter int) {
	dep := &c.departments[matter]
	if e.night > 0 && !dep.arrives {
		return
	}
	d := stream(c.seed, e.number, uint32(matter))
	n := dep.count(c, e, d)
	for i := range n {
		r := row{index: i, dice: d.fork(i)}
		c.recordRow(out, e, matter, &r)
		if e.night == 0 && i == 0 {
			c.recordOddities(out, e, matter, r)
		}
	}
}

// recordRow writes one row, as it is on each night that delivers it.
func (c *clerk) recordRow(out *chunk, e *enterprise, matter int, r *row) {
	dep, gone := &c.departments[matter], false
	for night := e.night; night < c.Nights; night++ {
		word, changed := added, false
		if night > e.night {
			changed = c.changes(e, uint32(matter), r.index, night)
			word = amended
		}
		if changed {
			r.since = night
			r.turns++
			if gone {
				word = added
			}
			d := r.fork(2000 + night)
			gone = dep.operated && matter != registrationMatter && d.percent(deletions)
			if gone {
				word = deleted
			}
		}
		again := c.Full && !dep.appended
		if night > e.night && (!changed || again) && (gone || !again) {
			continue
		}
		r.night = night
		c.writeRow(out, e, matter, *r, word)
	}
}

// writeRow writes a row into a night's delivery.
func (c *clerk) writeRow(out *chunk, e *enterprise, matter int, r row, word string) {
	dep := &c.departments[matter]
	b := out.batch(matter, r.night)
	if dep.operated && r.night > 0 && !c.Full {
		b.text(word)
	}
	r.news = r.fork(3000 + r.since)
	dep.write(c, b, e, &r)
	b.endRow()
}

// Oddities of the first night's deliveries, of a million enterprises.
const (
	strangers = 3000 // of the tax bureau and the insurance: rows of enterprises that are registered elsewhere
	misplaced = 30   // of the contacts: rows with a telephone number where the code belongs
	broken    = 30   // of the registration in CSV: rows of 9 columns, and of 13
)

// recordOddities adds rows that are wrong or belong to nobody.
func (c *clerk) recordOddities(out *chunk, e *enterprise, matter int, r row) {
	d, dep := r.fork(4000), &c.departments[matter]
	kept := e.delivered
	r.since, r.turns, r.night = 0, 0, 0
	switch {
	case (dep.name == "tax" || dep.name == "insurance") && d.rare(strangers):
		var other [18]byte
		writeCode(&other, 1, e.home.code, e.number-e.home.from, 1, 31)
		e.delivered = other[:]
		c.repeatRow(out, e, matter, r)
	case dep.name == "contacts" && d.rare(misplaced):
		e.delivered = []byte("13900000000")
		c.repeatRow(out, e, matter, r)
	case matter == registrationMatter && d.rare(broken) && out.csv[matter]:
		c.writeRow(out, e, matter, r, added)
		b := out.batch(matter, 0)
		if d.percent(50) {
			b.rows[len(b.rows)-1] -= 2
			b.ends = b.ends[:len(b.ends)-2]
			b.data = b.data[:b.ends[len(b.ends)-1]]
		} else {
			b.rows = b.rows[:len(b.rows)-1]
			b.text("张某丙")
			b.text("多一列")
			b.endRow()
		}
	}
	e.delivered = kept
}

// repeatRow writes a row that never changes into all full deliveries.
func (c *clerk) repeatRow(out *chunk, e *enterprise, matter int, r row) {
	for r.night = range c.Nights {
		if r.night == 0 || c.Full {
			c.writeRow(out, e, matter, r, added)
		}
	}
}
