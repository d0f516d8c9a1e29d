package nation

import (
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zhida/schemas"
)

func options() Options {
	return Options{
		Seed: 1, Enterprises: 3000, Items: 60, Nights: 3, Changed: 20_000, Format: Mixed, Date: schemas.NewDate(2026, 6, 18),
		Policy: func(p *schemas.Policy) []byte { return []byte(p.ID + p.Scope.Text + p.Items[0].Condition.Text) },
	}
}

// made writes a workspace and returns its folder.
func made(t *testing.T, o Options) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "w")
	if _, err := Write(t.Context(), folder, o); err != nil {
		t.Fatal(err)
	}
	return folder
}

// sum is over the names and bytes of all files.
func sum(t *testing.T, folder string) string {
	t.Helper()
	h := sha256.New()
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		fmt.Fprintln(h, strings.TrimPrefix(path, folder), len(data))
		h.Write(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

// TestSameSeedSameBytes: whatever the chunks and the workers; another seed gives others.
func TestSameSeedSameBytes(t *testing.T) {
	t.Parallel()
	for _, change := range []func(*Options){
		func(*Options) {},
		func(o *Options) { o.Full, o.Format = true, CSV },
		func(o *Options) { o.Nation, o.Format, o.Nights, o.Enterprises = true, Parquet, 2, 600 },
	} {
		o := options()
		change(&o)
		want := sum(t, made(t, o))
		o.Workers, o.Chunk = 3, 101
		if got := sum(t, made(t, o)); got != want {
			t.Errorf("%+v: chunks of 101 give %s, want %s", o, got, want)
		}
		o.Seed = 2
		if got := sum(t, made(t, o)); got == want {
			t.Errorf("%+v: seed 2 gives what seed 1 gives", o)
		}
	}
}

// TestCodes: they pass both checks, and no two of a home are equal, arrivals included.
func TestCodes(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for n := range uint64(20_000) {
		for night := range 2 {
			var code [18]byte
			writeCode(&code, 1+int(n%3), "510703", n*37, 12345, night)
			text := string(code[:])
			if schemas.ClassifyCode(text) != schemas.CodeUSCC || schemas.ClassifyCode(text[8:17]) != schemas.CodeOldOrganisation || seen[text[2:]] {
				t.Fatalf("%s is no code, or twice there", text)
			}
			seen[text[2:]] = true
		}
	}
}

// rowsOf reads a delivery.
func rowsOf(t *testing.T, folder, name string) [][]string {
	t.Helper()
	file, err := os.Open(filepath.Join(folder, "deliveries", name))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	r := csv.NewReader(file)
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

// share checks that a part of a whole lies in an interval of parts in 10,000.
func share(t *testing.T, what string, part, whole, low, high int) {
	t.Helper()
	if part*10_000 < low*whole || part*10_000 > high*whole {
		t.Errorf("%s: %d of %d, want %d to %d of 10,000", what, part, whole, low, high)
	}
}

// TestShares: homes, kinds and what is wrong have the shares measured on real data.
func TestShares(t *testing.T) {
	t.Parallel()
	o := options()
	o.Enterprises, o.Format = 40_000, CSV
	folder := made(t, o)
	count, state := map[string]int{}, map[schemas.CodeState]int{}
	rows := rowsOf(t, folder, "registration_510000_20260618_full.csv")
	for _, row := range rows {
		code := strings.ToUpper(schemas.Fold(row[1]))
		s := schemas.ClassifyCode(code)
		if state[s]++; len(row) != 11 || s != schemas.CodeUSCC {
			continue
		}
		if code != row[1] {
			count["odd"]++
		}
		if strings.HasSuffix(code[2:8], "00") {
			count["city"]++
		}
		count[code[:2]]++
		if schemas.IsEmptyWord(row[5], nil) {
			count["no capital"]++
		}
		if !strings.Contains(row[0], "示例") {
			t.Errorf("%q does not say that it is invented", row[0])
		}
	}
	all := len(rows)
	share(t, "wrong check characters", state[schemas.CodeBadCheck], all, 22, 38)
	share(t, "old numbers", state[schemas.CodeOldRegistration], all, 18, 32)
	share(t, "odd codes", count["odd"], all, 18, 35)
	share(t, "codes of cities and provinces", count["city"], all, 2900, 3100)
	share(t, "sole traders", count["92"], all, 6200, 6600)
	share(t, "cooperatives", count["93"], all, 100, 180)
	share(t, "no capital", count["no capital"], all, 1900, 2700)
	share(t, "contacts", len(rowsOf(t, folder, "contacts_510000_20260618_full.csv")), all, 7900, 8100)
	share(t, "credit", len(rowsOf(t, folder, "credit_510000_20260618_full.csv")), all, 250, 400)
	for _, dataset := range []string{"registration", "contacts", "tax", "licence"} {
		full := len(rowsOf(t, folder, dataset+"_510000_20260618_full.csv"))
		share(t, "changed rows of "+dataset, len(rowsOf(t, folder, dataset+"_510000_20260619_increment.csv")), full, 160, 240)
		share(t, "changed rows of "+dataset, len(rowsOf(t, folder, dataset+"_510000_20260622_increment.csv")), full, 160, 240)
	}
}

// TestWrongOptions are refused before anything is written.
func TestWrongOptions(t *testing.T) {
	t.Parallel()
	for _, change := range []func(*Options){
		func(o *Options) { o.Enterprises = 0 },
		func(o *Options) { o.Items = -1 },
		func(o *Options) { o.Nights = 32 },
		func(o *Options) { o.Changed = 1_000_001 },
		func(o *Options) { o.Format = "xml" },
		func(o *Options) { o.Date = 0 },
	} {
		o := options()
		change(&o)
		folder := filepath.Join(t.TempDir(), "w")
		if _, err := Write(t.Context(), folder, o); !errors.Is(err, ErrOptions) {
			t.Errorf("%+v: %v", o, err)
		}
		if _, err := os.Stat(folder); err == nil {
			t.Errorf("%+v: the folder was made", o)
		}
	}
	full := t.TempDir()
	if err := os.WriteFile(filepath.Join(full, "x"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Write(t.Context(), full, options()); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("a folder with a file in it: %v", err)
	}
}
