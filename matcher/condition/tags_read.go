package condition

// TagsRead lists the tags that an expression reads, in the order in which they stand in it; one that stands there twice
// is listed twice. Rules of tags are put in order by it.
func TagsRead(e Expr) []string { return appendTags(nil, e) }

func appendTags(to []string, e Expr) []string {
	switch x := e.(type) {
	case And:
		for _, p := range x.Parts {
			to = appendTags(to, p)
		}
	case Or:
		for _, p := range x.Parts {
			to = appendTags(to, p)
		}
	case Not:
		to = appendTags(to, x.X)
	case Tag:
		to = append(to, x.Name)
	case Exists:
		if x.Where != nil {
			to = appendTags(to, x.Where)
		}
	}
	return to
}
