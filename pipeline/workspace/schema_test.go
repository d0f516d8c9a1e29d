package workspace

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"zhida/schemas"
	"zhida/schemas/files"
)

// schemaNode is a JSON Schema as far as these tests read it.
type schemaNode struct {
	Type       any                    `json:"type"`
	Enum       []string               `json:"enum"`
	Properties map[string]*schemaNode `json:"properties"`
	Required   []string               `json:"required"`
	Items      *schemaNode            `json:"items"`
	AnyOf      []*schemaNode          `json:"anyOf"`
	Additional any                    `json:"additionalProperties"`
}

func readSchema(t *testing.T, name string) *schemaNode {
	t.Helper()
	text, ok := files.Schema(name)
	if !ok {
		t.Fatalf("there is no schema %s", name)
	}
	n := &schemaNode{}
	if err := json.Unmarshal(text, n); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// decode gives a document to the decoder of its kind.
func decode(kind string, data []byte) schemas.Faults {
	switch kind {
	case "zhida":
		return readConfig("zhida.yaml", data).faults
	case "dataset":
		return readDataset("datasets/x.yaml", data).faults
	case "tags":
		return readTags("tags.yaml", data).faults
	default:
		return readPolicy("policies/x.yaml", data).faults
	}
}

// objects calls do with every object of a schema, and with a function that wraps an instance of it into a document.
func (n *schemaNode) objects(where string, wrap func(any) any, do func(where string, n *schemaNode, wrap func(any) any)) {
	if n.Properties != nil {
		do(where, n, wrap)
	}
	for _, name := range slices.Sorted(maps.Keys(n.Properties)) {
		n.Properties[name].objects(where+"."+name, func(v any) any { return wrap(map[string]any{name: v}) }, do)
	}
	if n.Items != nil {
		n.Items.objects(where+"[]", func(v any) any { return wrap([]any{v}) }, do)
	}
	for _, one := range n.AnyOf {
		one.objects(where, wrap, do)
	}
}

// nobody is a key and a word that no file knows and that is near to none.
const nobody = "ЖЖЖ"

// offered are the words that a diagnostic offers.
func offered(f *schemas.Fault) []string {
	_, list, _ := strings.Cut(f.Suggestion, "从中选一个：")
	words := strings.Split(list, "、")
	slices.Sort(words)
	return words
}

// TestSchemasKnowWhatTheDecoderKnows: for each object, the decoder says which keys it knows, which it needs and which
// words it takes; the schema says the same.
func TestSchemasKnowWhatTheDecoderKnows(t *testing.T) {
	t.Parallel()
	for _, kind := range files.Names() {
		compared := 0
		readSchema(t, kind).objects(kind, func(v any) any { return v }, func(where string, n *schemaNode, wrap func(any) any) {
			compared++
			instance := func(key string, value any) schemas.Faults {
				data, err := json.Marshal(wrap(map[string]any{key: value}))
				if err != nil {
					t.Fatal(err)
				}
				return decode(kind, data)
			}
			faults := instance(nobody, "1")
			what, found := "", false
			for i := range faults {
				if what, found = strings.CutSuffix(faults[i].Message, "里没有键“"+nobody+"”"); found {
					if got, want := offered(&faults[i]), slices.Sorted(maps.Keys(n.Properties)); !slices.Equal(got, want) {
						t.Errorf("%s: the decoder knows %v, the schema %v", where, got, want)
					}
					break
				}
			}
			if !found {
				t.Fatalf("%s: the decoder takes any key, or does not come here: %v", where, faults)
			}
			if n.Additional != false {
				t.Errorf("%s: the schema takes any key", where)
			}
			var needs []string
			for i := range faults {
				if key, ok := strings.CutPrefix(faults[i].Message, what+"缺少键“"); ok {
					needs = append(needs, strings.TrimSuffix(key, "”"))
				}
			}
			required := slices.Clone(n.Required)
			slices.Sort(required)
			if slices.Sort(needs); !slices.Equal(needs, required) {
				t.Errorf("%s: the decoder needs %v, the schema %v", where, needs, required)
			}
			for key, p := range n.Properties {
				compareWords(t, where+"."+key, instance(key, nobody), key, p)
			}
		})
		if compared < 3 {
			t.Errorf("%s has only %d objects", kind, compared)
		}
	}
}

// compareWords compares the closed list of a key, if it has one.
func compareWords(t *testing.T, where string, faults schemas.Faults, key string, p *schemaNode) {
	t.Helper()
	var words []string
	for i := range faults {
		if faults[i].Message == "“"+key+"”不能是“"+nobody+"”" && strings.Contains(faults[i].Suggestion, "从中选一个：") {
			words = offered(&faults[i])
		}
	}
	want := slices.Clone(p.Enum)
	if slices.Sort(want); !slices.Equal(words, want) {
		t.Errorf("%s: the decoder takes %v, the schema %v", where, words, want)
	}
}

// TestSchemasAcceptWorkspaces validates every file of the workspaces of the tree, and refuses some that are wrong.
func TestSchemasAcceptWorkspaces(t *testing.T) {
	t.Parallel()
	compiled := map[string]*jsonschema.Schema{}
	for _, kind := range files.Names() {
		text, _ := files.Schema(kind)
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		c := jsonschema.NewCompiler()
		if err := c.AddResource(kind, doc); err != nil {
			t.Fatal(err)
		}
		if compiled[kind], err = c.Compile(kind); err != nil {
			t.Fatal(err)
		}
	}
	validated := 0
	for _, dir := range []string{"starter", "../../testdata/mianyang", "../../testdata/hangzhou", "../../testdata/real"} {
		for kind, pattern := range map[string]string{"zhida": "zhida.yaml", "dataset": "datasets/*.yaml", "tags": "tags.yaml", "policy": "policies/*.yaml"} {
			names, err := filepath.Glob(filepath.Join(dir, pattern))
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range names {
				validated++
				data, err := os.ReadFile(name)
				if err != nil {
					t.Fatal(err)
				}
				if err := compiled[kind].Validate(instanceOf(t, string(data))); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
	}
	if validated < 30 {
		t.Errorf("only %d files were validated", validated)
	}
	for kind, text := range map[string]string{
		"zhida":   "{name: x, key: AGE-SECRET-KEY-1, region: 注册地, sources: []}",
		"dataset": "{name: x, title: x, role: fact, owner: x, list: open, code: [a], fields: []}",
		"tags":    "{attributes: [], tags: [{name: x, class: 信用, rule: y}]}",
		"policy":  "{id: x, title: x, level: 市, department: x, status: 有效, items: [], guid: x}",
	} {
		if compiled[kind].Validate(instanceOf(t, text)) == nil {
			t.Errorf("the schema takes %s", text)
		}
	}
}

// instanceOf is a YAML text as JSON Schema sees it.
func instanceOf(t *testing.T, text string) any {
	t.Helper()
	data, err := yaml.YAMLToJSON([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return v
}
