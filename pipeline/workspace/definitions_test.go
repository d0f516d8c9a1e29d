package workspace

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// definitionsOf are the definitions of the base workspace with files put over it.
func definitionsOf(t *testing.T, over map[string]string) *Definitions {
	t.Helper()
	fsys := base(t)
	for name, text := range over {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	w, err := load(fsys, builtin())
	if err != nil {
		t.Fatal(err)
	}
	return w.Definitions()
}

// edited is a file of the base workspace with a text in it replaced.
func edited(t *testing.T, name, from, to string) map[string]string {
	t.Helper()
	text := string(base(t)[name].Data)
	if strings.Count(text, from) != 1 {
		t.Fatalf("%s has %q %d times", name, from, strings.Count(text, from))
	}
	return map[string]string{name: strings.Replace(text, from, to, 1)}
}

// TestDefinitionsKept writes definitions and reads them again: they decide the same, and hold nothing of zhida.yaml.
func TestDefinitionsKept(t *testing.T) {
	t.Parallel()
	d := definitionsOf(t, map[string]string{"codes/regions.csv": "code,name,from,to\n510799,示例新区,2026,\n"})
	var kept, again bytes.Buffer
	if err := d.Write(&kept); err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"zhida.yaml", "file:", "deliveries", "store"} {
		if strings.Contains(kept.String(), word) {
			t.Errorf("what is kept holds %q", word)
		}
	}
	read, err := ReadDefinitions(bytes.NewReader(kept.Bytes()))
	if err != nil || !read.Equal(d) {
		t.Fatalf("not the same when read again: %v", err)
	}
	if err := read.Write(&again); err != nil || !bytes.Equal(kept.Bytes(), again.Bytes()) {
		t.Errorf("not the same bytes when written again: %v", err)
	}
	w, err := read.Load()
	if err != nil {
		t.Fatal(err)
	}
	was, err := load(base(t), builtin())
	if err != nil {
		t.Fatal(err)
	}
	if w.Region != was.Region || len(w.Datasets) != len(was.Datasets) || len(w.Attributes) != len(was.Attributes) || len(w.Tags) != len(was.Tags) {
		t.Errorf("%d datasets, %d attributes, %d tags", len(w.Datasets), len(w.Attributes), len(w.Tags))
	}
	for item, x := range was.Conditions {
		if condition.Key(w.Conditions[item]) != condition.Key(x) {
			t.Errorf("item %s asks for something else", item)
		}
	}
	if _, ok := w.Codes.Region("510799"); !ok {
		t.Error("the code tables have lost their additions")
	}
	if _, err := ReadDefinitions(strings.NewReader("{")); err == nil {
		t.Error("half a file was read")
	}
}

// TestDefinitionsParts names what two workspaces say differently, and swaps one part at a time.
func TestDefinitionsParts(t *testing.T) {
	t.Parallel()
	last := definitionsOf(t, nil)
	if parts := last.Parts(definitionsOf(t, nil)); len(parts) > 0 {
		t.Errorf("the same workspace differs in %v", parts)
	}
	tags := edited(t, "tags.yaml", `状态 = "存续"`, "|\n      状态 != \"注销\"\n        且 注册资本 >= 1万元")["tags.yaml"]
	tags = strings.Replace(tags, `range: "[0,)"`, `range: "[1,)"`, 1)
	tonight := definitionsOf(t, map[string]string{
		"tags.yaml":                   "# 更正\n\n\n" + tags,
		"datasets/qualification.yaml": edited(t, "datasets/qualification.yaml", "list: complete", "list: open")["datasets/qualification.yaml"],
		"policies/a.yaml":             edited(t, "policies/a.yaml", "510700", "510703")["policies/a.yaml"],
	})
	// what the parts are in a workspace: each text is one of the last night's or of tonight's
	look := func(d *Definitions, err error) []string {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		w, err := d.Load()
		if err != nil {
			t.Fatal(err)
		}
		return looks(w)
	}
	before, after := look(last, nil), look(tonight, nil)
	var names []string
	for i, part := range last.Parts(tonight) {
		names = append(names, part.String())
		w, err := last.LoadWith(tonight, part)
		if err != nil {
			t.Errorf("%s: %v", part, err)
			continue
		}
		want := slices.Clone(before)
		want[i] = after[i]
		if got := looks(w); !slices.Equal(got, want) {
			t.Errorf("%s alone: %q, want %q", part, got, want)
		}
	}
	if want := []string{"事项", "标签 存续", "指标 注册资本", "数据类 资质"}; !slices.Equal(names, want) {
		t.Errorf("parts %q, want %q", names, want)
	}
	for i := range before {
		if before[i] == after[i] {
			t.Errorf("part %d has not changed: %s", i, before[i])
		}
	}
}

// looks are an item's condition, a tag's rule, an attribute's range and a dataset's list.
func looks(w *Workspace) []string {
	out := []string{condition.Key(w.Conditions["P1-1"]), condition.Key(w.TagRules["存续"]), "", string(w.Dataset("qualification").List)}
	for _, a := range w.Attributes {
		if a.Name == "注册资本" {
			out[2] = strconv.FormatInt(*a.Range.Low, 10)
		}
	}
	return out
}

// TestDefinitionsSenseless swaps parts that make no sense alone: that is told as faults, never by a panic.
func TestDefinitionsSenseless(t *testing.T) {
	t.Parallel()
	last := definitionsOf(t, nil)
	qualification := edited(t, "datasets/qualification.yaml", "  - name: 有效期至", "  - {name: 等级, type: text}\n  - name: 有效期至")
	tonight := definitionsOf(t, map[string]string{
		"datasets/qualification.yaml": qualification["datasets/qualification.yaml"],
		"tags.yaml":                   edited(t, "tags.yaml", "且 有效期至 >= 今天", `且 等级 = "甲"`)["tags.yaml"],
	})
	parts := last.Parts(tonight)
	if len(parts) != 2 || parts[0].String() != "标签 高新技术企业" {
		t.Fatalf("parts %v", parts)
	}
	var faults schemas.Faults
	if _, err := last.LoadWith(tonight, parts[0]); !errors.As(err, &faults) {
		t.Errorf("a tag may read a field that is not there yet: %v", err)
	}
	if _, err := last.LoadWith(tonight, parts[1]); err != nil {
		t.Errorf("the dataset alone: %v", err)
	}
	bare := &Definitions{region: "住所", files: last.files}
	if _, err := bare.Load(); !errors.As(err, &faults) {
		t.Errorf("the region may be an attribute that is not there: %v", err)
	}
	if _, err := (&Definitions{region: "注册地"}).Load(); !errors.As(err, &faults) {
		t.Errorf("definitions without a file: %v", err)
	}
}
