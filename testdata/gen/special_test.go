package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"zhida/schemas"
)

// TestReadmeNumbers: the sample's README names the enterprises with something special about them.
func TestReadmeNumbers(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile(filepath.Join("..", "mianyang", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range []interval{
		badChecks, oldNumbers, lowerCase, wideNames, twiceThere, contrary, closed, changed16, closing16, deleted16, changed17, closing17,
		superseded, expiring15, expiring16, renewing16, revoked16, revoked17, amended16, amended17, reporting16, reporting17,
	} {
		if text := fmt.Sprintf("%d-%d", i.from, i.to-1); !strings.Contains(string(readme), text) {
			t.Errorf("README.md does not have %s", text)
		}
	}
}

// registered are the rows of a registration increment, by code: operation and status.
func registered(t *testing.T, name string) map[string][2]string {
	t.Helper()
	rows := rowsNamed(t, name)
	op, code, status := column(t, rows, "操作"), column(t, rows, "统一社会信用代码"), column(t, rows, "登记状态")
	out := map[string][2]string{}
	for _, row := range rows[1:] {
		out[row[code]] = [2]string{row[op], row[status]}
	}
	return out
}

// TestRegistrationNights: who is new, closed, deleted and living again, on which night.
func TestRegistrationNights(t *testing.T) {
	t.Parallel()
	w, err := newCity(1, 2000)
	if err != nil {
		t.Fatal(err)
	}
	second, third := registered(t, "registration_20260616_increment.csv"), registered(t, "registration_20260617_increment.csv")
	for _, c := range []struct {
		what   string
		these  interval
		rows   map[string][2]string
		op     string
		living string // in the status; "closed": it must be another one
	}{
		{"changed", changed16, second, "变更", "living"},
		{"closing", closing16, second, "变更", "closed"},
		{"deleted", deleted16, second, "删除", ""},
		{"new", interval{1970, 1985}, second, "新增", "living"},
		{"changed", changed17, third, "变更", "living"},
		{"closing", closing17, third, "变更", "closed"},
		{"deleted", deleted17, third, "删除", ""},
		{"restored", restored17, third, "变更", "living"},
		{"new", interval{1985, 2000}, third, "新增", "living"},
		{"merged", interval{merged16.from + 1, merged16.to}, second, "变更", "closed"},
		{"merged", interval{merged17.from + 1, merged17.to}, third, "变更", "closed"},
		{"corrected", interval{badChecks.from, badChecks.from + 2}, second, "变更", "living"},
		{"corrected", interval{badChecks.from + 2, badChecks.from + 3}, third, "变更", "living"},
	} {
		for _, e := range w.those(c.these) {
			row, ok := c.rows[e.code]
			closed := strings.Contains(row[1], statusClosed) || strings.Contains(row[1], statusRevoked)
			if !ok || row[0] != c.op || c.living != "" && closed != (c.living == "closed") {
				t.Errorf("%s, %d: row %v", c.what, e.number, row)
			}
		}
	}
}

// TestLastDays: certificates end on the days the sample is about, and are renewed and revoked.
func TestLastDays(t *testing.T) {
	t.Parallel()
	w, err := newCity(1, 2000)
	if err != nil {
		t.Fatal(err)
	}
	last := map[string]map[string]bool{}
	rows := rowsNamed(t, "qualification_20260615_full.csv")
	for _, row := range rows[1:] {
		if last[row[0]] == nil {
			last[row[0]] = map[string]bool{}
		}
		last[row[0]][row[4]] = true
	}
	for day, these := range map[string]interval{"2026-06-15": expiring15, "2026-06-16": expiring16} {
		n := 0
		for _, e := range w.those(these) {
			if last[w.delivered(e)][day] {
				n++
			}
		}
		if n < 2 {
			t.Errorf("%d certificates end on %s", n, day)
		}
	}
	does := map[string]int{}
	for _, row := range rowsNamed(t, "qualification_20260616_increment.csv")[1:] {
		for _, e := range w.those(interval{renewing16.from, revoked16.to}) {
			if w.delivered(e) == row[1] {
				does[row[0]]++
			}
		}
	}
	if does["新增"] < 4 || does["删除"] < 2 {
		t.Errorf("renewed and revoked: %v", does)
	}
}

// TestLateDeliveries: what arrives on the third night is of the days before; registrations repeat what is known, and
// insurance tells what was not.
func TestLateDeliveries(t *testing.T) {
	t.Parallel()
	w, err := newCity(1, 2000)
	if err != nil {
		t.Fatal(err)
	}
	insured := codes(t, "insurance_20260615_full.csv")
	for code := range codes(t, late+"/insurance_20260615_increment.csv") {
		if insured[code] {
			t.Errorf("%s was delivered in time", code)
		}
	}
	late := codes(t, late+"/registration_20260614_increment.csv")
	for _, e := range w.those(superseded) {
		if !late[e.code] {
			t.Errorf("%d is not late", e.number)
		}
	}
}

// TestEconomy: what one enterprise says of itself belongs together.
func TestEconomy(t *testing.T) {
	t.Parallel()
	w, err := newCity(3, 2000)
	if err != nil {
		t.Fatal(err)
	}
	sizes, young := map[int]int{}, 0
	for _, e := range w.all {
		sizes[e.size]++
		if e.economy.last() == nil {
			young++
		}
		for y := firstYear; y <= lastYear; y++ {
			f := e.economy.of(y)
			if f == nil {
				continue
			}
			switch {
			case y < year(e.founded):
				t.Errorf("%s has figures of %d, before it was founded", e.name, y)
			case f.people < 1, f.insured > f.people, f.revenue < 0, f.research > f.revenue, f.exports > f.revenue, f.net > f.profit && f.profit > 0:
				t.Errorf("%s in %d: %+v", e.name, y, *f)
			}
		}
		if e.founded > schemas.NewDate(2026, 6, 17) {
			t.Errorf("%s is founded on %s", e.name, e.founded)
		}
	}
	if sizes[0] == 0 || sizes[1] == 0 || sizes[2] == 0 || sizes[3] == 0 || young == 0 {
		t.Errorf("sizes %v, %d without figures", sizes, young)
	}
}

// TestCodesInReadmes: the enterprises that the READMEs explain are in the sample.
func TestCodesInReadmes(t *testing.T) {
	t.Parallel()
	known := codes(t, "registration_20260615_full.csv")
	shown := regexp.MustCompile(`\b9[123]51[0-9A-Z]{14}\b`)
	found := 0
	for _, name := range []string{"README.md", "README.zh-CN.md"} {
		text, err := os.ReadFile(filepath.Join("..", "..", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, code := range shown.FindAllString(string(text), -1) {
			found++
			if !known[code] {
				t.Errorf("%s explains %s, who is not in the sample", name, code)
			}
		}
	}
	if found == 0 {
		t.Error("the READMEs show no enterprise")
	}
}
