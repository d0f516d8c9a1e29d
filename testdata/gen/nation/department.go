package nation

// cellKind is what a column of a Parquet delivery holds; in CSV everything is text.
type cellKind int

const (
	text cellKind = iota
	whole
	decimal // two places
)

// column is a column of a delivery. Only what is always written cleanly is a number.
type column struct {
	name string
	kind cellKind
}

func texts(names ...string) []column {
	var out []column
	for _, name := range names {
		out = append(out, column{name, text})
	}
	return out
}

// as gives the named columns a kind.
func as(columns []column, kind cellKind, names ...string) []column {
	for i := range columns {
		for _, name := range names {
			if columns[i].name == name {
				columns[i].kind = kind
			}
		}
	}
	return columns
}

// department is a dataset: how many rows it has on an enterprise, and how one is written. Both draw from the dataset's
// own stream of the enterprise only.
type department struct {
	name     string
	columns  []column
	operated bool // increments tell what a row does in a column of their own
	appended bool // later nights bring what happened, not what changed
	unscoped bool // delivered for no region
	parquet  bool // in a mixed workspace
	arrives  bool // has rows on those who register on a later night
	count    func(c *clerk, e *enterprise, d dice) int
	write    func(c *clerk, b *batch, e *enterprise, r *row)
}

// row is what a department is to write: the index-th on an enterprise, as it is since a night.
type row struct {
	index int
	since int  // the night of its last change, 0 the first
	turns int  // changes so far
	night int  // the night that is delivered
	dice       // of the row, the same for all versions
	news  dice // of the version
}

// code is the name of the column every delivery has.
const code = "统一社会信用代码"

// departments are all datasets of the sample, in the order of its zhida.yaml.
func departments() []department {
	return []department{
		registration(), licence(), qualification(), taxes(), grades(), insurance(), finance(), large(), property(), credit(), penalty(),
		environment(), safety(), customs(), energy(), projects(), loans(), talent(), applications(), payments(), contacts(), crosswalk(),
	}
}

// clerk writes rows: a generator with room of its own.
type clerk struct {
	*generator
	certificates []certificate
	grants       []string
	works        []string
}
