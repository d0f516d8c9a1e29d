package workspace

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/encoding/simplifiedchinese"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// TestLoad looks at what a workspace becomes.
func TestLoad(t *testing.T) {
	t.Parallel()
	fsys := base(t)
	fsys["policies/README.md"] = &fstest.MapFile{Data: []byte("not a policy")}
	w, err := load(fsys, builtin())
	if err != nil {
		t.Fatal(err)
	}
	w.Dir = "/site"
	if got := w.Path(w.Store); got != filepath.FromSlash("/site/store") {
		t.Errorf("store is %s", got)
	}
	if got := w.Path("/data/in"); got != "/data/in" {
		t.Errorf("an absolute path became %s", got)
	}
	var names []string
	for _, d := range w.Datasets {
		names = append(names, d.Name)
	}
	if want := []string{"contacts", "crosswalk", "qualification", "registration"}; !slices.Equal(names, want) {
		t.Errorf("datasets %q, want %q", names, want)
	}
	if w.Dataset("nowhere") != nil || w.Dataset("contacts") == nil || w.Registration() != w.Dataset("registration") {
		t.Error("datasets are not found by name or role")
	}
	for p, item := range w.Items() {
		if p.ID != "P1" || item.ID != "P1-1" || item.Department != "科技局" || item.Revision != 1 {
			t.Errorf("item %+v of policy %s", item, p.ID)
		}
		if got := condition.Format(w.Conditions[item.ID].Node()); !strings.Contains(got, "注册地") || !strings.Contains(got, "标签 存续") {
			t.Errorf("the condition lacks the policy's scope or its own part: %s", got)
		}
	}
	if got := w.Sources[0].Deliveries[1]; got.Scope != "5107" || got.Mode != schemas.ModeFull {
		t.Errorf("delivery %+v", got)
	}
}

// TestInheritance checks the types of attributes: from the first source, in the base unit.
func TestInheritance(t *testing.T) {
	t.Parallel()
	w, err := load(overlay(base(t), archives(t, "testdata/good/inherit.txtar")["inherit"]), builtin())
	if err != nil {
		t.Fatal(err)
	}
	bound := func(v int64) *int64 { return &v }
	for name, want := range map[string]struct {
		kind      schemas.Type
		low, high *int64
	}{
		"注册地":  {schemas.Type{Kind: schemas.KindCode, System: schemas.SystemRegion}, nil, nil},
		"状态":   {schemas.Type{Kind: schemas.KindText, Values: []string{"存续", "注销"}}, nil, nil},
		"资本":   {schemas.Type{Kind: schemas.KindNumber, Unit: schemas.UnitYuan, Scale: 2}, bound(0), bound(50000000_00)},
		"从业人数": {schemas.Type{Kind: schemas.KindNumber, Unit: schemas.UnitCount}, bound(1), bound(999)},
		"用地":   {schemas.Type{Kind: schemas.KindNumber, Unit: schemas.UnitArea, Scale: 2}, bound(0), nil},
	} {
		a := w.Env.Attributes[name]
		if fmt.Sprint(a.Type) != fmt.Sprint(want.kind) {
			t.Errorf("%s has type %+v, want %+v", name, a.Type, want.kind)
		}
		for _, b := range [][2]*int64{{a.Range.Low, want.low}, {a.Range.High, want.high}} {
			if (b[0] == nil) != (b[1] == nil) || b[0] != nil && *b[0] != *b[1] {
				t.Errorf("%s has range %s, want %s", name, show(a.Range), show(schemas.Range{Low: want.low, High: want.high}))
			}
		}
	}
	var order []string
	for _, tag := range w.Tags {
		order = append(order, tag.Name)
	}
	if want := []string{"有资质", "存续", "高新技术企业"}; !slices.Equal(order, want) {
		t.Errorf("tags in the order %q, want %q", order, want)
	}
}

func show(r schemas.Range) string {
	out := ""
	for _, b := range []*int64{r.Low, r.High} {
		if b == nil {
			out += " open"
		} else {
			out += fmt.Sprint(" ", *b)
		}
	}
	return out
}

