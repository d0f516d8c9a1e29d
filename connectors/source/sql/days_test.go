package sql_test

import (
	"errors"
	"testing"

	"zhida/connectors/source"
	"zhida/schemas"
)

func checkListing(t *testing.T, s source.Source, want string) []source.Object {
	t.Helper()
	objects, got := listing(t, s)
	if got != want {
		t.Errorf("listed\n%swant\n%s", got, want)
	}
	return objects
}

func checkContent(t *testing.T, s source.Source, o source.Object, want string) {
	t.Helper()
	if got, err := read(t, s, o); err != nil || got != want {
		t.Errorf("%s: %v\n%swant\n%s", o.Name, err, got, want)
	}
}

func isNow(t *testing.T, s source.Source, o source.Object, want error) {
	t.Helper()
	if _, err := read(t, s, o); !errors.Is(err, want) {
		t.Errorf("%s, listed before: %v, want %v", o.Name, err, want)
	}
}

func dates(t *testing.T, f *front) {
	f.exec(t, "CREATE TABLE t_tax (id INT PRIMARY KEY, name VARCHAR(20), biz_date DATE)",
		`INSERT INTO t_tax VALUES (3, 'c', '2026-06-15'), (1, 'a', '2026-06-15'), (2, 'b', '2026-06-16'), (4, 'old', '2026-05-06'), (5, 'first', '2026-05-07'),
			(6, 'tomorrow', '2026-06-17'), (7, 'none', NULL)`)
	s := f.source(t, source.Delivery{Dataset: "tax", Mode: schemas.ModeFull, Table: source.Table{Name: "t_tax", Date: "biz_date"}})
	objects := checkListing(t, s, `t_tax/20260507.csv tax full 1
t_tax/20260615.csv tax full 2
t_tax/20260616.csv tax full 1
t_tax/20260617.csv tax full 1
t_tax/?    1 rows have no biz_date, and nobody can say of which day they are
`)
	if o := objects[1]; o.Date.String() != "2026-06-15" || o.Format.Delimiter != "," {
		t.Errorf("listed %+v", o)
	}
	checkContent(t, s, objects[1], "id,name,biz_date\n1,a,2026-06-15\n3,c,2026-06-15\n")
	f.exec(t, "UPDATE t_tax SET name = 'd' WHERE id = 3", "DELETE FROM t_tax WHERE id = 2")
	isNow(t, s, objects[1], source.ErrChanged)
	isNow(t, s, objects[2], source.ErrGone)
	again, _ := listing(t, s)
	if again[1] == objects[1] || again[0] != objects[0] {
		t.Errorf("a value of another, listed as %+v, before as %+v", again[:2], objects[:2])
	}
	checkContent(t, s, again[1], "id,name,biz_date\n1,a,2026-06-15\n3,d,2026-06-15\n")
}

func watermark(t *testing.T, f *front) {
	column := map[string]string{"postgresql": "TIMESTAMP", "mysql": "DATETIME"}[f.kind]
	f.exec(t, "CREATE TABLE t_court (no VARCHAR(9) PRIMARY KEY, updated_at "+column+")",
		"INSERT INTO t_court VALUES ('B', '2026-06-15 23:59:59'), ('A', '2026-06-15 00:00:00'), ('C', '2026-06-16 00:00:00')")
	s := f.source(t, source.Delivery{Dataset: "court", Mode: schemas.ModeIncrement, Scope: "5107", Table: source.Table{Name: "t_court", Watermark: "updated_at"}})
	objects := checkListing(t, s, "t_court/20260615.csv court increment 2\nt_court/20260616.csv court increment 1\n")
	if objects[0].Scope != "5107" {
		t.Errorf("listed %+v", objects[0])
	}
	checkContent(t, s, objects[0], "no,updated_at\nA,2026-06-15 00:00:00\nB,2026-06-15 23:59:59\n")
	f.exec(t, "INSERT INTO t_court VALUES ('D', '2026-06-15 12:00:00')") // late
	isNow(t, s, objects[0], source.ErrChanged)
	// One leaves the day and another comes to it: the same count, the same last time.
	f.exec(t, "UPDATE t_court SET updated_at = '2026-06-16 01:00:00' WHERE no = 'A'")
	isNow(t, s, objects[0], source.ErrChanged)
	objects = checkListing(t, s, "t_court/20260615.csv court increment 2\nt_court/20260616.csv court increment 2\n")
	checkContent(t, s, objects[0], "no,updated_at\nB,2026-06-15 23:59:59\nD,2026-06-15 12:00:00\n")
}

