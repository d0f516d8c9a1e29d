package missing

import (
	"cmp"
	"fmt"

	"zhida/matcher/bits"
)

// Fact is something that can be known about an enterprise: an attribute, in a year or not, a field of the rows of a dataset,
// or which rows a dataset has. It names things as explain.Fact does.
type Fact struct {
	Name    string // an attribute, 数据类.字段, the title of a dataset if List, or the text of a test that has no result
	Year    int    // of a yearly attribute, else 0
	Dataset string // Dataset.Name of the attribute's first source, or of the rows; "" if nobody delivers it
	List    bool   // which rows there are: the list may lack some, or some have not been confirmed for too long
}

// Title names the fact as officers read it: 营业收入@2025年, 资质（名单）.
func (f Fact) Title() string {
	switch {
	case f.List:
		return f.Name + "（名单）"
	case f.Year != 0:
		return fmt.Sprintf("%s@%d年", f.Name, f.Year)
	}
	return f.Name
}

// Compare orders facts by name and year.
func (f Fact) Compare(o Fact) int {
	list := func(f Fact) int {
		if f.List {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(f.Name, o.Name), f.Year-o.Year, cmp.Compare(f.Dataset, o.Dataset), list(f)-list(o))
}

// Found is a fact with the enterprises of a block whose verdict it keeps open.
type Found struct {
	Fact
	Doors bits.Set
	Alone bits.Set // of Doors, those that lack nothing else; nil if there are none
}
