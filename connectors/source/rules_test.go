package source_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"zhida/connectors/format"
	"zhida/connectors/source"
	"zhida/schemas"
)

func compile(t testing.TB, deliveries ...source.Delivery) *source.Rules {
	t.Helper()
	rules, err := source.Compile(deliveries)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

func TestClassify(t *testing.T) {
	t.Parallel()
	gbk := format.Options{Encoding: format.EncodingGB18030}
	rules := compile(t,
		source.Delivery{Dataset: "registration", Files: "registration_{date}_{mode}.csv", Scope: "510700"},
		source.Delivery{Dataset: "tax", Files: "{scope}/tax_*_{date}.csv", Mode: schemas.ModeIncrement, Format: gbk},
		source.Delivery{Dataset: "登记", Files: "登记(新)_{date}.[1].csv", Mode: schemas.ModeFull},
	)
	day := schemas.NewDate(2026, 6, 15)
	for _, c := range []struct {
		name string
		want source.Object
	}{
		{"registration_20260615_full.csv", source.Object{Dataset: "registration", Date: day, Mode: schemas.ModeFull, Scope: "5107"}},
		{"registration_2026-06-15_追加.csv", source.Object{Dataset: "registration", Date: day, Mode: schemas.ModeAppend, Scope: "5107"}},
		{"registration_2026-06-15_增量.csv", source.Object{Dataset: "registration", Date: day, Mode: schemas.ModeIncrement, Scope: "5107"}},
		{"registration_2026-06-15_全量.csv", source.Object{Dataset: "registration", Date: day, Mode: schemas.ModeFull, Scope: "5107"}},
		{"510703/tax_a_b_20260615.csv", source.Object{Dataset: "tax", Date: day, Mode: schemas.ModeIncrement, Scope: "510703", Format: gbk}},
		{"510000/tax__20260615.csv", source.Object{Dataset: "tax", Date: day, Mode: schemas.ModeIncrement, Scope: "51", Format: gbk}},
		{"登记(新)_20260615.[1].csv", source.Object{Dataset: "登记", Date: day, Mode: schemas.ModeFull}},
		{"registration_20260231_full.csv", source.Object{Problem: "the calendar has no day 20260231"}},
		{"51070/tax_a_20260615.csv", source.Object{Problem: "scope 51070 is no region code"}},
		{"registration_20260615_full.csv.bak", source.Object{Problem: "the name matches no pattern"}},
		{"x/registration_20260615_full.csv", source.Object{Problem: "the name matches no pattern"}},
		{"REGISTRATION_20260615_full.csv", source.Object{Problem: "the name matches no pattern"}},
		{"registration_20260615_full.csv\n", source.Object{Problem: "the name is not UTF-8 or has control characters"}},
		{"\xB5\xC7.csv", source.Object{Problem: "the name is not UTF-8 or has control characters"}},
	} {
		c.want.Name, c.want.Size = c.name, 7
		if got := rules.Classify(c.name, 7); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q:\n got %+v\nwant %+v", c.name, got, c.want)
		}
	}
	for folder, want := range map[string]bool{"510703": true, "archive": false, "510703/x": false} {
		if got := rules.Reaches(folder); got != want {
			t.Errorf("reaches %s: %v", folder, got)
		}
	}
}

func TestCompileRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		files string
		want  string
	}{
		{"", "a delivery needs a pattern of file names"},
		{"a.csv", `pattern "a.csv" has no {date}: a delivery needs its business date`},
		{"{date}{date}", "pattern has {date} twice"},
		{"{date}_{day}.csv", `pattern part "{day}.csv": known are {date}, {mode}, {scope} and *`},
		{"{date", `pattern part "{date": known are {date}, {mode}, {scope} and *`},
		{"{date}}", `pattern part "}": known are {date}, {mode}, {scope} and *`},
		{"../{date}.csv", `pattern "../{date}.csv": want a path within the source, without '.' and '..'`},
		{"a/../{date}.csv", `pattern "a/../{date}.csv": want a path within the source, without '.' and '..'`},
		{"/{date}.csv", `pattern "/{date}.csv": want a path within the source, without '.' and '..'`},
		{`a\{date}.csv`, `pattern "a\\{date}.csv": write '/' between folders`},
		{"{date}.tmp", `pattern "{date}.tmp": such files are taken for unfinished or hidden ones and left out`},
	} {
		_, err := source.Compile([]source.Delivery{{Dataset: "a", Files: c.files, Mode: schemas.ModeFull}})
		var fault *source.ConfigError
		if !errors.As(err, &fault) || err.Error() != c.want {
			t.Errorf("%q:\n got %v\nwant %s", c.files, err, c.want)
		}
	}
	_, err := source.Compile([]source.Delivery{
		{Files: "{date}", Scope: "5", Format: format.Options{Encoding: "latin-1"}},
		{Dataset: "a", Files: "{date}.csv", Mode: "patch"},
	})
	want := []string{
		"a delivery needs a dataset",
		`pattern "{date}" has no {mode}: give the delivery's mode`,
		`scope "5" is no region code`,
		`unknown encoding "latin-1": known are utf-8, gb18030 (also gbk), utf-16le, utf-16be`,
		`unknown mode "patch": known are [full increment append]`,
	}
	if err == nil || err.Error() != strings.Join(want, "\n") {
		t.Errorf("got %v", err)
	}
}

func TestCompileFindsOverlap(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"a_{date}.csv", "a_{date}.csv", true},
		{"a_{date}.csv", "a_*{date}.csv", true},
		{"a_{date}_{mode}.csv", "a_{date}_*.csv", true},
		{"a_{date}_{mode}.csv", "a_{date}_full.csv", true},
		{"{date}{scope}", "{scope}{date}", true},
		{"*_{date}.csv", "tax_{date}.csv", true},
		{"{scope}/a_{date}.csv", "5107/a_{date}.csv", true},
		{"a_{date}.csv", "b_{date}.csv", false},
		{"a_{date}.csv", "a_{date}_{mode}.csv", false},
		{"*/{date}.csv", "*{date}.csv", false},
		{"{scope}/a_{date}.csv", "绵阳/a_{date}.csv", false},
		{"{date}.csv", "{date}.CSV", false},
	} {
		_, err := source.Compile([]source.Delivery{
			{Dataset: "a", Files: c.a, Mode: schemas.ModeFull}, {Dataset: "b", Files: c.b, Mode: schemas.ModeFull},
		})
		if (err != nil) != c.want {
			t.Errorf("%q and %q: %v", c.a, c.b, err)
		}
	}
}

