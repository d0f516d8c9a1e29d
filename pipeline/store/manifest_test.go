package store

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestManifest(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	type manifest struct {
		Night string         `json:"night"`
		Rows  map[string]int `json:"rows"`
		Refs  []Ref          `json:"refs"`
	}
	in := manifest{"2026-06-15", map[string]int{"登记": 2, "tax": 1}, []Ref{put(t, s, false, "<&>")}}
	const name = "nights/2026-06-15/manifest.json"
	if err := s.WriteManifest(name, in); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(s.dir, name))
	want := `{
  "night": "2026-06-15",
  "rows": {
    "tax": 1,
    "登记": 2
  },
  "refs": [
    {
      "name": "` + in.Refs[0].Name + `",
      "size": 3,
      "sum": "` + in.Refs[0].Sum + `"
    }
  ]
}
`
	if err != nil || string(data) != want {
		t.Errorf("manifest is %s, %v; want %s", data, err, want)
	}
	var out manifest
	if err := s.ReadManifest(name, &out); err != nil || out.Refs[0] != in.Refs[0] || out.Rows["登记"] != 2 {
		t.Errorf("ReadManifest = %+v, %v", out, err)
	}
	if err := s.WriteManifest(name, manifest{Night: "again"}); err != nil {
		t.Fatal(err)
	}
	if err := s.ReadManifest(name, &out); err != nil || out.Night != "again" {
		t.Errorf("after writing again: %+v, %v", out, err)
	}
}

func TestManifestRefuses(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	var v any
	for _, name := range []string{"", "key.txt", "standard/x.json", "nights/../x.json", "../nights/x.json", "/nights/x.json", "nights/x", "nights/./x.json"} {
		if err := s.WriteManifest(name, 1); err == nil {
			t.Errorf("WriteManifest(%q) succeeded", name)
		}
		if err := s.ReadManifest(name, &v); err == nil || errors.Is(err, fs.ErrNotExist) {
			t.Errorf("ReadManifest(%q) = %v", name, err)
		}
	}
	if err := s.ReadManifest("nights/none/x.json", &v); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("ReadManifest of none = %v, want ErrNotExist", err)
	}
	if err := s.WriteManifest("nights/x.json", func() {}); err == nil {
		t.Error("WriteManifest of a function succeeded")
	}
	if err := s.WriteManifest("nights/x.json", 1); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"", "{", `{"a":1}x`, `{} {}`, "\x00"} {
		if err := os.WriteFile(filepath.Join(s.dir, "nights", "x.json"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := s.ReadManifest("nights/x.json", &v); !errors.Is(err, ErrDamaged) {
			t.Errorf("ReadManifest of %q = %v, want ErrDamaged", text, err)
		}
	}
}

func TestUnits(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	log := s.Units("2026-06-15")
	plain, sealed := put(t, s, false, "rows"), put(t, s, true, "contacts")
	output, err := json.Marshal(map[string]any{"rows": 7, "runs": []any{plain, map[string]any{"deep": sealed}}, "text": "<涪城>"})
	if err != nil {
		t.Fatal(err)
	}
	if _, ok, err := log.Load("map", "registration", "s1"); ok || err != nil {
		t.Errorf("Load before Save = %v, %v", ok, err)
	}
	if err := log.Save("map", "registration", "s1", output); err != nil {
		t.Fatal(err)
	}
	// Another process remembers.
	got, ok, err := openStore(t, s.dir, s.key).Units("2026-06-15").Load("map", "registration", "s1")
	if !ok || err != nil || string(got) != string(output) {
		t.Errorf("Load = %s, %v, %v; want %s", got, ok, err, output)
	}
	if _, ok, _ := log.Load("map", "registration", "s2"); ok {
		t.Error("Load for another spec found something")
	}
	if _, ok, _ := s.Units("2026-06-16").Load("map", "registration", "s1"); ok {
		t.Error("Load for another night found something")
	}
	for _, ref := range []Ref{plain, sealed} {
		damage(t, filepath.Join(s.dir, ref.Name), flip(0))
		if _, ok, err := log.Load("map", "registration", "s1"); ok || err != nil {
			t.Errorf("Load with a damaged artefact = %v, %v; want it to be done again", ok, err)
		}
		put(t, s, ref.Sealed, map[bool]string{false: "rows", true: "contacts"}[ref.Sealed])
		if _, ok, err := log.Load("map", "registration", "s1"); !ok || err != nil {
			t.Errorf("Load with the artefact mended = %v, %v", ok, err)
		}
	}
	damage(t, filepath.Join(s.dir, log.file("map", "registration")), flip(0))
	if _, ok, err := log.Load("map", "registration", "s1"); ok || err != nil {
		t.Errorf("Load of a damaged unit = %v, %v; want it to be done again", ok, err)
	}
}

func TestUnitFilesDiffer(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	seen := map[string]string{}
	for _, unit := range [][3]string{
		{"n", "a", "b-c"},
		{"n", "a-b", "c"},
		{"n", "a", "b/c"},
		{"n", "a/b", "c"},
		{"n", "a", "../c"},
		{"..", "a", "c"},
		{"n", "a", "510100.3"},
		{"n", "a", "登记"},
		{"n", "a", ""},
		{"n/units", "a", "c"},
	} {
		log := s.Units(unit[0])
		if err := log.Save(unit[1], unit[2], "s", json.RawMessage(`1`)); err != nil && unit[0] != ".." {
			t.Errorf("%q: %v", unit, err)
		}
		file := log.file(unit[1], unit[2])
		if other, ok := seen[file]; ok {
			t.Errorf("%q and %s share %s", unit, other, file)
		}
		seen[file] = unit[1] + "," + unit[2]
	}
}
