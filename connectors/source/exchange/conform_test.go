package exchange

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"zhida/connectors/conntest"
	"zhida/connectors/conntest/exchanged"
	"zhida/connectors/source"
	"zhida/schemas"
)

// today is the business date of these tests.
const today = "2026-06-16"

// clock goes on from the morning of today, so many times as fast as the wall's.
func clock(speed time.Duration) func() time.Time {
	began, morning := time.Now(), time.Date(2026, 6, 16, 8, 0, 0, 0, time.UTC)
	return func() time.Time { return morning.Add(speed * time.Since(began)) }
}

// taxes is what a site says of one interface of a platform.
func taxes(s *exchanged.Server, sign string, size int) source.Config {
	return source.Config{
		Name: "platform", Host: s.URL, User: exchanged.App, Password: exchanged.Key, Sign: sign, Days: 3, Now: clock(1),
		Deliveries: []source.Delivery{{
			Dataset: "tax", Mode: schemas.ModeFull, Request: source.Request{
				URL: "/api/tax?date={date}&size={size}&page={page}", Size: size, Rows: "data.list", Total: "data.total", Version: "data.batch",
			},
		}},
	}
}

// records is a platform with one interface, as the suite of records wants it.
func records(s *exchanged.Server, config source.Config) conntest.Records {
	var names []string
	batch := 0
	return conntest.Records{
		Put: func(t testing.TB, rows [][]string) {
			names = rows[0]
			batch++
			table := make([]string, 0, len(rows)-1)
			for _, row := range rows[1:] {
				table = append(table, object(t, names, row))
			}
			slices.Sort(table) // by code, which stands in front
			put := exchanged.Rows(table...)
			put.Batch = fmt.Sprint(batch)
			s.Put("tax", today, put)
		},
		Remove: func(testing.TB) { s.Misbehave(1, exchanged.Always, exchanged.Refuse(404, "接口已下线")) },
		Deny:   func(testing.TB) { s.Misbehave(1, exchanged.Always, exchanged.Refuse(403, "授权已到期")) },
		Open:   func() (source.Source, error) { return New(config) },
		Parse:  func(t testing.TB, content []byte) [][]string { return parse(t, names, content) },
	}
}

// object is a row as a platform writes it: not in order, with spaces.
func object(t testing.TB, names, row []string) string {
	t.Helper()
	var members []string
	for i, name := range names {
		text, err := json.Marshal(map[string]string{name: row[i]})
		check(t, err)
		members = append(members, strings.Trim(string(text), "{}"))
	}
	return "{" + strings.Join(members, ", ") + "}"
}

// parse reads JSON lines.
func parse(t testing.TB, names []string, content []byte) [][]string {
	t.Helper()
	rows := [][]string{names}
	for line := range bytes.Lines(content) {
		var members map[string]string
		check(t, json.Unmarshal(line, &members))
		row := make([]string, len(names))
		for i, name := range names {
			row[i] = members[name]
		}
		rows = append(rows, row)
	}
	return rows
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestConformance(t *testing.T) {
	t.Parallel()
	conntest.RecordSource(t, func(t *testing.T) conntest.Records {
		s := exchanged.Start(t, exchanged.Options{TLS: true, HMAC: true, Now: clock(1)})
		config := taxes(s, SignHMAC, 1000)
		config.HostKey = s.Fingerprint()
		return records(s, config)
	})
	conntest.RecordNetwork(t, func(t *testing.T) conntest.RemoteRecords {
		s := exchanged.Start(t, exchanged.Options{Now: clock(1)})
		proxy := conntest.NewProxy(t, s.Address())
		config := taxes(s, SignToken, 1000)
		config.Host = "http://" + proxy.Address
		hasty := config
		hasty.Now = clock(60)
		return conntest.RemoteRecords{Records: records(s, config), Proxy: proxy, Hasty: func() (source.Source, error) { return impatient(hasty) }}
	})
}

// impatient makes a source that does not wait.
func impatient(config source.Config) (*Interface, error) {
	s, err := newInterface(config)
	if err == nil {
		s.wait = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	}
	return s, err
}

// large is a platform of so many rows of 500 bytes.
func large(t testing.TB, rows int) (source.Source, source.Object) {
	t.Helper()
	s := exchanged.Start(t, exchanged.Options{HMAC: true, Now: clock(1)})
	one := object(t, conntest.BenchmarkHeader(), slices.Collect(conntest.BenchmarkRows(1))[0])
	s.Put("tax", today, exchanged.Table{
		Rows: rows, Total: rows, Batch: "1", Row: func(i int) string { return fmt.Sprintf(`{"序号": %d, %s`, i, one[1:]) },
	})
	made, err := New(taxes(s, SignHMAC, 5000))
	check(t, err)
	objects, err := made.List(t.Context())
	check(t, err)
	return made, objects[0]
}

func TestFlatMemory(t *testing.T) {
	s, o := large(t, 80_000)
	conntest.FlatObject(t, s, o, 36<<20)
}

func BenchmarkRead(b *testing.B) {
	s, o := large(b, 200_000)
	conntest.ThroughputOf(b, s, o)
}
