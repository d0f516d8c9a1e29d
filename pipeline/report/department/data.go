package department

// List goes through the rows of a list, once, in their order: what Cells of a Match, a Waiting … says, valid during the call.
type List func(yield func(cells []any) error) error

// Data is what a department's workbook says. Lists that are nil are empty.
type Data struct {
	Site       string
	Department string
	Night      string
	Last       string // the night it is compared with; "": none
	Clear      bool   // names of sole traders are shown

	Items    []Item    // of the department
	Held     []Held    // datasets that are held: what its items say rests on older rows
	Causes   []Cause   // of the changes of its items
	Datasets []Dataset // that it delivers
	Supply   []Fact    // missing, and its to deliver
	Await    []Fact    // missing for its items, and others' to deliver

	Matches List
	Waiting List
	Near    List
	Unready List
	Changes List
}

// Item is an item's figures: numbers of enterprises.
type Item struct {
	ID, Title, Mode       string
	Sure, Review, Declare int64
	Needs, Near           int64
	Ready, Light          int64
	Tests, Decidable      int // elementary tests of the condition, and those that data can decide
	Entered, Left         int64
}

// Cause counts changes by cause.
type Cause struct {
	Cause         string
	Entered, Left int64
}

// Held is a dataset whose deliveries wait at a gate.
type Held struct {
	Title, Owner string
	Since        string // the day of the night whose rows are used
	Days         int    // since then
}

// Dataset is what is known of a dataset.
type Dataset struct {
	Title          string
	HeldSince      string // its deliveries wait at a gate, and its rows are those of this day's night; "": no
	Held           int64  // rows that hold
	Read, Rejected int64  // rows delivered tonight
	Facts          int    // facts it could supply that are missing somewhere
	Pairs          int64  // pairs that lack one of them, counted once per fact
	Alone          int64  // of those, pairs that lack nothing else
}

// Fact is a missing fact. A pair is an enterprise and an item.
type Fact struct {
	Name        string // of the attribute; "": it is about a list
	Title       string // 营业收入@2025年
	Suppliers   string // 市税务局（纳税）、市统计局（财务）
	Alone       int64  // pairs that lack nothing else
	Pairs       int64
	Enterprises int64
	Items       int
	Sheet       string // on which it can be filled in; "": on none
}

// Enterprise is who a row is about.
type Enterprise struct {
	Code   string
	Name   string
	County string
}

// Match is a pair that is sure. The ends of the amount are in hundredths; nil is open, and both are nil without one.
type Match struct {
	Enterprise
	Item, Title string
	Low, High   *int64
	Unit        string
	Subject     string // 评审, 承诺 or ""
	New         bool   // since last night
	Ready       string // 免申即享, 易申快享 or ""
}

// Waiting is a fact that an enterprise lacks, with the items that wait for it.
type Waiting struct {
	Enterprise
	Fact  string
	Items int
	Alone int // items that lack nothing else
	Which string
}

// Near is a test that keeps a near miss.
type Near struct {
	Enterprise
	Item, Title string
	Test        string
	Now, Asked  string
	Gap         string
	Others      int     // further tests of which one would do as well
	Share       float64 // by which rows of an item are ordered
}

// Unready is a match that is not ready for 免申即享, and why.
type Unready struct {
	Enterprise
	Item, Title string
	Reasons     string
}

// Change is a pair that entered or left.
type Change struct {
	Enterprise
	Item, Title   string
	Entered       bool
	Cause, Detail string
}
