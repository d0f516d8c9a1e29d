package current

import (
	"cmp"
	"maps"
	"slices"

	"zhida/matcher/table"
	"zhida/schemas"
)

// Target is where the rows of a code belong.
type Target struct {
	Canonical string       // the code the enterprise goes by now
	Home      schemas.Home // the home that has its door
}

// Crosswalk (身份) says which codes are other names of one enterprise. A code that stands alone is not in it.
type Crosswalk struct {
	targets map[string]Target
	members map[string][]string // codes by canonical code
}

// Link is one line of a crosswalk delivery: from Date on the enterprise with the code Old goes by New.
type Link struct {
	Old  string       `json:"old"`
	New  string       `json:"new"`
	Date schemas.Date `json:"date"`
	Seq  int64        `json:"seq"`
	Pos  int64        `json:"pos"`
}

// Pending is a link that is none between two codes of one enterprise, with the reason. A merger holds until the crosswalk takes it
// back, and is looked at again every night.
type Pending struct {
	Link
	Reason string  `json:"reason"`
	Merger *Merger `json:"merger,omitempty"` // that is followed
}

// Reasons for a link to stay pending.
const (
	PendingMerger = "both codes have a door: a merger"
	PendingCode   = "the new code is not a unified social credit code"
)

// NewCrosswalk returns a crosswalk without links.
func NewCrosswalk() *Crosswalk {
	return &Crosswalk{targets: map[string]Target{}, members: map[string][]string{}}
}

// Target returns where the rows of a code belong, if the crosswalk knows it.
func (c *Crosswalk) Target(code string) (Target, bool) {
	t, ok := c.targets[code]
	return t, ok
}

// Aliases lists, per home, the codes that lead to one of its doors, by canonical code; each list is sorted.
func (c *Crosswalk) Aliases() map[schemas.Home]map[string][]string {
	out := map[schemas.Home]map[string][]string{}
	for canonical, codes := range c.members {
		home := c.targets[canonical].Home
		if out[home] == nil {
			out[home] = map[string][]string{}
		}
		out[home][canonical] = codes
	}
	return out
}

// Add applies links in the order of date, arrival and position, and returns the codes whose rows now belong
// elsewhere or to another canonical code, sorted, and the links that could not be applied. homeOf is the home of a
// code that stands alone; door asks the directories as they were before tonight.
func (c *Crosswalk) Add(links []Link, homeOf func(string) schemas.Home, door func(schemas.Home, string) (uint32, bool)) (changed []string, pending []Pending) {
	links = slices.Clone(links)
	slices.SortFunc(links, func(a, b Link) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.Pos, b.Pos))
	})
	moved := map[string]bool{}
	for _, link := range links {
		switch state := schemas.ClassifyCode(link.New); {
		case link.Old == link.New:
			continue
		case state != schemas.CodeUSCC && state != schemas.CodeBadCheck:
			pending = append(pending, Pending{Link: link, Reason: PendingCode})
			continue
		}
		from, to := c.place(link.Old, homeOf), c.place(link.New, homeOf)
		fromDoor, toDoor := c.door(from, door), c.door(to, door)
		if fromDoor != nil && toDoor != nil && *fromDoor != *toDoor {
			pending = append(pending, Pending{Link: link, Reason: PendingMerger})
			continue
		}
		target := to // a late link to an old name does not take the name back
		if from.Canonical == to.Canonical {
			target.Canonical = link.New // a correction is taken back
		}
		if fromDoor != nil {
			target.Home = from.Home
		}
		c.unite(from, to, link, target, moved)
	}
	return slices.Sorted(maps.Keys(moved)), pending
}

// Pin keeps a code at the home where its enterprise has its door, though the tables by now put the code elsewhere. It
// reports whether that is news.
func (c *Crosswalk) Pin(code string, home schemas.Home) bool {
	if _, ok := c.targets[code]; ok {
		return false
	}
	c.targets[code] = Target{code, home}
	c.members[code] = []string{code}
	return true
}

// door asks for all codes of an enterprise: the directory does not know yet which of them is canonical tonight.
func (c *Crosswalk) door(t Target, door func(schemas.Home, string) (uint32, bool)) *uint32 {
	for _, code := range append([]string{t.Canonical}, c.members[t.Canonical]...) {
		if id, ok := door(t.Home, code); ok {
			return &id
		}
	}
	return nil
}

func (c *Crosswalk) place(code string, homeOf func(string) schemas.Home) Target {
	if t, ok := c.targets[code]; ok {
		return t
	}
	return Target{code, homeOf(code)}
}

// unite points every code of either enterprise, and the two codes of the link, to the target.
func (c *Crosswalk) unite(from, to Target, link Link, target Target, moved map[string]bool) {
	codes := slices.Concat(c.members[from.Canonical], c.members[to.Canonical], []string{link.Old, link.New})
	slices.Sort(codes)
	codes = slices.Compact(codes)
	delete(c.members, from.Canonical)
	delete(c.members, to.Canonical)
	for _, code := range codes {
		if c.targets[code] != target {
			c.targets[code] = target
			moved[code] = true
		}
	}
	c.members[target.Canonical] = codes
}

var crosswalkFields = []table.Field{
	{Name: "code", Kind: table.Text},
	{Name: "canonical", Kind: table.Text},
	{Name: "home", Kind: table.Text},
}

// Table is the crosswalk as rows in code order: the form it is stored in.
func (c *Crosswalk) Table() *table.Table {
	b := table.NewBuilder(crosswalkFields)
	for _, code := range slices.Sorted(maps.Keys(c.targets)) {
		t := c.targets[code]
		b.Text(0, code)
		b.Text(1, t.Canonical)
		b.Text(2, string(t.Home))
		b.End()
	}
	return b.Table()
}

// ReadCrosswalk turns stored rows back into a crosswalk; nil rows are an empty one.
func ReadCrosswalk(t *table.Table) *Crosswalk {
	c := NewCrosswalk()
	if t == nil {
		return c
	}
	codes, canonical, homes := t.Column("code"), t.Column("canonical"), t.Column("home")
	for i := range t.N {
		c.targets[codes.Texts[i]] = Target{canonical.Texts[i], schemas.Home(homes.Texts[i])}
		c.members[canonical.Texts[i]] = append(c.members[canonical.Texts[i]], codes.Texts[i])
	}
	return c
}
