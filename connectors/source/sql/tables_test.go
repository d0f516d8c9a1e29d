package sql_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"zhida/connectors/source"
	"zhida/schemas"
)

// types has values of each type as they are delivered.
func types(t *testing.T, f *front) {
	columns, values := `id INT PRIMARY KEY, money DECIMAL(20,4), ratio DOUBLE PRECISION, yes BOOLEAN, day DATE, at TIMESTAMP, fine TIMESTAMP(3), fixed CHAR(5)`,
		`(1, 12345678901234.5, 0.1, TRUE, '2026-06-15', '2026-06-15 08:30:00', '2026-06-15 08:30:00.25', 'ab'), (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
			(3, -0.05, 1000000, FALSE, '0999-01-01', '2000-02-29 23:59:59', '2000-02-29 23:59:59', '')`
	want := `id,money,ratio,yes,day,at,fine,fixed
1,12345678901234.5000,0.1,1,2026-06-15,2026-06-15 08:30:00,2026-06-15 08:30:00.250,ab
2,,,,,,,
3,-0.0500,1000000,0,0999-01-01,2000-02-29 23:59:59,2000-02-29 23:59:59.000,""
`
	if f.kind == "postgresql" {
		want = strings.NewReplacer("0.1,1,", "0.1,true,", "1000000,0,", "1000000,false,", ".250,", ".25,", "59.000,", "59,").Replace(want)
	} else {
		columns = strings.ReplaceAll(columns, "TIMESTAMP", "DATETIME")
	}
	f.exec(t, "CREATE TABLE t_tax ("+columns+")", "INSERT INTO t_tax VALUES "+values)
	s := f.source(t, whole("t_tax"))
	checkContent(t, s, checkListing(t, s, "t_tax/20260616.csv tax full\n")[0], want)

	f.exec(t, map[string]string{
		"postgresql": "CREATE TABLE t_more (id INT PRIMARY KEY, price MONEY, attributes JSONB, parts TEXT[])",
		"mysql":      "CREATE TABLE t_more (id INT PRIMARY KEY, flag BIT(1), kind ENUM('x','y'), founded YEAR)",
	}[f.kind], map[string]string{
		"postgresql": `INSERT INTO t_more VALUES (1, '1234.5', '{"a": 1}', '{x,y}')`,
		"mysql":      "INSERT INTO t_more VALUES (1, b'1', 'y', 2026)",
	}[f.kind])
	s = f.source(t, whole("t_more"))
	checkContent(t, s, checkListing(t, s, "t_more/20260616.csv tax full\n")[0], map[string]string{
		"postgresql": "id,price,attributes,parts\n1,1234.50,\"{\"\"a\"\": 1}\",\"{x,y}\"\n",
		"mysql":      "id,flag,kind,founded\n1,1,y,2026\n",
	}[f.kind])
}

// order has a table without a primary key, written in two orders, and a key whose columns are in another order than the table's.
func order(t *testing.T, f *front) {
	const create = "CREATE TABLE t_tax (c VARCHAR(9), b VARCHAR(9), a INT"
	var contents []string
	for _, values := range []string{
		"('a', 'x', 2), ('A', 'x', 2), ('a', 'x', 10), (NULL, 'y', 1), ('a', 'x', 2)",
		"(NULL, 'y', 1), ('a', 'x', 10), ('a', 'x', 2), ('a', 'x', 2), ('A', 'x', 2)",
	} {
		f.exec(t, "DROP TABLE IF EXISTS t_tax", create+")", "INSERT INTO t_tax VALUES "+values)
		s := f.source(t, whole("t_tax"))
		content, err := read(t, s, checkListing(t, s, "t_tax/20260616.csv tax full\n")[0])
		if err != nil {
			t.Fatal(err)
		}
		contents = append(contents, content)
	}
	if contents[0] != contents[1] || strings.Count(contents[0], "\n") != 6 {
		t.Errorf("the same rows make\n%sand\n%s", contents[0], contents[1])
	}
	f.exec(t, "DROP TABLE t_tax", create+", PRIMARY KEY (a, c))", "INSERT INTO t_tax VALUES ('z', 'x', 1), ('y', 'x', 2), ('x', 'x', 10), ('a', 'x', 2)")
	s := f.source(t, whole("t_tax"))
	checkContent(t, s, checkListing(t, s, "t_tax/20260616.csv tax full\n")[0], "c,b,a\nz,x,1\na,x,2\ny,x,2\nx,x,10\n")
}