func TestIgnored(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"a.csv": false, "a.csv.part": true, "a.TMP": true, "a.csv~": true, ".a.csv": true, "~$a.xlsx": true,
		".snapshot/a.csv": true, "a/b.csv": false, "a.csv.filepart": true, "partner.csv": false,
	} {
		if got := source.Ignored(name); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// FuzzClassify checks that no name breaks the rules, and that two patterns with one name in common are refused.
func FuzzClassify(f *testing.F) {
	f.Add("a_{date}.csv", "b_{scope}*{date}{mode}", "a_20260615.csv")
	f.Add("{date}*", "*{date}", "2026061520260615")
	f.Add("{scope}/{date}", "*/{date}", "51/20260615")
	f.Fuzz(func(t *testing.T, a, b, name string) {
		matches := func(files string) bool {
			rules, err := source.Compile([]source.Delivery{{Dataset: "a", Files: files, Mode: schemas.ModeFull}})
			if err != nil {
				return false
			}
			o := rules.Classify(name, 1)
			if o.IsDelivery() && (o.Date.IsZero() || o.Problem != "" || o.Mode == "") {
				t.Errorf("%q is %+v", name, o)
			}
			return o.IsDelivery()
		}
		if !matches(a) || !matches(b) {
			return
		}
		_, err := source.Compile([]source.Delivery{
			{Dataset: "a", Files: a, Mode: schemas.ModeFull}, {Dataset: "b", Files: b, Mode: schemas.ModeFull},
		})
		if err == nil {
			t.Errorf("%q matches %q and %q", name, a, b)
		}
	})
}

func TestComplete(t *testing.T) {
	t.Parallel()
	full := schemas.ModeFull
	rules := compile(t,
		source.Delivery{Dataset: "tax", Files: "tax/{date}_{mode}.csv", Complete: source.Complete{Marker: "{file}.ok"}},
		source.Delivery{Dataset: "annual", Files: "annual_*_{date}.csv", Mode: full, Complete: source.Complete{Manifest: "sums/{date}.md5"}},
		source.Delivery{Dataset: "court", Files: "court_{scope}_{date}.csv", Mode: full, Complete: source.Complete{Manifest: "sums/{date}.md5"}},
		source.Delivery{Dataset: "loans", Files: "loans_{date}.csv", Mode: full, Complete: source.Complete{Rest: time.Minute}},
	)
	const unknown = "the name matches no pattern"
	for name, want := range map[string]source.Object{
		"tax/2026-06-15_全量.csv":         {Dataset: "tax", Complete: source.Complete{Marker: "tax/2026-06-15_全量.csv.ok"}},
		"annual_a_2026-06-15.csv":       {Dataset: "annual", Complete: source.Complete{Manifest: "sums/2026-06-15.md5"}},
		"court_510703_20260615.csv":     {Dataset: "court", Scope: "510703", Complete: source.Complete{Manifest: "sums/20260615.md5"}},
		"loans_20260615.csv":            {Dataset: "loans", Complete: source.Complete{Rest: time.Minute}},
		"tax/2026-06-15_full.csv.ok":    {Part: source.PartMarker},
		"sums/20260615.md5":             {Part: source.PartManifest, Dataset: "annual"},
		"sums/20260615.md5.bak":         {Problem: unknown},
		"tax/2026-06-15_full.csv.ok.ok": {Problem: unknown},
	} {
		want.Name, want.Size = name, 1
		if want.Complete != (source.Complete{}) {
			want.Date, want.Mode = schemas.NewDate(2026, 6, 15), full
		}
		if got := rules.Classify(name, 1); got != want {
			t.Errorf("%s:\n got %+v\nwant %+v", name, got, want)
		}
	}
	if !rules.Reaches("sums") || rules.Reaches("other") {
		t.Error("manifests are not looked for, or everywhere")
	}
	for want, deliveries := range map[string][]source.Delivery{
		"give one":                 {{Files: "a_{date}.csv", Complete: source.Complete{Marker: "{file}.ok", Rest: 1}}},
		"write {file}":             {{Files: "a_{date}.csv", Complete: source.Complete{Marker: "*.ok"}}},
		"has no {scope}":           {{Files: "a_{date}.csv", Complete: source.Complete{Marker: "{file}{scope}"}}},
		"has no {date}":            {{Files: "a_{date}.csv", Complete: source.Complete{Marker: "ok"}}},
		"left out":                 {{Files: "a_{date}.csv", Complete: source.Complete{Marker: "{file}.tmp"}}},
		"cannot rest":              {{Files: "a_{date}.csv", Complete: source.Complete{Rest: -1}}},
		"the delivery":             {{Files: "a_{date}.*", Complete: source.Complete{Marker: "{file}.ok"}}},
		`the marker "a_{date}.ok"`: {{Files: "a_{date}.csv", Complete: source.Complete{Marker: "a_{date}.ok"}}, {Files: "*_{date}.ok"}},
		`the manifest "a_{date}"`:  {{Files: "a_{date}.csv", Complete: source.Complete{Marker: "a_{date}"}}, {Files: "b_{date}.csv", Complete: source.Complete{Manifest: "a_{date}"}}},
	} {
		for i := range deliveries {
			deliveries[i].Dataset, deliveries[i].Mode = "x", full
		}
		if _, err := source.Compile(deliveries); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %q", deliveries, err, want)
		}
	}
}
