package schemas

import "slices"

// Children lists the codes in force directly below a code, in order: the counties of a city, the divisions of a section.
func (c *Codes) Children(system, code string) []string {
	var out []string
	switch system {
	case SystemRegion:
		for _, rows := range c.regions {
			last := rows[len(rows)-1]
			if last.Parent == code && last.To == 0 && (len(last.Code) < 6 || !isPlaceholder(last.Name)) {
				out = append(out, last.Code)
			}
		}
	case SystemIndustry:
		for key, info := range c.industries {
			if info.Parent == code && key == info.Code { // each stands there under its bare digits too
				out = append(out, info.Code)
			}
		}
	}
	slices.Sort(out)
	return out
}
