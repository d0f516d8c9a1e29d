package sql_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"zhida/connectors/conntest"
	"zhida/connectors/source"
)

// generate makes a table of registrations, of some 350 bytes each, on the server, and returns what is listed of it.
func (f *front) generate(t testing.TB, rows int) (source.Source, source.Object) {
	t.Helper()
	numbers := fmt.Sprintf("generate_series(1, %d) AS s(seq)", rows)
	if f.kind == "mysql" {
		numbers = fmt.Sprintf("seq_1_to_%d", rows)
	}
	f.exec(t, "CREATE TABLE t_tax (code VARCHAR(18) PRIMARY KEY, name VARCHAR(100), founded DATE, capital DECIMAL(18,2), scope VARCHAR(300))",
		`INSERT INTO t_tax SELECT CONCAT('9151070320', LPAD(CAST(seq AS CHAR(8)), 8, '0')), CONCAT('绵阳市驰衡小汽车修理第', seq, '有限公司'), DATE '1998-01-01',
			seq * 1.01, '企业依法自主选择经营项目，开展经营活动；依法须经批准的项目，经相关部门批准后方可开展经营活动。不得从事本市产业政策禁止和限制类项目的经营活动。' FROM `+numbers)
	s := f.source(t, whole("t_tax"))
	objects, err := s.List(t.Context())
	if err != nil || len(objects) != 1 {
		t.Fatalf("listed %+v, %v", objects, err)
	}
	return s, objects[0]
}

// TestServerDies kills a server while a table is read, and starts it again.
func TestServerDies(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		s, o := e.front(t).generate(t, 100_000)
		want, err := read(t, s, o)
		if err != nil {
			t.Fatal(err)
		}
		body, err := s.Open(t.Context(), o, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer body.Close()
		if _, err := io.CopyN(io.Discard, body, 1<<20); err != nil {
			t.Fatal(err)
		}
		e.kill()
		n, err := io.Copy(io.Discard, body)
		if err == nil || errors.Is(err, source.ErrDenied) || errors.Is(err, source.ErrChanged) {
			t.Errorf("%d bytes, and then %v", n, err)
		}
		if _, err := s.List(t.Context()); err == nil || errors.Is(err, source.ErrDenied) {
			t.Errorf("a server that is away lists: %v", err)
		}
		e.up(t)
		if got, err := read(t, s, o); err != nil || got != want {
			t.Errorf("%d bytes, want %d: %v", len(got), len(want), err)
		}
	})
}

func TestFlatMemory(t *testing.T) {
	for _, start := range []func(testing.TB) *engine{startPostgres, startMariaDB} {
		e := start(t)
		s, o := e.front(t).generate(t, 170_000)
		conntest.FlatObject(t, s, o, 48<<20)
		e.kill()
	}
}

func BenchmarkRead(b *testing.B) {
	const rows = 500_000
	for _, start := range []func(testing.TB) *engine{startPostgres, startMariaDB} {
		e := start(b)
		s, o := e.front(b).generate(b, rows)
		b.Run(e.kind, func(b *testing.B) {
			conntest.ThroughputOf(b, s, o)
			b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
		e.kill()
	}
}
