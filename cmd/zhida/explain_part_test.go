package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"path/filepath"
	"reflect"
	"testing"
	"time"
)

// TestExplainOne explains items one by one, for which only a part of the profile is read and of the library compiled, and
// compares with the explanation of all items, for which everything is: as published, after a policy has changed, and after
// a tag's rule has.
func TestExplainOne(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.nights()
	codes := s.someCodes(4)
	s.explainOneByOne(codes)

	county := filepath.Join(s.workspace, "policies", "county.yaml")
	s.write(county, append(s.read(county), "\n# 改过\n"...))
	s.explainOneByOne(codes[:1])

	tags := filepath.Join(s.workspace, "tags.yaml")
	s.write(tags, bytes.Replace(s.read(tags), []byte("成立日期 + 3年 >= 今天"), []byte("成立日期 + 9年 >= 今天"), 1))
	s.explainOneByOne(codes[1:3])
}

// someCodes are codes of registrations, from all over the delivery.
func (s *testSite) someCodes(n int) []string {
	s.t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(s.read(s.deliveries("registration_20260615_full.csv")))).ReadAll()
	if err != nil {
		s.t.Fatal(err)
	}
	var out []string
	for i := 1; len(out) < n && i < len(rows); i += len(rows)/n - 1 {
		if code := rows[i][1]; len(code) == 18 {
			out = append(out, code)
		}
	}
	return out
}

func (s *testSite) explainOneByOne(codes []string) {
	s.t.Helper()
	for _, code := range codes {
		all := s.explained(code)
		if len(all) < 10 {
			s.t.Fatalf("%s: %d items", code, len(all))
		}
		for _, want := range all {
			got := s.explained(code, want["item"].(string))
			if len(got) != 1 || !reflect.DeepEqual(got[0], want) {
				s.t.Errorf("%s: alone\n%v\nwith all others\n%v", code, got, want)
			}
		}
	}
}

// explained runs zhida explain in this process.
func (s *testSite) explained(args ...string) []map[string]any {
	s.t.Helper()
	var out, told bytes.Buffer
	a := &app{stdout: &out, stderr: &told, now: func() time.Time { return scriptNow }}
	if code := a.run(s.t.Context(), append([]string{"explain", "--json", "-w", s.workspace}, args...)); code != exitDone {
		s.t.Fatalf("explain %v: exit code %d: %s", args, code, &told)
	}
	var all []map[string]any
	if err := json.Unmarshal(out.Bytes(), &all); err != nil {
		s.t.Fatal(err)
	}
	return all
}
