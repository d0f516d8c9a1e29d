package archive_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	stdcsv "encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"strings"
	"testing"

	"zhida/connectors/conntest"
	"zhida/connectors/format"
	"zhida/connectors/format/archive"
	"zhida/connectors/format/csv"
)

func choose(name string) (format.Opener, error) {
	if format.Extension(name) == "csv" {
		return csv.Open, nil
	}
	return nil, fmt.Errorf("a file of format %q is in it", format.Extension(name))
}

// always is for the suite, whose files have names without an extension.
func always(string) (format.Opener, error) { return csv.Open, nil }

func openGzip(file *io.SectionReader, name string, options format.Options) (format.Reader, error) {
	return archive.Gzip(choose)(file, name, options)
}

func openZip(file *io.SectionReader, name string, options format.Options) (format.Reader, error) {
	return archive.Zip(choose)(file, name, options)
}

func write(w io.Writer, header []string, rows iter.Seq[[]string]) error {
	out := stdcsv.NewWriter(w)
	_ = out.Write(header)
	for row := range rows {
		_ = out.Write(row)
	}
	out.Flush()
	return out.Error()
}

func writeGzip(w io.Writer, header []string, rows iter.Seq[[]string]) error {
	packed := gzip.NewWriter(w)
	return errors.Join(write(packed, header, rows), packed.Close())
}

func writeZip(w io.Writer, header []string, rows iter.Seq[[]string]) error {
	packed := zip.NewWriter(w)
	file, err := packed.Create("内/表.csv")
	if err != nil {
		return err
	}
	return errors.Join(write(file, header, rows), packed.Close())
}

func TestConformance(t *testing.T) {
	t.Parallel()
	conntest.Formats(t, conntest.Format{Open: archive.Gzip(always), Write: writeGzip})
}

func TestConformanceZip(t *testing.T) {
	t.Parallel()
	conntest.Formats(t, conntest.Format{Open: openZip, Write: writeZip})
}

// TestFlatMemory is not parallel: it measures the heap.
func TestFlatMemory(t *testing.T) {
	conntest.FlatMemory(t, conntest.Format{Open: archive.Gzip(always), Write: writeGzip})
	conntest.FlatMemory(t, conntest.Format{Open: openZip, Write: writeZip})
}

