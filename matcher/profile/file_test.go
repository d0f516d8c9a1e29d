package profile_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"zhida/matcher/bits"
	"zhida/matcher/profile"
	"zhida/matcher/table"
	"zhida/schemas"
)

// small is a block of three doors with two attributes of two sources each, and a third without any.
func small() (*profile.Block, []schemas.Attribute, map[string]*schemas.Dataset) {
	k := kinds[0]
	datasets := map[string]*schemas.Dataset{
		"tax":  {Name: "tax", Fields: []schemas.Field{k.field, kinds[1].field}, Shelf: schemas.Span{Months: 13}},
		"stat": {Name: "stat", Fields: []schemas.Field{k.field, kinds[1].field}},
	}
	rows := map[string]*profile.Rows{}
	for name, doors := range map[string][]uint16{"tax": {0, 1}, "stat": {1, 2}} {
		b := table.NewBuilder(table.Stored(datasets[name], false))
		for _, door := range doors {
			b.Int(0, 1000*int64(door)+int64(len(name)))
			b.Text(1, "CNY")
			if door == 1 {
				b.Text(2, "C39"+name[:1])
			}
			b.End()
		}
		rows[name] = profile.NewRows(b.Table(), doors, []int64{int64(schemas.NewDate(2026, 5, 1)), int64(schemas.NewDate(2026, 6, 1))}, []int64{12, 34})
	}
	sources := func(field string) []schemas.Source {
		return []schemas.Source{{Dataset: "tax", Field: field}, {Dataset: "stat", Field: field}}
	}
	low := int64(0)
	defs := []schemas.Attribute{
		{Name: "营业收入", Type: k.kind, Range: schemas.Range{Low: &low}, Sources: sources("收入")},
		{Name: "行业", Type: kinds[1].kind, Sources: sources("行业")},
		{Name: "专利数", Type: schemas.Type{Kind: schemas.KindNumber, Unit: schemas.UnitCount}},
	}
	return profile.Build(3, 3, bits.Of(3, 0, 2), rows, defs, datasets), defs, datasets
}

func TestGoldenAttributes(t *testing.T) {
	t.Parallel()
	const golden = "testdata/v1.parquet"
	block, defs, datasets := small()
	var out bytes.Buffer
	writeBlocks(t, &out, defs, datasets, block)
	if *profile.Update {
		if err := os.WriteFile(golden, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(data, out.Bytes()) {
		t.Error("the same block no longer gives the bytes of the golden file: every artefact would change its name")
	}
	rd := openTable(t, data)
	got, err := profile.ReadBlock(rd, 3, "专利数", "行业", "营业收入")
	if err != nil {
		t.Fatal(err)
	}
	if was, is := dump(t, block), dump(t, got); was != is {
		t.Errorf("read\n%s\nwant\n%s", is, was)
	}
	var names []string
	for _, f := range rd.Fields() {
		names = append(names, f.Name)
	}
	const want = ".living 营业收入 营业收入.来源 营业收入.核实 营业收入.源序 营业收入.1 营业收入.1.来源 营业收入.1.核实 营业收入.1.源序" +
		" 行业 行业.来源 行业.核实 行业.源序 行业.1 行业.1.来源 行业.1.核实 行业.1.源序 专利数 专利数.来源 专利数.核实"
	if strings.Join(names, " ") != want {
		t.Errorf("columns %q", names)
	}
}

// dump writes a block's attributes for comparison.
func dump(t *testing.T, b *profile.Block) string {
	t.Helper()
	text, err := json.MarshalIndent(struct {
		N          int
		Living     bits.Set
		Attributes map[string]*profile.Attribute
	}{b.N, b.Living, b.Attributes}, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(text), "[]", "null")
}

func openTable(t *testing.T, data []byte) *table.Reader {
	t.Helper()
	rd, err := table.OpenReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return rd
}

func TestReadBlockReadsOnlyWhatIsAskedFor(t *testing.T) {
	t.Parallel()
	block, defs, datasets := small()
	var out bytes.Buffer
	writeBlocks(t, &out, defs, datasets, block)
	rd := openTable(t, out.Bytes())
	got, err := profile.ReadBlock(rd, 3, "行业")
	if err != nil || len(got.Attributes) != 1 || got.Attributes["行业"] == nil {
		t.Errorf("one attribute: %v, %v", got, err)
	}
	if len(got.Attributes["行业"].Layers) != 2 {
		t.Errorf("%d layers, want 2", len(got.Attributes["行业"].Layers))
	}
	if got, err = profile.ReadBlock(rd, 3); err != nil || got.N != 3 || got.Living.Count() != 2 {
		t.Errorf("no attributes: %v, %v", got, err)
	}
	if got, err = profile.ReadBlock(rd, 4, "行业"); got != nil || err != nil {
		t.Errorf("a block that is not there: %v, %v; want nil, nil", got, err)
	}
	if _, err = profile.ReadBlock(rd, 3, "没有"); !errors.Is(err, profile.ErrAttribute) {
		t.Errorf("an attribute that is not there: %v", err)
	}
}

func TestReadBlockOfAnotherTable(t *testing.T) {
	t.Parallel()
	fields := []table.Field{{Name: "名称", Kind: table.Text}}
	for note, text := range map[string]string{
		"none": "", "not JSON": "{", "of columns it has not": `[{"name":"名称","type":{"Kind":1}}]`,
	} {
		var out bytes.Buffer
		w := table.NewWriter(&out, fields, map[string]string{"attributes": text})
		if err := errors.Join(w.Group("3", table.New(fields)), w.Close()); err != nil {
			t.Fatal(err)
		}
		if _, err := profile.ReadBlock(openTable(t, out.Bytes()), 3, "名称"); err == nil {
			t.Errorf("definitions %s: no error", note)
		}
	}
}

func TestWriteAttributesOfOtherDefinitions(t *testing.T) {
	t.Parallel()
	block, defs, datasets := small()
	for name, change := range map[string]func(){
		"another attribute": func() { defs[2].Name = "软件著作权数" },
		"another type":      func() { defs[2].Type.Kind = schemas.KindDate },
		"fewer sources":     func() { defs[0].Sources = defs[0].Sources[:1] },
	} {
		kept := append([]schemas.Attribute{}, defs...)
		change()
		w, err := profile.NewWriter(io.Discard, defs, datasets, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := profile.WriteAttributes(w, block); !errors.Is(err, profile.ErrAttribute) {
			t.Errorf("%s: %v", name, err)
		}
		defs = kept
	}
}
