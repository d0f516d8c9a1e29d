package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"zhida/schemas"
)

// share checks that a part of a whole lies in an interval of per mille.
func share(t *testing.T, what string, part, whole, low, high int) {
	t.Helper()
	if part*1000 < low*whole || part*1000 > high*whole {
		t.Errorf("%s: %d of %d, want %d to %d per mille", what, part, whole, low, high)
	}
}

// TestShares: what is wrong with the first night's registration has the shares measured on real data.
func TestShares(t *testing.T) {
	t.Parallel()
	rows := rowsNamed(t, "registration_20260615_full.csv")
	if rows[0][0] != "企业名称" {
		t.Fatalf("first column is %q", rows[0][0])
	}
	state, seen, broken := map[schemas.CodeState]int{}, map[string]int{}, map[int]int{}
	var odd, wide, noCapital, foreign, sole, cooperative, abroad, total int
	for _, row := range rows[1:] {
		if len(row) != len(rows[0]) {
			broken[len(row)]++
			continue
		}
		if strings.Join(row, "") == "" {
			broken[0]++
			continue
		}
		total++
		code := strings.ToUpper(schemas.Fold(row[1]))
		if code != row[1] {
			odd++
		}
		if schemas.IsEmptyWord(code, nil) {
			code = ""
		}
		state[schemas.ClassifyCode(code)]++
		seen[code]++
		if strings.ContainsFunc(strings.Join(row, ""), isWide) {
			wide++
		}
		if schemas.IsEmptyWord(row[5], nil) {
			noCapital++
		}
		if strings.Contains(row[5], "美元") || strings.Contains(row[5], "港币") {
			foreign++
		}
		switch {
		case strings.HasPrefix(code, "92"):
			sole++
		case strings.HasPrefix(code, "93"):
			cooperative++
		}
		if len(code) == 18 && (code[2:8] == "510700" || code[2:8] == "510000") {
			abroad++
		}
		if !strings.Contains(row[0], "示例") {
			t.Errorf("%q does not say that it is invented", row[0])
		}
	}
	want := map[schemas.CodeState]int{schemas.CodeUSCC: total - 13, schemas.CodeBadCheck: 6, schemas.CodeOldRegistration: 5, schemas.CodeEmpty: 2}
	for s, n := range want {
		if state[s] != n {
			t.Errorf("%v: %d, want %d", s, state[s], n)
		}
	}
	twice := 0
	for code, n := range seen {
		if n > 1 && code != "" {
			twice++
		}
	}
	if twice != twiceThere.to-twiceThere.from || odd != 6 || broken[9] != 2 || broken[13] != 2 || broken[0] != 1 {
		t.Errorf("%d codes twice, %d written oddly, rows by their columns %v", twice, odd, broken)
	}
	share(t, "wrong check characters", state[schemas.CodeBadCheck], total, 3, 4)
	share(t, "old numbers", state[schemas.CodeOldRegistration], total, 2, 3)
	share(t, "full-width characters", wide, total, 13, 20)
	share(t, "no capital", noCapital, total, 200, 260)
	share(t, "foreign capital of companies", foreign, total-sole-cooperative, 15, 40)
	share(t, "sole traders", sole, total, 280, 320)
	share(t, "cooperatives", cooperative, total, 30, 50)
	share(t, "codes of the city or the province", abroad, total, 200, 320)
}

// isWide reports whether the character is a full-width digit or letter; full-width punctuation is usual in Chinese.
func isWide(r rune) bool {
	return r >= '０' && r <= '９' || r >= 'Ａ' && r <= 'Ｚ' || r >= 'ａ' && r <= 'ｚ'
}

// codes are the different codes of a delivery.
func codes(t *testing.T, name string) map[string]bool {
	t.Helper()
	rows := rowsNamed(t, name)
	at := column(t, rows, "统一社会信用代码")
	set := map[string]bool{}
	for _, row := range rows[1:] {
		if at < len(row) && row[at] != "" {
			set[row[at]] = true
		}
	}
	return set
}

