package manifest_test

import (
	"errors"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"zhida/connectors/source/manifest"
)

// Checksums of "abc", from the standards.
const (
	md5OfABC    = "900150983cd24fb0d6963f7d28e17f72"
	sha1OfABC   = "a9993e364706816aba3e25717850c26c9cd0d89d"
	sha256OfABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
	sm3OfABC    = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
)

func read(t testing.TB, name, text string) *manifest.Manifest {
	t.Helper()
	m, err := manifest.Read(name, strings.NewReader(text))
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return m
}

func TestRead(t *testing.T) {
	t.Parallel()
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String("文件名,记录数,大小,校验值\r\n税务_20260615.csv,12,345,\r\n")
	if err != nil {
		t.Fatal(err)
	}
	sum := func(sum string) manifest.Entry { return manifest.Entry{Rows: -1, Bytes: -1, Sum: sum} }
	for _, c := range []struct {
		name, text, file string
		want             manifest.Entry
	}{
		{"md5sum", md5OfABC + "  a.csv\n", "a.csv", sum(md5OfABC)},
		{"binary mode", strings.ToUpper(sha256OfABC) + " *a.csv\r\n", "a.csv", sum(sha256OfABC)},
		{"a comment and an empty line", md5OfABC + "  b.csv\n\n# x\n" + sha1OfABC + "  a.csv", "a.csv", sum(sha1OfABC)},
		{"tagged", "SM3 (a.csv) = " + sm3OfABC + "\n", "a.csv", sum(sm3OfABC)},
		{"openssl", "SHA2-256(out/a.csv)= " + sha256OfABC + "\n", "a.csv", sum(sha256OfABC)},
		{"a name with a space", md5OfABC + "  a b.csv\n", "a b.csv", sum(md5OfABC)},
		{"an escaped name", `\` + md5OfABC + "  out\\\\a.csv\n", "a.csv", sum(md5OfABC)},
		{"named twice: the later line", md5OfABC + "  a.csv\n" + sha256OfABC + "  a.csv\n", "a.csv", sum(sha256OfABC)},
		{"named twice, by other paths", md5OfABC + "  a.csv\n" + sha256OfABC + "  /out/a.csv\n", "a.csv", sum(sha256OfABC)},
		{"several folders", md5OfABC + "  5107/a.csv\n" + sha256OfABC + "  5108/a.csv\n", "sums/5107/a.csv", sum(md5OfABC)},
		{"in a folder", md5OfABC + "  ./a.csv\n", "sums/a.csv", sum(md5OfABC)},
		{"a path of the sender's", md5OfABC + "  D:\\out\\a.csv\n", "tax/a.csv", sum(md5OfABC)},
		{"table", "\ufefffile,rows,bytes,sum\na.csv,1,3," + strings.ToUpper(md5OfABC) + "\n", "a.csv", manifest.Entry{Rows: 1, Bytes: 3, Sum: md5OfABC}},
		{"table of rows", "rows,批次,File\n0,7,a.csv\n", "a.csv", manifest.Entry{Rows: 0, Bytes: -1}},
		{"table in GB18030", gbk, "税务_20260615.csv", manifest.Entry{Rows: 12, Bytes: 345}},
	} {
		got, ok := read(t, "sums/sums_20260615.txt", c.text).Find(c.file)
		if !ok || got != c.want {
			t.Errorf("%s: %+v, %v; want %+v", c.name, got, ok, c.want)
		}
	}
	m := read(t, "m.csv", "file,rows\nout/a.csv,1\nb.csv,2\n")
	if _, ok := m.Find("c.csv"); ok {
		t.Error("a file was found that is not named")
	}
	if others := m.Others([]string{"tax/b.csv", "c.csv"}); !slices.Equal(others, []string{"out/a.csv"}) {
		t.Errorf("others %q", others)
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                          "it is empty",
		"hello\n":                   "line 1: want checksum lines, or a header with the column file",
		"file\na.csv\n":             "line 1: want checksum lines, or a header",
		"file,md5,sha256\n":         `line 1: "sha256" is a second column for sum`,
		md5OfABC + "  a.csv\nx\n":   "line 2: want a checksum of 32, 40 or 64 hexadecimal digits",
		md5OfABC[1:] + "  a.csv\n":  "line 1: want checksum lines",
		"file,rows\na.csv,-1\n":     `line 2: rows "-1": want a whole number`,
		"file,bytes\na.csv,1万\n":    `line 2: bytes "1万": want a whole number`,
		"file,sum\na.csv,abc\n":     `line 2: sum "abc": want 32, 40 or 64 hexadecimal digits`,
		"file,sum\n,12\n":           "line 2: no name of a file",
		"file,sum,rows\na.csv,,\n":  "line 2: neither rows nor bytes nor sum of a.csv",
		"file,rows\na.csv,1\nb\n":   "wrong number of fields",
		"file,rows\n\xff\xff,1\n":   "neither UTF-8 nor GB18030",
		strings.Repeat("x", 17<<20): "longer than 16777216 bytes",
	} {
		if _, err := manifest.Read("m", strings.NewReader(text)); !errors.Is(err, manifest.ErrForm) || !strings.Contains(err.Error(), want) {
			t.Errorf("%.30q: %v, want %q", text, err, want)
		}
	}
}

func TestDigest(t *testing.T) {
	t.Parallel()
	for _, sum := range []string{"", md5OfABC, sha1OfABC, sha256OfABC, sm3OfABC} {
		for content, right := range map[string]bool{"abc": true, "abd": false} {
			d := manifest.Entry{Sum: sum}.Digest()
			for i := range content {
				if n, err := d.Write([]byte(content[i : i+1])); n != 1 || err != nil {
					t.Fatal(n, err)
				}
			}
			err := d.Check()
			if (err == nil) != (right || sum == "") {
				t.Errorf("%s of %q: %v", sum, content, err)
			}
			if err != nil && !strings.Contains(err.Error(), "its manifest says "+sum) {
				t.Errorf("%v", err)
			}
		}
	}
}

// TestPrograms reads what the programs write that senders use.
func TestPrograms(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if out, err := exec.CommandContext(t.Context(), "sh", "-c", "printf abc >'"+filepath.Join(dir, "税务 1.csv")+"'").CombinedOutput(); err != nil {
		t.Fatal(err, string(out))
	}
	for command, want := range map[string]string{
		"md5sum *": md5OfABC, "sha1sum *": sha1OfABC, "sha256sum *": sha256OfABC, "sha256sum --tag *": sha256OfABC, "md5sum --tag *": md5OfABC,
		"sha256sum -b ./*": sha256OfABC, "cksum -a sm3 *": sm3OfABC,
	} {
		c := exec.CommandContext(t.Context(), "sh", "-c", command)
		c.Dir = dir
		out, err := c.Output()
		if err != nil {
			t.Fatal(command, err)
		}
		if got, ok := read(t, "sums", string(out)).Find("税务 1.csv"); !ok || got.Sum != want {
			t.Errorf("%s: %+v, %v", command, got, ok)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(md5OfABC + "  a.csv\n")
	f.Add("file,rows,bytes,sum\na.csv,1,3,\n")
	f.Add("SM3 (a) = " + sm3OfABC)
	f.Fuzz(func(t *testing.T, text string) {
		m, err := manifest.Read("d/m", strings.NewReader(text))
		if err != nil {
			return
		}
		for _, file := range m.Others(nil) {
			if e, ok := m.Find("d/" + file); !ok || e.Rows < 0 && e.Bytes < 0 && e.Sum == "" {
				t.Errorf("%q names %q and says %+v, %v", text, file, e, ok)
			}
		}
	})
}
