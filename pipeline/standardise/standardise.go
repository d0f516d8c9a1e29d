package standardise

import (
	"fmt"
	"regexp"
	"slices"

	"zhida/matcher/table"
	"zhida/schemas"
)

// Standardiser turns deliveries of one dataset into typed rows. It is compiled once from the dataset's document and
// may be used by several goroutines at a time, each with a delivery of its own.
type Standardiser struct {
	ds        *schemas.Dataset
	codes     *schemas.Codes
	wards     map[string]int
	route     func(code string) (schemas.Home, bool)
	fields    []field
	flags     flagNames
	rowFields []table.Field
	sealed    []table.Field
	deletes   map[string]bool // by squeezed word of the operation column: does the row delete?
	scope     int             // index of the dataset's scope field, -1 if there is none
	names     int             // index of the field that names fields, of a supplement; -1 if it is none

	badCheck, notUSCC, opInFull, outside flagID
}

// field is one field of the dataset, compiled.
type field struct {
	spec     *schemas.Field
	reader   reader  // nil for regions, which read several cells
	region   *region // nil for others
	remember bool    // whether cells of the column repeat
	key      bool
	sole     bool // personal in rows of sole traders
	open     slot // where values go; the only one unless sole
	hidden   slot // sole: where values of sole traders go
	second   slot // currency or reference
	keyEmpty flagID
}

// slot is a stored column: of Run.Sealed or of Run.Rows. Column -1 is no column.
type slot struct {
	sealed bool
	column int
}

// New compiles the dataset's document. wards are the wards of the homes that have more than one; reference turns a
// mobile number into the contact reference that may leave the contact store. An error is a fault of the document.
func New(ds *schemas.Dataset, codes *schemas.Codes, wards map[string]int, reference func(text string) string) (*Standardiser, error) {
	s := &Standardiser{
		ds: ds, codes: codes, wards: wards, scope: -1, names: -1, deletes: map[string]bool{},
		rowFields: RowFields(ds), sealed: table.Stored(ds, true),
	}
	if err := s.check(); err != nil {
		return nil, fmt.Errorf("compile dataset %s: %w", ds.Name, err)
	}
	s.badCheck, s.notUSCC = s.flags.add(CodeBadCheck, ""), s.flags.add(CodeNotUSCC, "")
	s.opInFull = s.flags.add(OpInFull, "")
	if ds.Op != nil {
		for _, word := range ds.Op.UpsertWords() {
			s.deletes[squeeze(word)] = false
		}
		for _, word := range ds.Op.Delete {
			s.deletes[squeeze(word)] = true
		}
	}
	for i := range ds.Fields {
		f, err := s.compile(&ds.Fields[i], reference)
		if err != nil {
			return nil, fmt.Errorf("compile dataset %s, field %s: %w", ds.Name, ds.Fields[i].Name, err)
		}
		s.fields = append(s.fields, f)
	}
	if ds.Supplement != "" {
		s.names = slices.IndexFunc(s.fields, func(f field) bool { return f.spec.Name == ds.Supplement })
	}
	if ds.Scope != "" {
		s.scope = slices.IndexFunc(s.fields, func(f field) bool { return f.spec.Name == ds.Scope })
		s.outside = s.flags.add(ScopeOutside, ds.Scope)
	}
	return s, nil
}

// Route sends the rows of codes that the crosswalk knows to the home of their enterprise, whatever their own is. It is
// called before Run.
func (s *Standardiser) Route(home func(code string) (schemas.Home, bool)) { s.route = home }

// check refuses documents that name fields they do not have. Workspaces are checked long before; this keeps a
// mistake there from becoming wrong rows here.
func (s *Standardiser) check() error {
	if len(s.ds.Code.Columns) == 0 {
		return fmt.Errorf("no column for the code")
	}
	if err := s.checkOperation(); err != nil {
		return err
	}
	named := map[string]bool{}
	for _, f := range slices.Concat(s.rowFields, s.sealed) {
		if named[f.Name] {
			return fmt.Errorf("two stored columns are named %q", f.Name)
		}
		named[f.Name] = true
	}
	for _, name := range s.ds.Key {
		if s.ds.Field(name) == nil {
			return fmt.Errorf("key: no field %q", name)
		}
	}
	if f := s.ds.Field(s.ds.Scope); s.ds.Scope != "" && (f == nil || f.Type != schemas.FieldRegion) {
		return fmt.Errorf("scope: no region field %q", s.ds.Scope)
	}
	if f := s.ds.Field(s.ds.Supplement); s.ds.Supplement != "" && (f == nil || f.Type != schemas.FieldText || f.Personal != schemas.PersonalNone) {
		return fmt.Errorf("supplement: no text field %q", s.ds.Supplement)
	}
	if f := s.ds.Field(s.ds.NewCode); s.ds.NewCode != "" && (f == nil || f.Type != schemas.FieldText) {
		return fmt.Errorf("new code: no text field %q", s.ds.NewCode)
	}
	for _, f := range s.ds.Fields {
		if f.Personal == schemas.PersonalSoleTrader && f.Type == schemas.FieldMoney {
			return fmt.Errorf("field %s: money cannot be personal for sole traders only", f.Name)
		}
	}
	return nil
}

