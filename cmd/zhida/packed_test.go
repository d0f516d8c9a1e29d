package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// pack replaces the deliveries of a dataset by packed ones.
func (s *testSite) pack(dataset, extension string, pack func(name string, content []byte) ([]byte, error)) {
	s.t.Helper()
	names, err := filepath.Glob(s.deliveries(dataset + "_*.csv"))
	if err != nil || len(names) == 0 {
		s.t.Fatalf("%d deliveries, %v", len(names), err)
	}
	for _, name := range names {
		packed, err := pack(filepath.Base(name), s.read(name))
		if err := errors.Join(err, os.Remove(name)); err != nil {
			s.t.Fatal(err)
		}
		s.write(strings.TrimSuffix(name, ".csv")+extension, packed)
	}
	config := filepath.Join(s.workspace, "zhida.yaml")
	s.write(config, bytes.Replace(s.read(config), []byte(dataset+"_{date}_{mode}.csv"), []byte(dataset+"_{date}_{mode}"+extension), 1))
}

// TestPackedDeliveries compares nights whose deliveries were packed with those of the same files as they are.
func TestPackedDeliveries(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	plain, packed := newSite(t, key), newSite(t, key)
	packed.pack("registration", ".csv.gz", func(_ string, content []byte) ([]byte, error) {
		var out bytes.Buffer
		w := gzip.NewWriter(&out)
		_, err := w.Write(content)
		err = errors.Join(err, w.Close())
		return out.Bytes(), err
	})
	packed.pack("annual", ".zip", func(name string, content []byte) ([]byte, error) {
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		f, err := w.Create(name)
		if err != nil {
			return nil, err
		}
		_, err = f.Write(content)
		err = errors.Join(err, w.Close())
		return out.Bytes(), err
	})
	plain.nights()
	packed.nights()
	want, got := plain.artefacts(), packed.artefacts()
	for _, names := range []map[string]string{want, got} {
		maps.DeleteFunc(names, func(name, _ string) bool {
			kind, _, _ := strings.Cut(name, "/")
			return kind != "standard" && kind != "current" && kind != "profile" && kind != "match"
		})
	}
	if len(want) < 20 || !maps.Equal(got, want) {
		t.Errorf("%d artefacts, want %d, or others", len(got), len(want))
	}
}
