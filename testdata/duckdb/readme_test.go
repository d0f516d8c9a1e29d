package duckdb_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"regexp"
)

// readme runs the query that README.md shows, on what was exported.
func (s *sample) readme(folder string) {
	s.t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		s.t.Fatal(err)
	}
	shown := regexp.MustCompile(`(?s)duckdb -c "(.*?)"`).FindSubmatch(data)
	if shown == nil {
		s.t.Fatal("README.md shows no query")
	}
	query := regexp.MustCompile(`'(\w+\.parquet)'`).ReplaceAllString(string(shown[1]), "'"+folder+"/$1'")
	db, err := sql.Open("duckdb", "")
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	var zhida, here int64
	if err := db.QueryRowContext(s.t.Context(), query).Scan(&zhida, &here); err != nil || zhida != here || zhida == 0 {
		s.t.Errorf("README.md's query says %d and %d: %v", zhida, here, err)
	}
}