// checkOperation refuses words that mean two things, and the empty word, which would make every empty cell one.
func (s *Standardiser) checkOperation() error {
	if s.ds.Op == nil {
		return nil
	}
	deletes := map[string]bool{}
	for _, word := range s.ds.Op.Delete {
		if deletes[squeeze(word)] = true; deletes[""] {
			return fmt.Errorf("operation: an empty cell cannot mean delete")
		}
	}
	for _, word := range s.ds.Op.UpsertWords() {
		if deletes[squeeze(word)] {
			return fmt.Errorf("operation: %q means both delete and upsert", word)
		}
	}
	return nil
}

// compile makes the reader of a field and finds its stored columns.
func (s *Standardiser) compile(spec *schemas.Field, reference func(string) string) (field, error) {
	f := field{
		spec: spec, key: slices.Contains(s.ds.Key, spec.Name), remember: true,
		sole: spec.Personal == schemas.PersonalSoleTrader && spec.Type != schemas.FieldPhone, // phones always are
	}
	none := slot{column: -1}
	f.open, f.hidden, f.second = s.slot(spec.Name), none, none
	if f.sole {
		f.hidden = s.slot(spec.Name + schemas.SealedSuffix)
	}
	if f.key {
		f.keyEmpty = s.flags.add(KeyEmpty, spec.Name)
	}
	empty := blank{spec.Empty}
	add := func(code string) flagID { return s.flags.add(code, spec.Name) }
	switch spec.Type {
	case schemas.FieldText:
		return f, s.compileText(&f, empty)
	case schemas.FieldDate:
		f.reader = s.bound(spec, dateReader{empty, add(DateUnreadable)}, "")
	case schemas.FieldNumber:
		unit, ok := schemas.LookupUnit(string(spec.Unit))
		if !ok {
			return f, fmt.Errorf("unknown unit %q", spec.Unit)
		}
		f.reader = s.bound(spec, numberReader{empty, unit, spec.Scale, add(NumberUnreadable), add(NumberRounded)}, "")
	case schemas.FieldMoney:
		f.second = s.slot(spec.Name + schemas.CurrencySuffix)
		f.reader = s.bound(spec, moneyReader{empty, spec.Unit, add(MoneyNoAmount), add(MoneyAssumed), add(MoneyRounded)}, spec.Unit.Currency())
	case schemas.FieldRegion:
		f.region = s.newRegion(spec, empty)
	case schemas.FieldIndustry:
		f.reader = industryReader{empty, s.codes, add(IndustryUnknown)}
	case schemas.FieldTruth:
		f.reader = newTruth(spec, add(TruthUnreadable))
	case schemas.FieldPhone:
		f.remember = false
		f.second = s.slot(spec.Name + schemas.ReferenceSuffix)
		f.reader = phoneReader{empty, reference, add(PhoneBad), add(PhoneNotMobile), add(PhoneSeveral)}
	default:
		return f, fmt.Errorf("unknown type %q", spec.Type)
	}
	return f, nil
}

// compileText makes the reader of a text field: free text, a closed list, or the new code of a crosswalk.
func (s *Standardiser) compileText(f *field, empty blank) error {
	spec := f.spec
	switch {
	case spec.Name == s.ds.NewCode:
		f.remember = false
		f.reader = newCodeReader{empty, s.flags.add(CodePersonal, spec.Name), s.flags.add(CodeBadCheck, spec.Name), s.flags.add(CodeNotUSCC, spec.Name)}
	case len(spec.Values) > 0:
		f.reader = newList(spec, s.flags.add(ValueNotInList, spec.Name))
	default:
		f.remember = false
		r := textReader{blank: empty, bad: s.flags.add(ValuePattern, spec.Name)}
		if spec.Pattern != "" {
			pattern, err := regexp.Compile(spec.Pattern)
			if err != nil {
				return fmt.Errorf("compile pattern: %w", err)
			}
			r.pattern = pattern
		}
		f.reader = r
	}
	return nil
}

// bound wraps the reader of a number or date in the field's bounds.
func (s *Standardiser) bound(spec *schemas.Field, next reader, currency string) reader {
	if spec.Min == nil && spec.Max == nil && spec.Type == schemas.FieldDate {
		return next
	}
	return bounded{
		next: next, low: spec.Min, high: spec.Max, currency: currency,
		tooSmall: s.flags.add(ValueTooSmall, spec.Name), tooBig: s.flags.add(ValueTooLarge, spec.Name),
	}
}
