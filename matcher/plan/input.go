package plan

import (
	"zhida/matcher/profile"
	"zhida/schemas"
)

// Input is one block and what the night knows about the lists behind its rows. Nothing in it is changed.
type Input struct {
	Block    *profile.Block
	Today    schemas.Date // the business date
	Coverage map[string][]Coverage
	Datasets map[string]*schemas.Dataset // by Dataset.Name
	// Attributes are the definitions by name, for those by the year: their values are in no stored column.
	Attributes map[string]*schemas.Attribute
	RegionOf   string         // the attribute that says where an enterprise is; "" if there is none
	Codes      *schemas.Codes // the code tables; nil: no code is known to be all of its finer codes
}

// Coverage says that the last full delivery of a dataset for a scope is of the day Full. A complete dataset vouches
// for the enterprises that lie in Scope for sure, as long as Full plus its shelf life is not over.
type Coverage struct {
	Scope string // a region code as stored: 51, 5107, 510703; "" is everybody
	Full  schemas.Date
}
