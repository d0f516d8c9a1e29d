package script

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"zhida/pipeline/workspace"
	"zhida/schemas"
)

// Statement is a part of the script.
type Statement struct {
	Stage string // Ingest, Profile, Match or Write
	SQL   string
}

// The stages.
const (
	Ingest  = "ingest"
	Profile = "profile"
	Match   = "match"
	Write   = "write"
)

// Script is a night in SQL.
type Script struct {
	Statements []Statement
	Items      []string          // by number, as verdicts name them
	Tags       []string          // that have a column "tag NAME" in profile
	Refused    map[string]string // items and tags (as "tag NAME") that are not said in SQL, and why
}

// Left lists what a night of zhida does and the script does not.
func Left() []string {
	return []string{
		"rejects with their reasons, flags, profiles of columns, gates that hold a night",
		"what is personal, encrypted apart from the rows",
		"ranges of unknown numbers, shelf lives, sets of what a code or a word can still be (but for size classes)",
		"who needs which facts, who narrowly misses and by how much",
		"amounts, ranks, exclusive groups, what was paid before",
		"facts that disagree between sources",
		"changes since the night before and their causes, pushes and their baselines, the ledger",
		"reports, explanations",
		"rows kept for the next night, one that was killed and goes on",
	}
}

// Column is a column of a delivery as it lies in the file.
type Column struct{ Name, Type string }

// Columns tells the columns of a file, which DuckDB is asked before the clock runs.
type Columns func(path string) ([]Column, error)

// writer writes a script.
type writer struct {
	Script
	ws      *workspace.Workspace
	today   schemas.Date
	folder  string
	columns Columns
	asker
}

// New writes the script of the first night of a workspace that zhida gen made. The verdicts go to a file.
func New(ws *workspace.Workspace, today schemas.Date, columns Columns, verdicts string) (*Script, error) {
	w := &writer{ws: ws, today: today, folder: filepath.Join(ws.Dir, "deliveries"), columns: columns}
	w.Refused = map[string]string{}
	w.asker = newAsker(ws, today)
	for _, step := range []func() error{w.codes, w.crosswalk, w.registration, w.facts, w.profile} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	w.match()
	w.add(Write, "COPY (SELECT i.name AS 事项, p.code AS 统一社会信用代码 FROM verdicts v JOIN items i USING (item) JOIN profile p USING (id)) TO %s (FORMAT parquet)", text(verdicts))
	w.add(Write, "CHECKPOINT")
	return &w.Script, nil
}

func (w *writer) add(stage, format string, args ...any) {
	w.Statements = append(w.Statements, Statement{stage, fmt.Sprintf(format, args...)})
}

// match asks a query for each item. The profile is sorted by region, so that the database's zone maps leave out what cannot
// be in the item's region.
func (w *writer) match() {
	w.add(Match, "CREATE TABLE verdicts (item UINTEGER, id UINTEGER)")
	names := make([]string, 0, len(w.conditions))
	for i, it := range w.conditions {
		w.Items = append(w.Items, it.id)
		names = append(names, fmt.Sprintf("(%d, %s)", i, text(it.id)))
		if it.sql == "" {
			continue
		}
		w.add(Match, "INSERT INTO verdicts SELECT %d, id FROM profile WHERE living AND %s", i, it.sql)
	}
	w.add(Write, "CREATE TABLE items (item UINTEGER, name VARCHAR)")
	for part := range slices.Chunk(names, 1000) {
		w.add(Write, "INSERT INTO items VALUES %s", strings.Join(part, ", "))
	}
}

// quote makes a name of SQL, text a string.
func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func text(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

func texts(words []string) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = text(w)
	}
	return strings.Join(out, ", ")
}