// names has names that must not become SQL.
func names(t *testing.T, f *front) {
	quote, schema := "`", f.config.Database
	if f.kind == "postgresql" {
		quote, schema = `"`, "public"
	}
	quoted := func(name string) string { return quote + strings.ReplaceAll(name, quote, quote+quote) + quote }
	table, column := `纳税 "信用" `+"`x`"+`'; DROP TABLE t_tax; --%s`, "更新'\"`"+` -- 100%d`
	f.exec(t, "CREATE TABLE "+quoted(table)+" (no INT PRIMARY KEY, t INT, c INT, "+quoted(column)+" DATE)", "INSERT INTO "+quoted(table)+" VALUES (1, 2, 3, '2026-06-15')")
	s := f.source(t, source.Delivery{Dataset: "tax", Mode: schemas.ModeFull, Table: source.Table{Name: schema + "." + table, Date: column}})
	objects := checkListing(t, s, schema+"."+table+"/20260615.csv tax full 1\n")
	checkContent(t, s, objects[0], "no,t,c,\""+strings.ReplaceAll(column, `"`, `""`)+"\"\n1,2,3,2026-06-15\n")
	f.exec(t, "UPDATE "+quoted(table)+" SET t = 3")
	isNow(t, s, objects[0], source.ErrChanged)
}