// TestSum checks that the sum changes with any definition and with nothing else.
func TestSum(t *testing.T) {
	t.Parallel()
	sum := func(change func(fstest.MapFS)) string {
		fsys := base(t)
		change(fsys)
		w, err := load(fsys, builtin())
		if err != nil {
			t.Fatal(err)
		}
		return w.Sum
	}
	original := sum(func(fstest.MapFS) {})
	for name := range base(t) {
		changed := sum(func(fsys fstest.MapFS) {
			fsys[name] = &fstest.MapFile{Data: append(slices.Clone(fsys[name].Data), "# 注释\n"...)}
		})
		if changed == original {
			t.Errorf("a change of %s does not change the sum", name)
		}
	}
	same := sum(func(fsys fstest.MapFS) { fsys["deliveries/a.csv"] = &fstest.MapFile{Data: []byte("a")} })
	if same != original {
		t.Error("a delivery changes the sum")
	}
	moved := sum(func(fsys fstest.MapFS) {
		config := string(fsys[configName].Data)
		at := strings.Index(config, "sources:")
		fsys[configName] = &fstest.MapFile{Data: []byte(config[:at] + "ledger:\n  host: h\n\n  # x\n  database: d\n  user: u\n  password: env:P\n" + config[at:])}
	})
	if moved != original {
		t.Error("where the ledger is changes the sum")
	}
	renamed := sum(func(fsys fstest.MapFS) {
		fsys["policies/b.yaml"] = fsys["policies/a.yaml"]
		delete(fsys, "policies/a.yaml")
	})
	if renamed == original {
		t.Error("another name does not change the sum")
	}
}

// TestEncodings checks files that are no UTF-8 text.
func TestEncodings(t *testing.T) {
	t.Parallel()
	text := "name: registration\ntitle: 登记\n"
	gbk, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"gbk", gbk, "datasets/registration.yaml:2:8: 文件像是 GBK（GB18030）编码，应为 UTF-8\n  title: 登记\n         ^^\n  建议：在编辑器里另存为 UTF-8"},
		{"binary", []byte("name: \x00\xff\xff\xff"), "datasets/registration.yaml:1:8: 文件不是 UTF-8 编码\n  name: \ufffd\ufffd\n         ^\n  建议：在编辑器里另存为 UTF-8"},
		{"utf-16", []byte("\xff\xfen\x00a\x00"), "datasets/registration.yaml: 文件是 UTF-16 编码，应为 UTF-8\n  建议：在编辑器里另存为 UTF-8"},
		{"large", make([]byte, maxFile+1), "datasets/registration.yaml: 文件有 8388609 字节，超过上限 8388608 字节\n  建议：拆成几个文件"},
		{"deep", []byte(strings.Repeat("[", 100000)), "datasets/registration.yaml: 方括号或花括号套得太深"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			fsys := base(t)
			fsys["datasets/registration.yaml"] = &fstest.MapFile{Data: c.data}
			if got := strings.TrimSpace(told(t, errOf(load(fsys, builtin())))); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
}

// TestLoadErrors checks folders that cannot be read: that is no fault of the files.
func TestLoadErrors(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "zhida.yaml"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{file, filepath.Join(dir, "nowhere"), dir} {
		var faults schemas.Faults
		if _, err := Load(name); err == nil || errors.As(err, &faults) {
			t.Errorf("load %s: %v; want an error that is no faults", name, err)
		}
	}
}

type fakeKey struct{}

func (fakeKey) WriteFile(name string) error { return os.WriteFile(name, []byte("key"), 0o600) }

// TestCreate checks that the starter is a good workspace and that nothing is overwritten.
func TestCreate(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "new")
	names, err := Create(dir, fakeKey{})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Error(err)
		}
	}
	w, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(w.Datasets) != 6 || len(w.Conditions) != 3 || w.Key != "file:"+starterKey {
		t.Errorf("the starter became %d datasets, %d conditions, key %s", len(w.Datasets), len(w.Conditions), w.Key)
	}
	if _, err := Create(dir, fakeKey{}); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("create again: %v, want %v", err, ErrNotEmpty)
	}
}

