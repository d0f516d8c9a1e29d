package schemas

import "slices"

// Role says what zhida itself does with a dataset, beyond keeping its rows.
type Role string

// The roles. Exactly one dataset of a workspace is the registration; the others may be absent.
const (
	RoleRegistration Role = "registration" // creates and closes enterprises
	RoleContacts     Role = "contacts"     // whom to tell; never seen by conditions
	RoleCrosswalk    Role = "crosswalk"    // old and corrected codes
	RolePayments     Role = "payments"     // benefits paid: which item, when; what once and exclusive ask
	RoleFacts        Role = "facts"        // everything else
)

// List says what the absence of a row means.
type List string

// Open and complete lists; see DESIGN, "Unknown is not false".
const (
	ListOpen     List = "open"     // no row: unknown
	ListComplete List = "complete" // no row: no, while the last full delivery of the scope is in date
)

// Mode says how a delivery relates to the rows already there.
type Mode string

// The modes of a delivery.
const (
	ModeFull      Mode = "full"      // replaces all rows of its scope
	ModeIncrement Mode = "increment" // inserts, updates and deletes rows by key
	ModeAppend    Mode = "append"    // adds rows: events that happened since; one with a known key corrects it, none deletes
)

// Modes lists them in the order in which messages name them.
func Modes() []Mode { return []Mode{ModeFull, ModeIncrement, ModeAppend} }

// Dataset is the document of one kind of data (数据类): datasets/<name>.yaml.
type Dataset struct {
	Name   string // ASCII identifier, the file's name: registration
	Title  string // the name conditions use: 登记
	Role   Role
	Owner  string // the department that delivers it
	List   List
	Shelf  Span     // how long a fact stays known after the delivery that last confirmed it; zero: for ever
	Vouch  bool     // an increment or append confirms every row of its scope, not only the rows it contains
	Code   Code     // the columns with the enterprise's code
	Key    []string // fields that with the code identify a row; empty: one row per enterprise
	Fields []Field
	Op     *Operation // increments: how a row says that it deletes; nil: every row inserts or updates
	Scope  string     // the region field that tells the scope a row belongs to; "": the delivery's declared scope
	Keep   Keep       // which of two rows with one key in one delivery holds
	Living *Living    // registration only: which rows are living enterprises; nil: all
	Year   string     // facts only: the number field, part of Key, with the calendar year a row is about; "": none
	// Supplement makes it a dataset of facts collected by hand (补充采集): the text field, part of Key, that names the field a
	// row is about. A delivered row becomes one row for each cell that is filled in, so that an empty cell changes nothing, and
	// each fact has its own origin and age; the sheets to fill in are made every night. "": none.
	Supplement string
	Paid       *Paid // payments only: the fields that say what was paid and when
	Gates      Gates // what must not happen to its rows overnight
	// Crosswalk only: the code columns are the old code; NewCode names the field with the code that replaces it.
	NewCode string
}

// YearKey reports whether its rows are told apart by the year and nothing else: one row per enterprise and year, and one for
// each field of them in a supplement.
func (d *Dataset) YearKey() bool {
	return d.Year != "" && slices.Equal(d.rowKey(), []string{d.Year})
}

// Several reports whether it has several rows per enterprise that are not about different years, so that no attribute can
// be taken from it.
func (d *Dataset) Several() bool { return len(d.rowKey()) > 0 && !d.YearKey() }

// rowKey is the key without what a supplement adds to it.
func (d *Dataset) rowKey() []string {
	return slices.DeleteFunc(slices.Clone(d.Key), func(name string) bool { return name == d.Supplement && name != "" })
}

// SupplementColumns are the columns of a sheet to fill in that say what it is about and serve no field.
func SupplementColumns() []string { return []string{"名称", "区县", "等它的事项", "待补"} }

// Code names the columns that may hold the enterprise's code, first non-empty one wins.
type Code struct {
	Columns []string
}

// Keep is the rule for two rows of one delivery with the same key. Both rows are flagged where they differ.
type Keep struct {
	Prefer string // a date or number field: the row with the greater value holds; "" or equal: the later position holds
}

// Operation says which column tells what an increment's row does, and the words for it. An empty cell means insert or
// update. A word that is neither in Delete nor in UpsertWords rejects the row: taken for an update, 作废 would bring
// back what it takes away.
type Operation struct {
	Columns []string
	Delete  []string
	Upsert  []string // the words for insert and update; empty: the usual ones
	Column  Presence // ColumnOptional: in a file without it every row inserts or updates; else such a file is broken
}

// UpsertWords are the words for insert and update: the document's own, or else the usual ones.
func (o *Operation) UpsertWords() []string {
	if len(o.Upsert) > 0 {
		return o.Upsert
	}
	return []string{
		"新增", "增加", "插入", "新设", "设立", "变更", "修改", "更新", "补录",
		"I", "U", "A", "M", "INSERT", "UPDATE", "ADD", "MODIFY", "UPSERT",
	}
}

