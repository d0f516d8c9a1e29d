package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"zhida/pipeline/workspace"
	"zhida/schemas"
	"zhida/testdata/peers/script"
)

// sqlRan is what a night in SQL took, and what it came to.
type sqlRan struct {
	Stages  map[string]float64  `json:"stages"`
	Items   map[string]int64    `json:"items"`   // who is sure
	Tags    map[string][2]int64 `json:"tags"`    // yes, unknown, of the living
	Refused map[string]string   `json:"refused"` // items and tags that are not said in SQL
	peak    float64
}

func (r *sqlRan) seconds() (sum float64) {
	for _, s := range r.Stages {
		sum += s
	}
	return sum
}

// sqlNight puts a night of zhida beside DuckDB's: the same deliveries, a process each. Their answers are compared before a
// time is told.
func (b *bench) sqlNight(ctx context.Context) (err error) {
	folder, err := os.MkdirTemp(b.scratch, "nights")
	if err != nil {
		return fmt.Errorf("make room for nights: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	s := b.site(folder, "sql", b.nightly, "--nights", "1")
	ours, err := s.first(ctx)
	if err != nil {
		return err
	}
	theirs, err := s.inSQL(ctx)
	if err != nil {
		return err
	}
	if err := s.compareNights(theirs); err != nil {
		return err
	}
	b.logf("night in SQL: %d enterprises: DuckDB %.1f s (ingest %.1f, profile %.1f, match %.1f, write %.1f), %.0f MiB; zhida %s", b.nightly,
		theirs.seconds(), theirs.Stages[script.Ingest], theirs.Stages[script.Profile], theirs.Stages[script.Match], theirs.Stages[script.Write], theirs.peak, ours)
	b.logf("night in SQL: what DuckDB is not asked to do:\n  %s", strings.Join(script.Left(), "\n  "))
	b.put("night_speedup_duckdb", theirs.seconds()/ours.seconds)
	return nil
}

// inSQL runs the script in a process of its own, so that its memory is its own.
func (s *site) inSQL(ctx context.Context) (*sqlRan, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find this program: %w", err)
	}
	c := exec.CommandContext(ctx, program, scriptCommand, s.folder, filepath.Join(filepath.Dir(s.folder), "duckdb"))
	c.Stderr = os.Stderr
	out, err := c.Output()
	if err != nil {
		return nil, fmt.Errorf("run the night in SQL: %w", err)
	}
	r := &sqlRan{}
	if err := json.Unmarshal(out, r); err != nil {
		return nil, fmt.Errorf("read what the night in SQL took: %w", err)
	}
	if u, ok := c.ProcessState.SysUsage().(*syscall.Rusage); ok {
		r.peak = float64(u.Maxrss) / 1024
	}
	return r, nil
}

// compareNights wants the same number of sure enterprises of each item, and tells of what SQL does not say.
func (s *site) compareNights(theirs *sqlRan) error {
	data, err := os.ReadFile(filepath.Join(s.folder, "store", "nights", firstNight, "summary.json"))
	if err != nil {
		return fmt.Errorf("read the night's summary: %w", err)
	}
	var ours struct {
		Items []struct {
			ID   string `json:"id"`
			Sure int64  `json:"sure"`
		} `json:"by_item"`
		Tags []struct {
			Name    string `json:"name"`
			Yes     int64  `json:"yes"`
			Unknown int64  `json:"unknown"`
		} `json:"by_tag"`
	}
	if err := json.Unmarshal(data, &ours); err != nil {
		return fmt.Errorf("read the night's summary: %w", err)
	}
	var wrong []string
	same, sure := 0, int64(0)
	for _, it := range ours.Items {
		n, asked := theirs.Items[it.ID]
		switch {
		case !asked:
			s.logf("night in SQL: item %s is not said in SQL: %s", it.ID, theirs.Refused[it.ID])
		case n != it.Sure:
			wrong = append(wrong, fmt.Sprintf("%s: zhida %d, SQL %d", it.ID, it.Sure, n))
		default:
			same, sure = same+1, sure+n
		}
	}
	if len(wrong) > 0 {
		return fmt.Errorf("SQL says otherwise of %d items:\n  %s", len(wrong), strings.Join(wrong[:min(5, len(wrong))], "\n  "))
	}
	if same == 0 || sure == 0 {
		return fmt.Errorf("%d items agree on %d sure enterprises: there is nothing to compare", same, sure)
	}
	var others []string
	for _, t := range ours.Tags {
		if n, asked := theirs.Tags[t.Name]; !asked {
			others = append(others, fmt.Sprintf("%s is not said: %s", t.Name, theirs.Refused["tag "+t.Name]))
		} else if n != [2]int64{t.Yes, t.Unknown} {
			others = append(others, fmt.Sprintf("%s: yes and unknown are %d, %d for zhida and %d, %d in SQL", t.Name, t.Yes, t.Unknown, n[0], n[1]))
		}
	}
	s.logf("night in SQL: the same number is sure for %d of %d items, %d pairs in all; %d of %d tags are the same", same, len(ours.Items), sure, len(ours.Tags)-len(others), len(ours.Tags))
	for _, o := range others {
		s.logf("  tag %s", o)
	}
	return nil
}

// scriptCommand makes this program the process of inSQL: it is given the workspace and a folder for the database.
const scriptCommand = "sql-night"

func runScript(ctx context.Context, workspaceFolder, folder string) (err error) {
	ws, err := workspace.Load(workspaceFolder)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return fmt.Errorf("make room for a database: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	db, err := sql.Open("duckdb", filepath.Join(folder, "night.db"))
	if err != nil {
		return fmt.Errorf("open a database: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1)
	n := &sqlRunner{db: db, ran: sqlRan{Stages: map[string]float64{}, Items: map[string]int64{}, Tags: map[string][2]int64{}}}
	if _, err := db.ExecContext(ctx, "SET threads = "+strconv.Itoa(threads)); err != nil {
		return err
	}
	date, err := schemas.ParseDate(firstNight)
	if err != nil {
		return err
	}
	n.script, err = script.New(ws, date, n.columns, filepath.Join(folder, "verdicts.parquet"))
	if err != nil {
		return err
	}
	if err := n.run(ctx); err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(&n.ran)
}

// sqlRunner runs a script.
type sqlRunner struct {
	db     *sql.DB
	script *script.Script
	ran    sqlRan
}

// columns asks for the columns of a file.
func (n *sqlRunner) columns(from string) (out []script.Column, err error) {
	rows, err := n.db.Query("SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM " + from + ")")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var c script.Column
		if err := rows.Scan(&c.Name, &c.Type); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, rows.Err()
}

// run runs the statements, and then counts what came of them, which takes no time of the night's. What is matched is matched
// in one transaction, as it is quickest.
func (n *sqlRunner) run(ctx context.Context) (err error) {
	conn, err := n.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	stage := ""
	began := time.Now()
	for _, s := range append(slices.Clone(n.script.Statements), script.Statement{}) {
		if s.Stage != stage {
			if stage == script.Match {
				if _, err := conn.ExecContext(ctx, "COMMIT"); err != nil {
					return err
				}
			}
			if stage != "" {
				n.ran.Stages[stage] = time.Since(began).Seconds()
			}
			stage, began = s.Stage, time.Now()
			if stage == script.Match {
				if _, err := conn.ExecContext(ctx, "BEGIN"); err != nil {
					return err
				}
			}
		}
		if s.SQL == "" {
			break
		}
		if _, err := conn.ExecContext(ctx, s.SQL); err != nil {
			return fmt.Errorf("%w\n%.3000s", err, s.SQL)
		}
	}
	return n.count(ctx, conn)
}

func (n *sqlRunner) count(ctx context.Context, conn *sql.Conn) (err error) {
	n.ran.Refused = n.script.Refused
	for _, id := range n.script.Items {
		if n.script.Refused[id] == "" {
			n.ran.Items[id] = 0
		}
	}
	rows, err := conn.QueryContext(ctx, "SELECT item, count(*) FROM verdicts GROUP BY item")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var item int
		var count int64
		if err := rows.Scan(&item, &count); err != nil {
			return err
		}
		n.ran.Items[n.script.Items[item]] = count
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, tag := range n.script.Tags {
		var yes, unknown int64
		column := `"tag ` + strings.ReplaceAll(tag, `"`, `""`) + `"`
		if err := conn.QueryRowContext(ctx, "SELECT count(*) FILTER ("+column+"), count(*) FILTER ("+column+" IS NULL) FROM profile WHERE living").Scan(&yes, &unknown); err != nil {
			return err
		}
		n.ran.Tags[tag] = [2]int64{yes, unknown}
	}
	return nil
}
