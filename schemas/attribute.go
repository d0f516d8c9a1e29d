package schemas

// Attribute is a typed column of the profile (指标), defined in tags.yaml.
type Attribute struct {
	Name    string
	Type    Type
	Range   Range    // what an unknown number can be; see LANGUAGE, "Numbers are intervals"
	Sources []Source // in order: the first that knows wins
	Note    string
}

// Source names a field of a dataset with one row per enterprise.
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
	Note  string
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
