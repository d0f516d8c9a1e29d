package sql_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"zhida/connectors/conntest"
	"zhida/connectors/conntest/mariadb"
	"zhida/connectors/conntest/postgres"
	"zhida/connectors/source"
	"zhida/connectors/source/sql"
	"zhida/schemas"
)

// engine is a database server of a kind.
type engine struct {
	kind     string
	config   source.Config // all but the database
	open     func(config source.Config) (source.Source, error)
	database func(t testing.TB) string
	try      func(ctx context.Context, database string, statements ...string) error
	quote    func(text string) string
	kill     func()
	up       func(t testing.TB)
	pin      string // fingerprint of its certificate
	revoke   string // takes the right to read from the user; %s is the database
}

func startPostgres(t testing.TB) *engine {
	t.Helper()
	s := postgres.Start(t)
	return &engine{
		"postgresql",
		source.Config{Name: "front", Host: s.Address, User: postgres.User, Password: postgres.Password, TLS: source.TLSNone, Now: now},
		sql.NewPostgres, s.Database, s.Try, postgres.Quote, s.Kill, s.Up, s.HostKey,
		"REVOKE SELECT ON ALL TABLES IN SCHEMA public FROM " + postgres.User + "; SELECT '%s'",
	}
}

func startMariaDB(t testing.TB) *engine {
	t.Helper()
	s := mariadb.Start(t)
	return &engine{
		"mysql",
		source.Config{Name: "front", Host: s.Address, User: mariadb.User, Password: mariadb.Password, TLS: source.TLSNone, Now: now},
		sql.NewMySQL, s.Database, s.Try, mariadb.Quote, s.Kill, s.Up, s.HostKey,
		"REVOKE SELECT ON %s.* FROM " + mariadb.User + "@'127.0.0.1'",
	}
}

// each runs a test with each kind of server.
func each(t *testing.T, test func(t *testing.T, e *engine)) {
	t.Parallel()
	for name, start := range map[string]func(testing.TB) *engine{"postgresql": startPostgres, "mariadb": startMariaDB} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, start(t))
		})
	}
}

// now is the small hours of 16 June 2026 in China; in Greenwich it is the day before.
func now() time.Time { return time.Date(2026, 6, 16, 2, 0, 0, 0, time.FixedZone("", 8*3600)) }

// front is a database of a server.
type front struct {
	*engine
	config source.Config
}

func (e *engine) front(t testing.TB) *front {
	t.Helper()
	f := &front{e, e.config}
	f.config.Database = e.database(t)
	return f
}

func (f *front) exec(t testing.TB, statements ...string) {
	t.Helper()
	if err := f.try(t.Context(), f.config.Database, statements...); err != nil {
		t.Fatal(err)
	}
}

// source is one of some tables.
func (f *front) source(t testing.TB, deliveries ...source.Delivery) source.Source {
	t.Helper()
	config := f.config
	config.Deliveries = deliveries
	s, err := f.open(config)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func whole(table string) source.Delivery {
	return source.Delivery{Dataset: "tax", Mode: schemas.ModeFull, Table: source.Table{Name: table}}
}

// records is a table as the suite wants it.
func (f *front) records() conntest.Records {
	return conntest.Records{
		Put: func(t testing.TB, rows [][]string) {
			var names []string
			for _, name := range rows[0] {
				names = append(names, name+" VARCHAR(200)")
			}
			f.exec(t, "DROP TABLE IF EXISTS t_tax", "CREATE TABLE t_tax ("+strings.Join(names, ", ")+", PRIMARY KEY (code))")
			for at := 1; at < len(rows); at += 5000 {
				var values []string
				for _, row := range rows[at:min(at+5000, len(rows))] {
					quoted := make([]string, len(row))
					for i := range row {
						quoted[i] = f.quote(row[i])
					}
					values = append(values, "("+strings.Join(quoted, ",")+")")
				}
				f.exec(t, "INSERT INTO t_tax VALUES "+strings.Join(values, ","))
			}
		},
		Remove: func(t testing.TB) { f.exec(t, "DROP TABLE t_tax") },
		Deny:   func(t testing.TB) { f.exec(t, fmt.Sprintf(f.revoke, f.config.Database)) },
		Open: func() (source.Source, error) {
			config := f.config
			config.Deliveries = []source.Delivery{whole("t_tax")}
			return f.engine.open(config)
		},
	}
}

func TestConformance(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		t.Run("records", func(t *testing.T) {
			conntest.RecordSource(t, func(t *testing.T) conntest.Records { return e.front(t).records() })
		})
		t.Run("network", func(t *testing.T) {
			conntest.RecordNetwork(t, func(t *testing.T) conntest.RemoteRecords {
				f := e.front(t)
				proxy := conntest.NewProxy(t, f.config.Host)
				f.config.Host = proxy.Address
				hasty := *f
				began := time.Now()
				hasty.config.Now = func() time.Time { return now().Add(60 * time.Since(began)) }
				return conntest.RemoteRecords{Records: f.records(), Proxy: proxy, Hasty: hasty.records().Open}
			})
		})
		for name, test := range map[string]func(t *testing.T, f *front){
			"dates": dates, "watermark": watermark, "zone": inTheZone, "no day": noDay, "changes": changes, "types": types, "order": order, "names": names,
			"logging in": loggingIn, "not as configured": notAsConfigured, "altered while read": alteredWhileRead, "locked": locked,
		} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				test(t, e.front(t))
			})
		}
	})
}

func read(t testing.TB, s source.Source, o source.Object) (string, error) {
	t.Helper()
	body, err := s.Open(t.Context(), o, 0)
	if err != nil {
		return "", err
	}
	defer body.Close()
	content, err := io.ReadAll(body)
	return string(content), err
}

// listing is what a source lists, a line an object: its name, its date and mode, its problem, and with a version its first word.
func listing(t testing.TB, s source.Source) ([]source.Object, string) {
	t.Helper()
	objects, err := s.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var lines strings.Builder
	for _, o := range objects {
		rows, _, _ := strings.Cut(o.Version, " ")
		fmt.Fprintln(&lines, strings.TrimSpace(strings.Join([]string{o.Name, o.Dataset, string(o.Mode), rows, o.Problem}, " ")))
	}
	return objects, lines.String()
}

func isDenied(t *testing.T, err error, says string) {
	t.Helper()
	if !errors.Is(err, source.ErrDenied) || !strings.Contains(err.Error(), says) {
		t.Errorf("%v; want %v, saying %s", err, source.ErrDenied, says)
	}
}