// zipped is an archive of files, all with these flags.
func zipped(t *testing.T, flags uint16, files ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range files {
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Flags: flags})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(name, "/") {
			_, _ = io.WriteString(f, "a,b\n1,2\n")
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// linked is an archive of a symbolic link.
func linked(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	header := &zip.FileHeader{Name: "a.csv"}
	header.SetMode(fs.ModeSymlink | 0o777)
	f, err := w.CreateHeader(header)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(f, "/etc/passwd")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func gzipped(t *testing.T, content io.Reader) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := io.Copy(w, content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// read reads a file to its end.
func read(file []byte, name string) (format.Stats, error) {
	open := openZip
	if strings.HasSuffix(name, ".gz") {
		open = openGzip
	}
	r, err := open(io.NewSectionReader(bytes.NewReader(file), 0, int64(len(file))), name, format.Options{})
	if err != nil {
		return format.Stats{}, err
	}
	defer r.Close()
	for {
		record, err := r.Next(context.Background())
		if errors.Is(err, io.EOF) {
			return r.Stats(), nil
		}
		if err != nil {
			return r.Stats(), err
		}
		record.Release()
	}
}

func TestWhatCannotBeRead(t *testing.T) {
	t.Parallel()
	whole := gzipped(t, strings.NewReader(strings.Repeat("a,b\n1,2\n", 100_000)))
	wrong := bytes.Clone(whole)
	wrong[len(wrong)-6]++ // of the checksum
	for _, c := range []struct {
		name string
		file []byte
		says string
	}{
		{"empty.zip", nil, "the file is empty"},
		{"empty.csv.gz", nil, "the file is empty"},
		{"text.zip", []byte("a,b\n1,2\n"), "no zip archive"},
		{"text.csv.gz", []byte("a,b\n1,2\n"), "not packed by gzip"},
		{"nothing.zip", zipped(t, 0, "内/", "__MACOSX/._a.csv", ".DS_Store", "Thumbs.db"), "the archive has no file"},
		{"two.zip", zipped(t, 0, "a.csv", "b.csv"), "the archive has 2 files: which one is the delivery is not known"},
		{"up.zip", zipped(t, 0, "../../etc/a.csv"), `its file "../../etc/a.csv" has a name that leads out of the archive`},
		{"up.zip", zipped(t, 0, `..\a.csv`), "leads out of the archive"},
		{"root.zip", zipped(t, 0, "/etc/a.csv"), "leads out of the archive"},
		{"drive.zip", zipped(t, 0, `C:\a.csv`), "leads out of the archive"},
		{"link.zip", linked(t), `"a.csv" in it is a link or no regular file`},
		{"nested.zip", zipped(t, 0, "a.zip"), `a file of format "zip" is in it; pack a CSV`},
		{"nested.zip", zipped(t, 0, "a.csv.gz"), `a file of format "gz" is in it; pack a CSV`},
		{"nested.zip.gz", gzipped(t, bytes.NewReader(zipped(t, 0, "a.csv"))), `a file of format "zip" is in it; pack a CSV`},
		{"nested.csv.gz.gz", gzipped(t, strings.NewReader("x")), `a file of format "gz" is in it; pack a CSV`},
		{"password.zip", zipped(t, 1, "a.csv"), "has a password"},
		{"workbook.zip", zipped(t, 0, "a.xlsx"), `a file of format "xlsx" is in it; pack a CSV`},
		{"cut.zip", zipped(t, 0, "a.csv")[:60], "or it is cut off"},
		{"workbook.xlsx.gz", gzipped(t, strings.NewReader("PK")), `a file of format "xlsx" is in it`},
		{"cut.csv.gz", whole[:len(whole)/2], "damaged or cut off: unexpected EOF"},
		{"end.csv.gz", whole[:len(whole)-4], "damaged or cut off: unexpected EOF"},
		{"wrong.csv.gz", wrong, "damaged or cut off: gzip: invalid checksum"},
		{"more.csv.gz", append(bytes.Clone(whole), "more"...), "damaged or cut off"},
		{"bomb.csv.gz", gzipped(t, io.MultiReader(strings.NewReader("a,b\n"), io.LimitReader(repeated("1,2\n"), 100<<20))), "to more than 200 times its size"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := read(c.file, c.name)
			var told *format.FatalError
			if !errors.As(err, &told) || told.File != c.name || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v; want one of %s saying %s", err, c.name, c.says)
			}
		})
	}
}

// repeated is text without end.
type repeated string

func (r repeated) Read(p []byte) (int, error) {
	n := len(p) / len(r) * len(r)
	for i := 0; i < n; i += len(r) {
		copy(p[i:], r)
	}
	return n, nil
}

// TestWhatLiesBeside reads the one file of an archive that has other things in it too, and a file packed in two parts.
func TestWhatLiesBeside(t *testing.T) {
	t.Parallel()
	two := append(gzipped(t, strings.NewReader("a,b\n1,2\n")), gzipped(t, strings.NewReader("3,4\n"))...)
	for name, c := range map[string]struct {
		file []byte
		rows int64
	}{
		"mac.zip":      {zipped(t, 0, "内/", "内/a.CSV", "__MACOSX/内/._a.csv"), 1},
		"windows.zip":  {zipped(t, 0, `内\a.csv`), 1},
		"gbk.zip":      {zipped(t, 0, "\xc6\xf3\xd2\xb5.csv"), 1},
		"parts.csv.gz": {two, 2},
	} {
		if s, err := read(c.file, name); err != nil || s.Good != c.rows || s.Bytes != int64(len(c.file)) {
			t.Errorf("%s: %+v, %v", name, s, err)
		}
	}
}

func FuzzOpen(f *testing.F) {
	f.Add([]byte("PK\x05\x06"), true)
	f.Add([]byte("\x1f\x8b\x08"), false)
	f.Fuzz(func(t *testing.T, file []byte, zip bool) {
		name := "a.csv.gz"
		if zip {
			name = "a.zip"
		}
		_, err := read(file, name)
		var told *format.FatalError
		if err != nil && !errors.As(err, &told) {
			t.Errorf("%v, which no person is told what to do about", err)
		}
	})
}
