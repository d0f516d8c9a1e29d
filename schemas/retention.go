package schemas

// Retention says how long a site keeps what nights have read and made: from the business date on, of deliveries from their
// arrival if that is later.
type Retention struct {
	Landing Span // deliveries as they came
	Nights  Span // rows, profiles, verdicts, push lists: with them a night can be looked at
	Reports Span // run reports, workbooks, guides
	Units   Span // what the tasks of a published night put out
}

// DefaultRetention holds for a site that says nothing else: deliveries, which are full of personal data, for as long as somebody
// may come back to one, nights for a year and a month, so that one can be seen beside that of the year before.
func DefaultRetention() Retention {
	return Retention{Landing: Span{Days: 180}, Nights: Span{Days: 400}, Reports: Span{Years: 3}, Units: Span{Days: 30}}
}