// TestCoverage: no department knows everybody, and what they know overlaps.
func TestCoverage(t *testing.T) {
	t.Parallel()
	w, err := newCity(1, 2000)
	if err != nil {
		t.Fatal(err)
	}
	companies := 0
	for _, e := range w.known() {
		if e.isCompany() {
			companies++
		}
	}
	of := func(name string) (known int) {
		set := codes(t, name)
		for _, e := range w.known() {
			if e.isCompany() && set[w.delivered(e)] {
				known++
			}
		}
		return known
	}
	share(t, "finance", of("finance_20260615_full.csv"), companies, 300, 480)
	share(t, "tax", of("tax_20260615_full.parquet"), companies, 720, 900)
	share(t, "insurance", of("insurance_20260615_full.csv"), companies, 620, 800)
	all := len(w.known())
	share(t, "credit", len(codes(t, "credit_20260615_full.jsonl")), all, 20, 45)
	share(t, "penalties", len(codes(t, "penalty_20260615_full.csv")), all, 45, 80)
	mobile := 0
	for _, row := range rowsNamed(t, "contacts_20260615_full.csv")[1:] {
		digits := strings.NewReplacer("-", "", " ", "").Replace(strings.TrimPrefix(row[2], "+86"))
		if len(digits) == 11 && digits[0] == '1' {
			mobile++
		}
		if !strings.Contains(digits, "0000") {
			t.Error("a telephone number that may be somebody's")
		}
	}
	share(t, "mobile numbers", mobile, all, 500, 680)
}

// TestSourcesDisagree: the revenue that statistics and the tax bureau have differs in about one of twenty cases.
func TestSourcesDisagree(t *testing.T) {
	t.Parallel()
	revenue := func(name string) map[string]string {
		rows := rowsNamed(t, name)
		code, yr, at := column(t, rows, "统一社会信用代码"), column(t, rows, "年度"), column(t, rows, "营业收入")
		out := map[string]string{}
		for _, row := range rows[1:] {
			if cell := strings.ReplaceAll(row[at], ",", ""); cell != "" && cell != "-" && cell != "N/A" {
				out[row[code]+row[yr]] = strings.TrimRight(strings.TrimRight(cell, "0"), ".")
			}
		}
		return out
	}
	finance, tax := revenue("finance_20260615_full.csv"), revenue("tax_20260615_full.parquet")
	both, differ := 0, 0
	for key, v := range finance {
		if other, ok := tax[key]; ok {
			both++
			if strings.TrimRight(strings.TrimRight(other, "0"), ".") != v {
				differ++
			}
		}
	}
	share(t, "revenues that differ", differ, both, 25, 90)
}

// TestCodes: every code of every delivery is valid, save those that are meant to be wrong.
func TestCodes(t *testing.T) {
	t.Parallel()
	w, err := newCity(1, 2000)
	if err != nil {
		t.Fatal(err)
	}
	meant := map[string]bool{"": true, "无": true, "13900000000": true}
	for _, code := range w.used {
		meant[code] = true
	}
	for _, f := range made(t) {
		rows := rowsOf(t, f)
		for i, name := range rows[0] {
			if name != "统一社会信用代码" && name != "旧代码" && name != "新代码" {
				continue
			}
			for _, row := range rows[1:] {
				if len(row) != len(rows[0]) {
					continue
				}
				code := strings.ToUpper(schemas.Fold(row[i]))
				if schemas.ClassifyCode(code) != schemas.CodeUSCC && !meant[code] {
					t.Errorf("%s: code %q is wrong and not meant to be", f.name, row[i])
				}
			}
		}
	}
}

// TestOperations: an unknown word rejects its row. There is one such word, on the third night.
func TestOperations(t *testing.T) {
	t.Parallel()
	words := append([]string{"删除"}, (&schemas.Operation{}).UpsertWords()...)
	seen, unknown := map[string]int{}, 0
	for _, f := range made(t) {
		rows := rowsOf(t, f)
		if rows[0][0] != "操作" {
			continue
		}
		for _, row := range rows[1:] {
			seen[row[0]]++
			if !slices.Contains(words, row[0]) {
				unknown++
			}
		}
	}
	if seen["新增"] == 0 || seen["变更"] == 0 || seen["删除"] == 0 || unknown != 1 || seen["作废"] != 1 {
		t.Errorf("operations %v", seen)
	}
}

// TestBenefitsAreItems: what is applied for and paid are items of the sample's policies.
func TestBenefitsAreItems(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob(filepath.Join("..", "mianyang", "policies", "*.yaml"))
	if err != nil || len(paths) == 0 {
		t.Fatal("no policies", err)
	}
	var policies strings.Builder
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		policies.Write(data)
	}
	for _, b := range benefits() {
		if !strings.Contains(policies.String(), "- id: "+b.item+"\n") {
			t.Errorf("%s is paid, and no policy has it", b.item)
		}
	}
}

// TestIndustries: what enterprises live from has a code in the table.
func TestIndustries(t *testing.T) {
	t.Parallel()
	var all []string
	for _, trade := range append(trades(), farming()) {
		all = append(all, trade.industries...)
	}
	for _, shop := range shops() {
		all = append(all, shop.industry)
	}
	table := schemas.NewCodes()
	for _, code := range all {
		if _, ok := table.NormalIndustry(code); !ok {
			t.Errorf("%s is no industry", code)
		}
	}
}
