package workspace

import (
	"math"
	"strings"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// doubts are the names whose definitions have faults.
type doubts struct {
	all   bool // a definition could not be read at all: any name may be missing
	names map[string]bool
}

// about reports whether the text uses a doubtful name. Part of a longer name counts too: to say nothing now is better
// than to say what is not so.
func (d doubts) about(text string) bool {
	if d.all {
		return true
	}
	for name := range d.names {
		if strings.Contains(text, name) {
			return true
		}
	}
	return false
}

// findDoubts is called when all definitions have been checked and before conditions are.
func (c *check) findDoubts() {
	fields := map[schemas.Source]bool{} // the faulty ones
	for _, d := range c.datasets {
		if d.root == nil || d.Title == "" {
			c.doubtful.all = true
			continue
		}
		for i, f := range d.Fields {
			if d.isFaulty("fields", i) {
				c.doubt(f.Name)
				fields[schemas.Source{Dataset: stem(d.name), Field: f.Name}] = true
			}
		}
	}
	if c.tags == nil || c.tags.root == nil {
		c.doubtful.all = true
		return
	}
	for i, a := range c.attributes {
		bad := c.tags.isFaulty("attributes", i)
		for _, s := range a.Sources {
			bad = bad || fields[s]
		}
		if bad {
			c.doubt(a.Name)
		}
	}
	for i, catalog := range c.tags.catalogs {
		if c.tags.isFaulty("catalogs", i) {
			c.doubt(catalog.Name)
		}
	}
	for i, p := range c.tags.params {
		if c.tags.isFaulty("params", i) {
			c.doubt(p.Name)
		}
	}
	for _, t := range c.tags.tags { // of a tag nothing but its name matters to others
		if t.Name == "" {
			c.doubtful.all = true
		}
	}
}

// doubt notes a name. A definition without a name leaves every name in doubt; one that no condition can write, none.
func (c *check) doubt(name string) {
	switch {
	case name == "":
		c.doubtful.all = true
	case condition.IsName(name):
		c.doubtful.names[name] = true
	}
}

// isFaulty reports whether a fault lies in the lines of the i-th entry of a list at the top of the file.
func (d *document) isFaulty(list string, i int) bool {
	from, to := d.at(list, i).line, math.MaxInt
	if next := d.at(list, i+1).line; next > from {
		to = next
	}
	pairs, _ := entries(d.root)
	for _, p := range pairs {
		if line := d.spot(p.Key).line; line > from {
			to = min(to, line)
		}
	}
	for _, fault := range d.faults {
		if fault.Line >= from && (fault.Line < to || fault.Line == from) {
			return true
		}
	}
	return false
}
