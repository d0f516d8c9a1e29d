package main

import (
	"bytes"
	"strings"
	"testing"
)

// gate adds gates to a dataset's document.
func (s *testSite) gate(dataset, gates string) {
	s.t.Helper()
	name := s.workspace + "/datasets/" + dataset + ".yaml"
	s.write(name, append(s.read(name), "\ngates: "+gates+"\n"...))
}

// registerAgain delivers the whole registration of the first night for another one, changed.
func (s *testSite) registerAgain(name string, change func([]byte) []byte) {
	s.t.Helper()
	s.write(s.deliveries(name), change(s.read(s.deliveries("registration_20260615_full.csv"))))
}

// TestEmptiedField delivers a list whose trades have gone into a column that nobody reads. It is compared with the last list, two
// nights before, not with the increment in between.
func TestEmptiedField(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.gate("registration", "{empty: {level: hold}}")
	s.nights()
	s.registerAgain("registration_20260617_full.csv", func(list []byte) []byte {
		return bytes.Replace(list, []byte("行业代码"), []byte("国民经济行业"), 1)
	})
	out := s.zhida(exitHeld, "run", "--date", "2026-06-17")
	mustContain(t, out, "gate empty/registration: registration: registration_20260617_full.csv: 行业 has no value in 292 of 292 rows, 100.0%, ",
		"in the delivery of 2026-06-15, and its gate allows 30 points more")
	s.zhida(exitDone, "release", "2026-06-17", "empty/registration", "--why", "x")
	out = s.zhida(exitDone, "run", "--date", "2026-06-17")
	mustContain(t, out, `no column for 行业, which registration_20260615_full.csv had in "行业代码"`, `no field names "国民经济行业"`)

	s.registerAgain("registration_20260618_full.csv", func(list []byte) []byte { return list })
	if out = s.zhida(exitDone, "run", "--date", "2026-06-18"); strings.Contains(out, "problem") {
		t.Errorf("a column that has come back is a problem:\n%s", out)
	}
}

// TestLimitOfAField holds the first night for a limit that the document gives a field. There are no rows to keep yet.
func TestLimitOfAField(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.gate("registration", "{held: keep, empty: {fields: {行业: 5}, level: hold}}")
	s.registerAgain("registration_20260615_full.csv", func(list []byte) []byte {
		return bytes.Replace(list, []byte("行业代码"), []byte("国民经济行业"), 1)
	})
	mustContain(t, s.zhida(exitHeld, "run", "--date", "2026-06-15"), "行业 has no value in 292 of 292 rows, 100.0%, and its gate allows 5%")
}

// TestRepeatedKeys delivers ten rows of a list twice, one of them otherwise; two it has twice anyway.
func TestRepeatedKeys(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.gate("registration", "{duplicates: {most: 3, level: hold}}")
	s.nights()
	s.registerAgain("registration_20260617_full.csv", func(list []byte) []byte {
		lines := bytes.SplitAfter(list, []byte("\n"))
		again := bytes.Join(lines[1:11], nil)
		return append(list, bytes.Replace(again, []byte("5000万人民币"), []byte("6000万人民币"), 1)...)
	})
	out := s.zhida(exitHeld, "run", "--date", "2026-06-17")
	mustContain(t, out, "gate duplicates/registration: registration: registration_20260617_full.csv: 12 of 302 rows repeat the key of another row, 3.9%, 3 of them with other values, and its gate allows 3%")
	s.registerAgain("registration_20260617_full.csv", func(list []byte) []byte { return list }) // takes the place of the other
	s.zhida(exitDone, "run", "--date", "2026-06-17")
}

// TestStrangeCodes delivers kinds of enterprises that are in no list.
func TestStrangeCodes(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.nights()
	s.registerAgain("registration_20260617_full.csv", func(list []byte) []byte {
		return bytes.ReplaceAll(bytes.ReplaceAll(list, []byte("有限责任公司"), []byte("1100")), []byte("个体"), []byte("9500"))
	})
	mustContain(t, s.zhida(exitDone, "run", "--date", "2026-06-17"), "values of 类型 are not in its table, ", "and its gate allows 50%")
}