// Living says when a registered enterprise is alive: the field's value is none of Closed.
type Living struct {
	Field  string
	Closed []string
}

// Paid names the fields of a payment: the text field with the item's id and the date field with the day.
type Paid struct{ Item, Date string }

// FieldType is the declared type of a field, as written in a dataset document.
type FieldType string

// The field types.
const (
	FieldText     FieldType = "text"
	FieldDate     FieldType = "date"
	FieldNumber   FieldType = "number"
	FieldMoney    FieldType = "money" // amount at scale 2 with its currency; bare amounts are in Field.Unit
	FieldRegion   FieldType = "region"
	FieldIndustry FieldType = "industry"
	FieldTruth    FieldType = "truth"
	FieldPhone    FieldType = "phone" // always personal
)

// Personal says when a field holds personal data, which leaves the row at standardise.
type Personal string

// The degrees of personal.
const (
	PersonalNone       Personal = ""
	PersonalAlways     Personal = "always"
	PersonalSoleTrader Personal = "sole_trader" // only in rows whose code begins with 92
)

// Field is one field of a dataset.
type Field struct {
	Name     string
	Columns  []string // column names met in deliveries besides Name, compared after folding width and case
	Type     FieldType
	Unit     Unit // numbers and money
	Scale    int  // numbers: decimal digits kept
	Personal Personal
	Column   Presence // may the column be missing from a delivery?
	Required bool     // must each row have a value? an empty one rejects the row
	Values   []Value  // text: the closed list of values and the spellings met for each
	Min, Max *int64   // numbers at Scale, dates as Date: outside is flagged and the value dropped
	Pattern  string   // text: a regular expression (RE2) the value must match, else flagged and dropped
	Address  []string // region: columns with an address that refines the region
	Empty    []string // text that means "nothing" here, besides the usual N/A, 无, -, NULL
}

// Presence says whether a delivery must have a field's column.
type Presence string

// A missing required column is a fatal error of the file; a missing optional one leaves the field unknown.
const (
	ColumnOptional Presence = "optional"
	ColumnRequired Presence = "required"
)

// Value is one member of a closed list with the spellings that mean it.
type Value struct {
	Name      string
	Spellings []string
}

// Physical is one stored column of a dataset's rows. A field has one, money and phones two.
type Physical struct {
	Name   string
	Field  int  // index into Dataset.Fields
	Kind   Kind // how it is stored
	Scale  int
	System string
	Sealed bool // personal: stored encrypted, apart from the row
}

// Physical lists the stored columns of the dataset's fields, in field order: a field under its own name; for money
// also "<name>.币种", the ISO 4217 currency; for phones also "<name>.引用", the reference that may leave the
// contact store. A field that is personal for sole traders only has two: "<name>" for the others and the sealed
// "<name>.密" for sole traders; exactly one of the two is known.
func (d *Dataset) Physical() []Physical {
	var out []Physical
	for i, f := range d.Fields {
		p := Physical{Name: f.Name, Field: i, Kind: f.Kind(), Sealed: f.Personal == PersonalAlways || f.Type == FieldPhone}
		switch f.Type {
		case FieldNumber:
			p.Scale = f.Scale
		case FieldMoney:
			p.Scale = MoneyScale
		case FieldRegion:
			p.System = SystemRegion
		case FieldIndustry:
			p.System = SystemIndustry
		}
		out = append(out, p)
		switch {
		case f.Type == FieldMoney:
			out = append(out, Physical{Name: f.Name + CurrencySuffix, Field: i, Kind: KindText, Sealed: p.Sealed})
		case f.Type == FieldPhone:
			out = append(out, Physical{Name: f.Name + ReferenceSuffix, Field: i, Kind: KindText})
		case f.Personal == PersonalSoleTrader:
			q := p
			q.Name, q.Sealed = f.Name+SealedSuffix, true
			out = append(out, q)
		}
	}
	return out
}

// Suffixes of the second physical column of a field.
const (
	CurrencySuffix  = ".币种"
	ReferenceSuffix = ".引用"
	SealedSuffix    = ".密"
)

// MoneyScale is the decimal scale of every amount of money: 分.
const MoneyScale = 2

// Kind is how the field's values are stored and compared.
func (f *Field) Kind() Kind {
	switch f.Type {
	case FieldDate:
		return KindDate
	case FieldNumber, FieldMoney:
		return KindNumber
	case FieldRegion, FieldIndustry:
		return KindCode
	case FieldTruth:
		return KindTruth
	}
	return KindText
}

// Field returns the field of that name, or nil.
func (d *Dataset) Field(name string) *Field {
	for i := range d.Fields {
		if d.Fields[i].Name == name {
			return &d.Fields[i]
		}
	}
	return nil
}
