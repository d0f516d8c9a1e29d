package all_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"zhida/connectors/all"
	"zhida/connectors/format"
	"zhida/connectors/source"
	"zhida/schemas"
)

func TestSource(t *testing.T) {
	t.Parallel()
	config := source.Config{
		Name: "exchange", Kind: all.KindDir, Path: t.TempDir(),
		Deliveries: []source.Delivery{{Dataset: "tax", Files: "{date}.csv", Mode: schemas.ModeFull}},
	}
	s, err := all.Source(config)
	if err != nil {
		t.Fatal(err)
	}
	if objects, err := s.List(t.Context()); err != nil || len(objects) != 0 {
		t.Errorf("listed %+v, %v", objects, err)
	}
	config.Kind = "gopher"
	if _, err := all.Source(config); err == nil || err.Error() != `source exchange: unknown kind of source "gopher": known are dir, sftp, ftp, s3, oss, postgresql, mysql, http` {
		t.Errorf("got %v", err)
	}
}

func TestOpen(t *testing.T) {
	t.Parallel()
	file := io.NewSectionReader(strings.NewReader("a,b\n1,2\n"), 0, 8)
	for _, name := range []string{"a.csv", "folder/a.CSV", "a.b.tsv", "a.txt"} {
		r, err := all.Open(name, file, format.Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if _, err := r.Next(t.Context()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		_ = r.Close()
	}
	for _, extension := range all.Extensions() {
		if open, err := all.Formats(extension); open == nil || err != nil {
			t.Errorf("%s is listed: %v", extension, err)
		}
	}
	for _, name := range []string{"a.docx", "a", "csv"} {
		_, err := all.Open(name, file, format.Options{})
		var fatal *format.FatalError
		if !errors.As(err, &fatal) || fatal.File != name {
			t.Errorf("%s: %v", name, err)
		}
	}
}
