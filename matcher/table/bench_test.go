package table_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"

	"zhida/matcher/table"
	"zhida/schemas"
)

// registrations makes rows as a registration dataset has them: every text but the industry differs from row to row.
func registrations(n int) *table.Table {
	r := rand.New(rand.NewPCG(1, 2))
	b := table.NewBuilder([]table.Field{
		{Name: "名称", Kind: table.Text},
		{Name: "行业", Kind: table.Text},
		{Name: "注册资本", Kind: table.Decimal, Scale: 2},
		{Name: "成立日期", Kind: table.Date},
		{Name: "从业人数", Kind: table.Int},
		{Name: "存续", Kind: table.Bool},
	})
	first := int64(schemas.NewDate(1990, 1, 1))
	for i := range n {
		b.Text(0, fmt.Sprintf("绵阳市%x科技有限责任公司", r.Uint64()))
		b.Text(1, fmt.Sprintf("C%d", 3000+r.IntN(1000)))
		if r.IntN(4) > 0 {
			b.Int(2, int64(1+r.IntN(500))*100_0000)
		}
		b.Int(3, first+int64(r.IntN(12_000)))
		if i%3 == 0 {
			b.Int(4, int64(r.IntN(200)))
		}
		b.Int(5, int64(min(r.IntN(20), 1)))
		b.End()
	}
	return b.Table()
}

func encode(t testing.TB, groups ...*table.Table) []byte {
	t.Helper()
	var out bytes.Buffer
	w := table.NewWriter(&out, groups[0].Fields, map[string]string{"note": "备注"})
	for i, g := range groups {
		if err := w.Group(fmt.Sprintf("group %d", i), g); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func open(t testing.TB, data []byte) *table.Reader {
	t.Helper()
	rd, err := table.OpenReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return rd
}

func BenchmarkWrite(b *testing.B) {
	rows := registrations(1 << 16)
	size := 0
	for b.Loop() {
		size = len(encode(b, rows))
	}
	b.ReportMetric(float64(size)/float64(rows.N), "bytes/row")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(rows.N*len(rows.Fields)), "ns/value")
}

func BenchmarkRead(b *testing.B) {
	rows := registrations(1 << 16)
	rd := open(b, encode(b, rows))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := rd.Read("group 0"); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(rows.N*len(rows.Fields)), "ns/value")
}

func BenchmarkReadOneColumn(b *testing.B) {
	rows := registrations(1 << 16)
	rd := open(b, encode(b, rows))
	for _, f := range rows.Fields {
		b.Run(f.Kind.String()+" "+f.Name, func(b *testing.B) {
			for b.Loop() {
				if _, err := rd.ReadColumns("group 0", f.Name); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
