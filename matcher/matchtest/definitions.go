package matchtest

import (
	"zhida/matcher"
	"zhida/matcher/condition"
	"zhida/schemas"
)

// Definitions are what the names in a script mean: a workspace without its files.
type Definitions struct {
	Env        *condition.Env
	Datasets   map[string]*schemas.Dataset // by Dataset.Name
	Attributes []schemas.Attribute
	Tags       map[string]condition.Expr // the rules, by tag
	Items      map[string]*Item          // by id
	Region     string                    // the attribute that says where an enterprise is
}

// Item is an item as a script can ask for it.
type Item struct {
	matcher.Item
	Env *condition.Env // what its condition may name; nil: what any may
}