func loggingIn(t *testing.T, f *front) {
	f.exec(t, "CREATE TABLE t_tax (id INT PRIMARY KEY)")
	other := strings.Repeat("AB:", 31) + "AB"
	for _, c := range []struct {
		name   string
		change func(c *source.Config)
		says   string // "": it works
	}{
		{"in the clear", func(*source.Config) {}, ""},
		{"within TLS", func(c *source.Config) { c.TLS, c.HostKey = source.TLSExplicit, f.pin }, ""},
		{"somebody else's server", func(c *source.Config) { c.TLS, c.HostKey = source.TLSExplicit, other }, "is pinned: if its owner confirms"},
		{"wrong password", func(c *source.Config) { c.Password = "geheim" }, "that the password is right"},
		{"unknown user", func(c *source.Config) { c.User = "nobody" }, "see that the user exists"},
		{"unknown database", func(c *source.Config) { c.Database = "nowhere" }, "see how the database is called"},
	} {
		f := *f
		c.change(&f.config)
		_, err := f.source(t, whole("t_tax")).List(t.Context())
		if c.says == "" {
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		isDenied(t, err, c.says)
		if err != nil && strings.Contains(err.Error(), "geheim") {
			t.Errorf("the password is in %v", err)
		}
	}
}

func notAsConfigured(t *testing.T, f *front) {
	binary := map[string]string{"postgresql": "BYTEA", "mysql": "BLOB"}[f.kind]
	f.exec(t, "CREATE TABLE t_tax (id INT PRIMARY KEY, biz_date VARCHAR(8))", "CREATE TABLE t_photo (id INT PRIMARY KEY, photo "+binary+")",
		"CREATE TABLE t_permit (no INT PRIMARY KEY, op INT)", "CREATE TABLE t_change (no INT, at TIMESTAMP NULL, op INT)")
	tax := source.Delivery{Dataset: "tax", Mode: schemas.ModeFull}
	permits := source.Delivery{Dataset: "permits", Mode: schemas.ModeIncrement}
	for says, c := range map[string]struct {
		delivery source.Delivery
		table    source.Table
	}{
		"the case of letters counts":                        {tax, source.Table{Name: "T_tax"}},
		"t_tax has no column Biz_date: it has id, biz_date": {tax, source.Table{Name: "t_tax", Date: "Biz_date"}},
		"and says no day":                                   {tax, source.Table{Name: "t_tax", Date: "biz_date"}},
		"column photo of table t_photo is binary":           {tax, source.Table{Name: "t_photo"}},
		"both have a column op":                             {permits, source.Table{Name: "t_permit", Changes: source.Changes{Table: "t_change", Key: []string{"no"}, Time: "at", Flag: "op"}}},
		"t_change has no column permit_no":                  {permits, source.Table{Name: "t_tax", Changes: source.Changes{Table: "t_change", Key: []string{"permit_no"}, Time: "at", Flag: "op"}}},
	} {
		c.delivery.Table = c.table
		s := f.source(t, c.delivery)
		_, err := s.List(t.Context())
		if c.delivery.Mode == schemas.ModeIncrement && strings.Contains(says, "permit_no") && errors.Is(err, source.ErrDenied) {
			says = "has no column permit_no" // of either table
		}
		isDenied(t, err, says)
	}
}

// alteredWhileRead alters a table that is read: whoever alters it waits, and what is read is what it was.
func alteredWhileRead(t *testing.T, f *front) {
	f.exec(t, "CREATE TABLE t_tax (id INT PRIMARY KEY, name VARCHAR(20))", "INSERT INTO t_tax VALUES (1, 'a')")
	s := f.source(t, whole("t_tax"))
	o := checkListing(t, s, "t_tax/20260616.csv tax full\n")[0]
	body, err := s.Open(t.Context(), o, 0)
	if err != nil {
		t.Fatal(err)
	}
	f.exec(t, "INSERT INTO t_tax VALUES (2, 'b')") // nobody has to wait for that
	altered := make(chan error, 1)
	go func() { altered <- f.try(t.Context(), f.config.Database, "ALTER TABLE t_tax DROP COLUMN name") }()
	content := make([]byte, 100)
	n, _ := body.Read(content)
	for err == nil {
		var more int
		more, err = body.Read(content[n:])
		n += more
	}
	if got := string(content[:n]); got != "id,name\n1,a\n" {
		t.Errorf("read %q", got)
	}
	select {
	case err := <-altered:
		t.Errorf("the table was altered while it was read: %v", err)
	default:
	}
	if err := body.Close(); err != nil {
		t.Error(err)
	}
	if err := <-altered; err != nil {
		t.Error(err)
	}
	checkContent(t, s, o, "id\n1\n2\n")
}

// locked reads a table that somebody else alters for a long time: it ends, and helps who tries again.
func locked(t *testing.T, f *front) {
	f.exec(t, "CREATE TABLE t_tax (id INT PRIMARY KEY)")
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	lock, patience := []string{"BEGIN", "LOCK TABLE t_tax", "SELECT pg_sleep(120)"}, "SET lock_timeout = 1"
	if f.kind == "mysql" {
		lock, patience = []string{"LOCK TABLES t_tax WRITE", "SELECT SLEEP(120)"}, "SET lock_wait_timeout = 0"
	}
	go func() {
		defer close(done)
		_ = f.try(ctx, f.config.Database, lock...) // it is ended
	}()
	for f.try(t.Context(), f.config.Database, patience, "SELECT 1 FROM t_tax LIMIT 0") == nil { // not yet
		time.Sleep(20 * time.Millisecond)
	}
	_, err := f.source(t, whole("t_tax")).List(t.Context())
	if err == nil || errors.Is(err, source.ErrDenied) || !strings.Contains(err.Error(), "somebody alters the table") {
		t.Errorf("listed: %v", err)
	}
	cancel()
	<-done
}
