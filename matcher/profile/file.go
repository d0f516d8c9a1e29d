package profile

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"

	"zhida/matcher/bits"
	"zhida/matcher/table"
	"zhida/schemas"
)

// Columns of a file of attributes, beside one by the name of each attribute with the value of its first layer. The
// k-th further layer's names carry ".k" after the attribute's name: 营业收入.1, 营业收入.1.来源.
const (
	OriginSuffix    = ".来源"     // Layer.Origin
	ConfirmedSuffix = ".核实"     // Layer.Confirmed
	SourceSuffix    = ".源序"     // Layer.Source; only attributes with several sources have it
	LivingColumn    = ".living" // Block.Living; no attribute's name has a dot
)

// noteAttributes is the key of the note that keeps the attributes' definitions.
const noteAttributes = "attributes"

// ErrAttribute is returned when an attribute is read or written that the file does not have as it is defined.
var ErrAttribute = errors.New("attribute does not fit the profile")

// definition is an attribute without its values, as a file keeps it.
type definition struct {
	Name    string        `json:"name"`
	Type    schemas.Type  `json:"type"`
	Range   schemas.Range `json:"range"`
	Sources []Source      `json:"sources"`
}

// NewWriter begins a file of attributes on w. The datasets give the sources' shelf lives; an attribute gets the columns
// of as many layers as it has sources. Those that are not stored (IsStored) are left out.
func NewWriter(w io.Writer, defs []schemas.Attribute, datasets map[string]*schemas.Dataset, note map[string]string) (*table.Writer, error) {
	var kept []definition
	fields := []table.Field{{Name: LivingColumn, Kind: table.Bool}}
	for i := range defs {
		if !IsStored(&defs[i]) {
			continue
		}
		empty := buildAttribute(0, &defs[i], always, nil, datasets)
		d := definition{Name: empty.Name, Type: empty.Type, Range: empty.Range, Sources: empty.Sources}
		for k := range max(1, len(empty.Sources)) {
			fields = append(fields, layerFields(&d, k)...)
		}
		kept = append(kept, d)
	}
	text, err := json.Marshal(kept)
	if err != nil {
		return nil, fmt.Errorf("write attributes: %w", err)
	}
	all := map[string]string{noteAttributes: string(text)}
	maps.Copy(all, note)
	return table.NewWriter(w, fields, all), nil
}

// Defines returns ErrAttribute unless a file of attributes has all that are stored.
func Defines(rd *table.Reader, defs []schemas.Attribute) error {
	var kept []definition
	if err := json.Unmarshal([]byte(rd.Note(noteAttributes)), &kept); err != nil {
		return fmt.Errorf("read attributes: their file has no definitions: %w", table.ErrDamaged)
	}
	for i := range defs {
		if IsStored(&defs[i]) && !slices.ContainsFunc(kept, func(d definition) bool { return d.Name == defs[i].Name }) {
			return fmt.Errorf("%q: %w", defs[i].Name, ErrAttribute)
		}
	}
	return nil
}

// layerFields returns the columns of layer k: values, origin, confirmed, and for several sources the source.
func layerFields(d *definition, k int) []table.Field {
	name := d.Name
	if k > 0 {
		name += "." + strconv.Itoa(k)
	}
	fields := []table.Field{
		{Name: name, Kind: kindOf(d.Type), Scale: d.Type.Scale},
		{Name: name + OriginSuffix, Kind: table.Int},
		{Name: name + ConfirmedSuffix, Kind: table.Date},
	}
	if len(d.Sources) > 1 {
		fields = append(fields, table.Field{Name: name + SourceSuffix, Kind: table.Int})
	}
	return fields
}

// WriteAttributes writes the attributes and the living of a block as a group of a file begun by NewWriter with the
// definitions the block was built from.
func WriteAttributes(w *table.Writer, b *Block) error {
	fields := w.Fields()
	t := &table.Table{Fields: fields, Columns: make([]table.Column, 0, len(fields)), N: b.N}
	living := table.BlankColumn(table.Bool, b.N)
	living.Known.Fill(b.N)
	for door := range b.Living.All() {
		living.Ints[door] = 1
	}
	t.Columns = append(t.Columns, *living)
	for at := 1; at < len(fields); at = len(t.Columns) {
		a := b.Attributes[fields[at].Name]
		if a == nil {
			return fmt.Errorf("write block %d: %q: %w", b.Number, fields[at].Name, ErrAttribute)
		}
		d := definition{Name: a.Name, Type: a.Type, Sources: a.Sources}
		for k := range max(1, len(a.Sources)) {
			at := len(t.Columns)
			t.Columns = append(t.Columns, a.layerColumns(k, b.N)...)
			if want := layerFields(&d, k); len(t.Columns) > len(fields) || !slices.Equal(fields[at:len(t.Columns)], want) {
				return fmt.Errorf("write block %d: %q is defined otherwise than in the file: %w", b.Number, a.Name, ErrAttribute)
			}
		}
	}
	if err := w.Group(GroupName(b.Number), t); err != nil {
		return fmt.Errorf("write block %d: %w", b.Number, err)
	}
	return nil
}

