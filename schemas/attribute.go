package schemas

// Attribute is a typed column of the profile (指标), defined in tags.yaml. It comes from Sources, or is derived by Rule.
type Attribute struct {
	Name       string
	Type       Type
	Range      Range    // what an unknown number can be; see LANGUAGE, "Numbers are intervals"
	Sources    []Source // in order: the first that knows wins
	Yearly     bool     // it has a value per calendar year: the datasets of all its sources have a Year
	Rule       Text     // derived: what it stands for, a value of the condition language; there are no Sources then
	Attainable Attainable
	Note       string
}

// Attainable says whether an enterprise can bring a test of an attribute about. A test that reads nothing but what is
// not attainable never makes a near miss.
type Attainable string

// The degrees of attainable. By default a code (region, industry) is not, and everything else is.
const (
	AttainableDefault Attainable = ""
	AttainableYes     Attainable = "是"
	AttainableNo      Attainable = "否"
)

// IsAttainable resolves the default.
func (a *Attribute) IsAttainable() bool {
	if a.Attainable == AttainableDefault {
		return a.Type.Kind != KindCode
	}
	return a.Attainable == AttainableYes
}

// Catalog is a named list of codes or words (目录), defined in tags.yaml, that sets of conditions may name.
type Catalog struct {
	Name    string
	System  string   // SystemRegion or SystemIndustry; "": words
	Members []string // codes in stored form, ranges written out; words folded
	Except  []string
	Note    string
}

// Param is a named literal (参数): 补助上限 is 100万元. Parameters of a policy hide those of the site, in tags.yaml.
type Param struct {
	Name  string
	Value Text
	Note  string
}

// Source names a field of a dataset with one row per enterprise, or one per enterprise and year if it has a Year.
type Source struct {
	Dataset string // Dataset.Name
	Field   string // Field.Name
}

// TagClass is one of the four classes of tags (Xinjin's, see DOMAIN).
type TagClass string

// The classes of tags.
const (
	TagCredit    TagClass = "信用评价"
	TagLicence   TagClass = "许可资质"
	TagOperating TagClass = "经营指标"
	TagLegal     TagClass = "法人信息"
)

// Tag is a yes/no/unknown fact about an enterprise, derived by a rule in the condition language.
type Tag struct {
	Name  string
	Class TagClass
	Rule  Text
	// Attainable says whether anybody tries to get the tag. To lack one that is not is never a near miss; to be rid of it
	// may be. By default a tag is as attainable as what its rule reads.
	Attainable Attainable
	Note       string
}

// Text is condition text with the place where it stands, so that a diagnostic can point into the file.
type Text struct {
	Text  string
	Place Place
}

// Place maps a line of a condition's text to the file it stands in: line i of the text (from 0) begins at
// Lines[i]. A Place without lines is a text that stands in no file.
type Place struct {
	File  string
	Lines []Position
}

// Position is a place in a file; Line and Column count from 1, Column in characters. Source is the whole line.
type Position struct {
	Line, Column int
	Source       string
}
