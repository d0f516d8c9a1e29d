package table

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding"
)

// Version is the format version that this package writes. It reads the earlier ones too: in version 1 small groups were not
// packed.
const Version = 2

// Keys of the footer's key-value pairs.
const (
	keyFormat = "zhida.format"
	keyFields = "zhida.fields"
	keyGroups = "zhida.groups"
	keyNote   = "zhida.note"
)

// maxScale is the number of decimal digits an int64 always holds: DECIMAL(18, scale).
const maxScale = 18

// orderedGroup is a parquet.Group whose fields keep the order of the table; Group itself sorts them by name.
type orderedGroup struct {
	parquet.Group
	fields []parquet.Field
}

// Fields returns the fields in the table's order.
func (g orderedGroup) Fields() []parquet.Field { return g.fields }

// newSchema returns the Parquet schema of a table with these fields; those of which plain is true have no dictionary.
func newSchema(fields []Field, plain []bool) (*parquet.Schema, error) {
	if len(fields) == 0 {
		return nil, fmt.Errorf("make a schema without fields: %w", ErrField)
	}
	group := parquet.Group{}
	for i, f := range fields {
		if _, twice := group[f.Name]; twice || f.Name == "" {
			return nil, fmt.Errorf("make a schema with field %q, which is empty or there twice: %w", f.Name, ErrField)
		}
		node, err := newNode(f, plain != nil && plain[i])
		if err != nil {
			return nil, err
		}
		group[f.Name] = node
	}
	byName := map[string]parquet.Field{}
	for _, f := range group.Fields() {
		byName[f.Name()] = f
	}
	ordered := orderedGroup{Group: group, fields: make([]parquet.Field, len(fields))}
	for i, f := range fields {
		ordered.fields[i] = byName[f.Name]
	}
	return parquet.NewSchema("zhida", ordered), nil
}

// Of how many known values various looks at most, from how many on it judges, and what part of them must be distinct.
const (
	variousSample = 256
	variousLeast  = 32
	variousShare  = 0.9
)

// various says which columns have values that hardly repeat: codes, names, amounts. It goes by rows from all over the table.
func various(t *Table) []bool {
	out := make([]bool, len(t.Fields))
	sample := min(t.N, variousSample)
	for i := range t.Columns {
		c := &t.Columns[i]
		texts, ints, known := map[string]bool{}, map[int64]bool{}, 0
		for k := range sample {
			row := k * t.N / sample
			if !c.Known.Has(row) {
				continue
			}
			known++
			if c.Texts != nil {
				texts[c.Texts[row]] = true
			} else {
				ints[c.Ints[row]] = true
			}
		}
		out[i] = known >= variousLeast && float64(len(texts)+len(ints)) >= variousShare*float64(known)
	}
	return out
}

// newNode returns the Parquet column of a field. All but BOOLEAN and what hardly repeats are dictionary-encoded: a block's values
// repeat. To look for each of many names in a dictionary takes longer than all else that is done with it.
func newNode(f Field, plain bool) (parquet.Node, error) {
	var how encoding.Encoding = &parquet.RLEDictionary
	if plain {
		how = &parquet.Plain
	}
	switch f.Kind {
	case Int:
		return parquet.Optional(parquet.Encoded(parquet.Int(64), how)), nil
	case Date:
		return parquet.Optional(parquet.Encoded(parquet.Date(), how)), nil
	case Decimal:
		if f.Scale < 0 || f.Scale > maxScale {
			return nil, fmt.Errorf("make a schema with field %q of scale %d, not 0 to %d: %w", f.Name, f.Scale, maxScale, ErrField)
		}
		node := parquet.Decimal(f.Scale, maxScale, parquet.Int64Type)
		return parquet.Optional(parquet.Encoded(node, how)), nil
	case Bool:
		return parquet.Optional(parquet.Leaf(parquet.BooleanType)), nil
	case Text:
		return parquet.Optional(parquet.Encoded(parquet.String(), how)), nil
	}
	return nil, fmt.Errorf("make a schema with field %q of %v: %w", f.Name, f.Kind, ErrField)
}

// fieldNote is a Field as the footer keeps it.
type fieldNote struct {
	Name  string `json:"name"`
	Kind  string `json:"kind"`
	Scale int    `json:"scale,omitempty"`
}

func marshalFields(fields []Field) (string, error) {
	notes := make([]fieldNote, len(fields))
	for i, f := range fields {
		notes[i] = fieldNote{Name: f.Name, Kind: f.Kind.String(), Scale: f.Scale}
	}
	return marshal(notes)
}

func unmarshalFields(text string) ([]Field, error) {
	var notes []fieldNote
	if err := json.Unmarshal([]byte(text), &notes); err != nil {
		return nil, damaged("read %s: %v", keyFields, err)
	}
	fields := make([]Field, len(notes))
	for i, n := range notes {
		fields[i] = Field{Name: n.Name, Scale: n.Scale}
		for k := Int; k <= Text; k++ {
			if k.String() == n.Kind {
				fields[i].Kind = k
			}
		}
		if fields[i].Kind == 0 {
			return nil, damaged("field %q is of unknown kind %q", n.Name, n.Kind)
		}
	}
	return fields, nil
}

func marshal(v any) (string, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("encode the footer: %w", err)
	}
	return string(text), nil
}

func versionText() string { return strconv.Itoa(Version) }
