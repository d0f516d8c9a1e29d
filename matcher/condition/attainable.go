package condition

// Sought reports whether a test is one that anybody tries to make come out so, yes or, if negated, no. A penalty is not
// sought, and to have none is. Whether it can be brought about is another question; see Attainable.
func Sought(e Expr, negated bool) bool {
	tag, ok := e.(Tag)
	return negated || !ok || !tag.Unsought
}

// Attainable reports whether an enterprise can bring a test about (a condition, or the value it is of): it goes over rows
// of a dataset, asks what is known or what people say, or reads an attribute or a tag that is attainable. attribute and tag
// say which are. A derived attribute that is not keeps what it is worked out from out of reach: 规模 reads the head
// count, and nobody is to dismiss people for it. One that is attainable is so if anything it reads is. A test that reads
// nothing is not.
func Attainable(part any, attribute, tag func(name string) bool) bool {
	able := false
	visitPart(part, func(p any) bool {
		switch x := p.(type) {
		case Exists, Known, Decided, Stated:
			able = true
		case Tag:
			able = able || tag(x.Name)
		case Column:
			able = able || x.Dataset == nil && attribute(x.Name)
		case Fold:
			able = able || x.Dataset != nil
		case Named:
			return !able && attribute(x.Name)
		}
		return !able
	})
	return able
}