// noDay has rows that are of no day: nobody would miss them if they were not named.
func noDay(t *testing.T, f *front) {
	never := map[string]string{"postgresql": "'-infinity'", "mysql": "'0000-00-00 00:00:00'"}[f.kind]
	column := map[string]string{"postgresql": "TIMESTAMP", "mysql": "DATETIME"}[f.kind]
	set := map[string]string{"postgresql": "SET TIME ZONE 'UTC'", "mysql": "SET sql_mode = ''"}[f.kind]
	f.exec(t, "CREATE TABLE t_court (no INT PRIMARY KEY, at "+column+" NULL)", set, "INSERT INTO t_court VALUES (1, "+never+"), (2, NULL), (3, '2026-06-15 10:00:00')")
	s := f.source(t, source.Delivery{Dataset: "court", Mode: schemas.ModeAppend, Table: source.Table{Name: "t_court", Watermark: "at"}})
	objects, err := s.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	problems := 0
	for _, o := range objects {
		if o.Problem != "" {
			problems++
		}
	}
	if problems != 2 || len(objects) != 3 {
		t.Errorf("listed %+v", objects)
	}
}

// inTheZone has a time that is of one day in Greenwich and of another in China.
func inTheZone(t *testing.T, f *front) {
	column, write := "TIMESTAMP", "SET time_zone = '+00:00'"
	if f.kind == "postgresql" {
		column, write = "TIMESTAMPTZ", "SET TIME ZONE 'UTC'"
	}
	f.exec(t, "CREATE TABLE t_court (no INT PRIMARY KEY, at "+column+" NULL)", write, "INSERT INTO t_court VALUES (1, '2026-06-14 15:59:59'), (2, '2026-06-14 16:00:00')")
	s := f.source(t, source.Delivery{Dataset: "court", Mode: schemas.ModeAppend, Table: source.Table{Name: "t_court", Watermark: "at"}})
	objects := checkListing(t, s, "t_court/20260614.csv court append 1\nt_court/20260615.csv court append 1\n")
	checkContent(t, s, objects[0], "no,at\n1,2026-06-14 23:59:59\n")
	checkContent(t, s, objects[1], "no,at\n2,2026-06-15 00:00:00\n")
}

func changes(t *testing.T, f *front) {
	f.exec(t, "CREATE TABLE t_permit (holder VARCHAR(9), permit_no VARCHAR(9) PRIMARY KEY, until DATE)",
		"CREATE TABLE t_permit_change (id INT PRIMARY KEY, permit_no VARCHAR(9), changed_at TIMESTAMP NULL, op VARCHAR(9))",
		"INSERT INTO t_permit VALUES ('h1', 'P1', '2027-01-01'), ('h2', 'P2', NULL), ('h5', 'P5', '2028-01-01')",
		`INSERT INTO t_permit_change VALUES
			(1, 'P2', '2026-06-14 10:00:00', 'I'), (2, 'P1', '2026-06-15 10:00:00', 'I'), (3, 'P1', '2026-06-15 10:00:00', 'U'),
			(4, 'P3', '2026-06-15 11:00:00', 'D'), (5, 'P4', '2026-06-15 09:00:00', 'U'), (6, 'P4', '2026-06-16 09:00:00', 'D'),
			(7, 'P5', '2026-06-15 08:00:00', 'D'), (8, 'P5', '2026-06-15 09:00:00', 'I')`)
	s := f.source(t, source.Delivery{Dataset: "permits", Mode: schemas.ModeIncrement, Table: source.Table{
		Name: "t_permit", Changes: source.Changes{Table: "t_permit_change", Key: []string{"permit_no"}, Time: "changed_at", Flag: "op"},
	}})
	objects := checkListing(t, s, "t_permit/20260614.csv permits increment 1\nt_permit/20260615.csv permits increment 6\nt_permit/20260616.csv permits increment 1\n")
	checkContent(t, s, objects[0], "op,holder,permit_no,until\nI,h2,P2,\n")
	checkContent(t, s, objects[1], "op,holder,permit_no,until\nU,h1,P1,2027-01-01\nD,,P3,\nI,h5,P5,2028-01-01\n")
	checkContent(t, s, objects[2], "op,holder,permit_no,until\nD,,P4,\n")
	f.exec(t, "INSERT INTO t_permit_change VALUES (9, 'P2', '2026-06-15 12:00:00', 'U')")
	isNow(t, s, objects[1], source.ErrChanged)
}
