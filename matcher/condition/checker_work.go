package condition

// maxParts is how many parts a checked condition may have, what derived attributes stand for and the members of lists
// and catalogs included. The longest text has fewer; only names that stand for much, over and over, have more.
const maxParts = 1 << 18

// work is what the check of one text and of the derived attributes that it names have in common.
type work struct {
	parts   int
	told    bool // that they are too many
	open    []string
	derived map[derivation]*derived
}

// spend counts parts. Beyond the limit it reports once and the caller gives up its own.
func (c *checker) spend(parts int, at Extent) bool {
	if c.work.parts += parts; c.work.parts <= maxParts {
		return true
	}
	if !c.work.told {
		c.work.told = true
		c.fault(at, "拆成几个标签", "条件展开后太大，最多 %d 部分", maxParts)
	}
	return false
}
