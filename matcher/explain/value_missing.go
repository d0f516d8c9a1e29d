package explain

// missing are the facts that would have to be known for the value to be. finer says what must be known of a code that
// is known too coarsely.
func (v *Value) missing(finer string) []Fact {
	if v.State == StateKnown || v.State == StateAbsent && !v.MayLack {
		return nil
	}
	switch v.Kind {
	case ValueColumn:
		return []Fact{v.fact(finer)}
	case ValueDerived:
		return v.rule.missing(finer)
	case ValueTiers, ValueScore:
		return v.casesMissing(finer)
	case ValueFold:
		return v.List.facts
	}
	var out []Fact
	for _, p := range v.Parts {
		out = append(out, p.missing(finer)...)
	}
	return out
}

// casesMissing are the facts that decide which cases hold, and those the values of the cases in question lack.
func (v *Value) casesMissing(finer string) []Fact {
	var out []Fact
	for _, c := range v.Cases {
		if c.Applies == No {
			continue
		}
		if c.When != nil {
			out = append(out, Missing(c.When)...)
		}
		out = append(out, c.Then.missing(finer)...)
	}
	return out
}

// undefined are the columns of a value that is not known although they all are.
func (v *Value) undefined() []Fact {
	if v.Kind == ValueColumn {
		f := v.fact("")
		f.Kind, f.Known, f.Confirmed = FactUndefined, v.Text, v.Confirmed
		return []Fact{f}
	}
	var out []Fact
	if v.Kind == ValueDerived && v.rule != nil {
		out = v.rule.undefined()
	}
	for _, p := range v.Parts {
		out = append(out, p.undefined()...)
	}
	return out
}

// fact is what is missing of a column that is not known, or not well enough.
func (v *Value) fact(finer string) Fact {
	f := Fact{Kind: FactUnknown, Name: v.field + v.Name, Year: v.Year}
	switch v.State {
	case StateStale:
		f.Kind, f.Known, f.Confirmed = FactStale, v.Text, v.Confirmed
	case StateCoarse:
		f.Kind, f.Known, f.Confirmed, f.Need = FactCoarse, v.Text, v.Confirmed, finer
	default:
		f.Known = v.Text // a number in another currency
	}
	if len(v.suppliers) > 0 {
		f.Dataset, f.Owner = v.suppliers[0].Dataset, v.suppliers[0].Owner
		f.Others = v.suppliers[1:]
	}
	return f
}