// layerColumns returns the columns of layer k in the order of layerFields, blank if there is no such layer.
func (a *Attribute) layerColumns(k, n int) []table.Column {
	if k >= len(a.Layers) {
		blank := blankLayer(kindOf(a.Type), n)
		return a.columnsOf(&blank)
	}
	return a.columnsOf(&a.Layers[k])
}

func (a *Attribute) columnsOf(l *Layer) []table.Column {
	known := l.Values.Known
	out := []table.Column{*l.Values, {Ints: l.Origin, Known: known}, {Ints: l.Confirmed, Known: known}}
	if len(a.Sources) > 1 {
		source := make([]int64, len(l.Source))
		for i, s := range l.Source {
			source[i] = int64(s)
		}
		out = append(out, table.Column{Ints: source, Known: known})
	}
	return out
}

// ReadBlock reads a block's living and the named attributes, and no others, from a file of attributes. It returns
// nil without an error if the file does not have the block, and ErrAttribute if it does not have an attribute. Tags
// and rows are left for the caller to add.
func ReadBlock(rd *table.Reader, number uint16, names ...string) (*Block, error) {
	var kept []definition
	if err := json.Unmarshal([]byte(rd.Note(noteAttributes)), &kept); err != nil {
		return nil, fmt.Errorf("read block %d: its file has no definitions of attributes: %w", number, table.ErrDamaged)
	}
	columns := []string{LivingColumn}
	picked := make([]*definition, len(names))
	for i, name := range names {
		at := slices.IndexFunc(kept, func(d definition) bool { return d.Name == name })
		if at < 0 {
			return nil, fmt.Errorf("read block %d: %q: %w", number, name, ErrAttribute)
		}
		picked[i] = &kept[at]
		for k := range max(1, len(kept[at].Sources)) {
			for _, f := range layerFields(&kept[at], k) {
				columns = append(columns, f.Name)
			}
		}
	}
	t, err := rd.ReadColumns(GroupName(number), columns...)
	if t == nil || err != nil {
		return nil, wrapBlock(number, err)
	}
	b := &Block{
		Number: number, N: t.N, Living: bits.New(t.N),
		Attributes: make(map[string]*Attribute, len(names)), Tags: map[string]bits.Truth{}, Rows: map[string]*Rows{},
	}
	for door, v := range t.Columns[0].Ints {
		b.Living.Put(door, v != 0)
	}
	rest := t.Columns[1:]
	for _, d := range picked {
		a := &Attribute{Name: d.Name, Type: d.Type, Range: d.Range, Sources: d.Sources}
		if rest, err = a.takeLayers(rest, t.N); err != nil {
			return nil, wrapBlock(number, err)
		}
		b.Attributes[d.Name] = a
	}
	return b, nil
}

// takeLayers makes the layers from the first of the columns and returns the rest. A layer without values is left
// out, unless it is the first.
func (a *Attribute) takeLayers(columns []table.Column, n int) ([]table.Column, error) {
	for k := range max(1, len(a.Sources)) {
		l := Layer{Values: &columns[0], Origin: columns[1].Ints, Confirmed: columns[2].Ints, Source: make([]uint8, n)}
		columns = columns[3:]
		if len(a.Sources) > 1 {
			for door, s := range columns[0].Ints {
				if s < 0 || int(s) >= len(a.Sources) {
					return nil, fmt.Errorf("%q has source %d of %d: %w", a.Name, s, len(a.Sources), table.ErrDamaged)
				}
				l.Source[door] = uint8(s)
			}
			columns = columns[1:]
		}
		if k == 0 || !l.Values.Known.IsEmpty() {
			a.Layers = append(a.Layers, l)
		}
	}
	return columns, nil
}

func wrapBlock(number uint16, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("read block %d: %w", number, err)
}