// BenchmarkLoad loads a workspace of 1,000 policies with two items each: more than Mianyang's 1,414 items.
func BenchmarkLoad(b *testing.B) {
	fsys := base(b)
	policy := string(fsys["policies/a.yaml"].Data)
	item := policy[strings.Index(policy, "  - id"):]
	for i := range 1000 {
		text := strings.ReplaceAll(policy+strings.Replace(item, "P1-1", "P1-2", 1), "P1", fmt.Sprintf("B%d", i))
		fsys[fmt.Sprintf("policies/b%d.yaml", i)] = &fstest.MapFile{Data: []byte(text)}
	}
	for b.Loop() {
		if _, err := load(fsys, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// TestLoadWithoutPolicies: all but the items, under the same sum, even if a policy is wrong; nothing else may be.
func TestLoadWithoutPolicies(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.CopyFS(dir, base(t)); err != nil {
		t.Fatal(err)
	}
	all, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	bare, err := LoadWithoutPolicies(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(all.Policies) == 0 || len(bare.Policies) != 0 || bare.Sum != all.Sum || bare.Dir != dir || len(bare.Datasets) != len(all.Datasets) {
		t.Errorf("%d policies, %d datasets, sum %s; want none, %d, %s", len(bare.Policies), len(bare.Datasets), bare.Sum, len(all.Datasets), all.Sum)
	}
	add := func(name string) {
		t.Helper()
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), append(text, "\nx: ["...), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	add("policies/a.yaml")
	if w, err := LoadWithoutPolicies(dir); err != nil || w.Sum == all.Sum {
		t.Errorf("a policy was edited and the sum stayed, or %v", err)
	}
	add("tags.yaml")
	var faults schemas.Faults
	if _, err := LoadWithoutPolicies(dir); !errors.As(err, &faults) {
		t.Errorf("tags that are no YAML give %v", err)
	}
}

// TestLoadItem: of each item of the sample what Load says of it, under the same sum, with the items that it excludes; the
// others may be left out, and be wrong.
func TestLoadItem(t *testing.T) {
	t.Parallel()
	const dir = "../../testdata/mianyang"
	all, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	groups, fewer, asked, i := map[string][]string{}, 0, 0, 0
	for _, item := range all.Items() {
		if item.Exclusive != nil {
			groups[item.Exclusive.Group] = append(groups[item.Exclusive.Group], item.ID)
		}
	}
	for _, item := range all.Items() {
		if i++; i%40 != 0 && (item.Exclusive == nil || groups[item.Exclusive.Group][0] != item.ID) {
			continue // of each group one, and some that exclude nothing
		}
		asked++
		w, err := LoadItem(dir, item.ID)
		if err != nil {
			t.Fatal(err)
		}
		wanted := []string{item.ID}
		if item.Exclusive != nil {
			wanted = groups[item.Exclusive.Group]
		}
		for _, id := range wanted {
			if !reflect.DeepEqual(w.Conditions[id], all.Conditions[id]) || !reflect.DeepEqual(w.Benefits[id], all.Benefits[id]) {
				t.Errorf("asked for %s, %s is another item", item.ID, id)
			}
		}
		if w.Sum != all.Sum {
			t.Errorf("asked for %s the sum is another one", item.ID)
		}
		if len(w.Conditions) < len(all.Conditions) {
			fewer++
		}
	}
	if fewer < asked || asked < 5 {
		t.Errorf("for %d of %d items all policies were read", asked-fewer, asked)
	}
	if w, err := LoadItem(dir, "none"); err != nil || w.Conditions["none"] != nil {
		t.Errorf("an item that there is not: %v", err)
	}
}

// TestLoadItemHoweverGroupsAreWritten writes the group of one policy's item in other ways that YAML has for the same text.
func TestLoadItemHoweverGroupsAreWritten(t *testing.T) {
	t.Parallel()
	for name, written := range map[string]string{
		"as in the other policy": "小店 's 改造", "escaped": `"\u5c0f\u5e97 's \u6539\u9020"`, "over two lines": "\"小店 's\n        改造\"", "quoted": "'小店 ''s 改造'",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if err := os.CopyFS(dir, os.DirFS("../../testdata/mianyang")); err != nil {
				t.Fatal(err)
			}
			for file, group := range map[string]string{"city-commerce.yaml": "小店 's 改造", "city-credit.yaml": written} {
				path := filepath.Join(dir, "policies", file)
				text, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				changed := strings.Replace(string(text), "group: 小店改造", "group: "+group, 1)
				if changed == string(text) {
					t.Fatal("the sample has another group")
				}
				if err := os.WriteFile(path, []byte(changed), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			members := map[string]int{}
			whole, err := Load(dir)
			if err != nil {
				t.Fatal(err)
			}
			var item string
			for _, it := range whole.Items() {
				if it.Exclusive != nil && it.Exclusive.Group == "小店 's 改造" {
					item = cmp.Or(item, it.ID) // the other policy's
					members["all"]++
				}
			}
			some, err := LoadItem(dir, item)
			if err != nil {
				t.Fatal(err)
			}
			for _, it := range some.Items() {
				if it.Exclusive != nil && it.Exclusive.Group == "小店 's 改造" {
					members["some"]++
				}
			}
			if members["all"] != 2 || members["some"] != 2 {
				t.Errorf("%v", members)
			}
		})
	}
}
