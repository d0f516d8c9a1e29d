package standardise

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"

	"github.com/apache/arrow/go/v15/arrow"

	"zhida/schemas"
)

// registrationRows makes rows with the shapes and shares of the real registrations: capital empty in 30%, type in
// 93%, addresses that name a district in 79%, scopes of some 100 characters.
func registrationRows(n int) ([]string, [][]string) {
	r := rand.New(rand.NewPCG(1, 2))
	header := []string{"企业名称", "统一社会信用代码", "注册日期", "企业类型", "法人代表", "注册资金", "经营范围", "所在省份", "地区", "注册地址"}
	places := [][3]string{
		{"成都", "成都市武侯区", "510107"},
		{"成都", "成都市青羊区", "510105"},
		{"绵阳", "绵阳市涪城区", "510703"},
		{"成都", "成都市", "510100"},
		{"乐山", "井研县", "511124"},
		{"内江", "隆昌县", "511028"},
		{"广元", "四川省广元市剑阁县", "510823"},
		{"自贡", "江南", "510300"},
	}
	scope := "销售：机电设备、五金交电、日用百货、化工产品（不含危险化学品）；机械设备的生产、维修及技术咨询服务；货物进出口。（依法须经批准的项目，经相关部门批准后方可开展经营活动）"
	rows := make([][]string, n)
	for i := range rows {
		p := places[r.IntN(len(places))]
		code := fmt.Sprintf("91%s%09d", p[2], r.IntN(1e9))
		check, _ := schemas.CheckDigit(code)
		capital, kind := fmt.Sprintf("%d(万元人民币)", 10*(1+r.IntN(400))), "N/A"
		switch r.IntN(10) {
		case 0, 1, 2:
			capital = "N/A"
		case 3:
			capital = fmt.Sprintf("%d,%03d.%02d(万元人民币)", 1+r.IntN(9), r.IntN(1000), r.IntN(100))
		}
		if r.IntN(14) == 0 {
			kind = "个体工商户"
		}
		date := fmt.Sprintf("%d-%02d-%02d", 1980+r.IntN(28), 1+r.IntN(12), 1+r.IntN(28))
		rows[i] = []string{
			fmt.Sprintf("%s示例%d号机械设备有限公司", p[0], i), code + string(check), date, kind, "王**", capital, scope[:90+3*r.IntN(40)], "四川", p[0],
			fmt.Sprintf("%s人民路%d号%d栋%d单元", p[1], r.IntN(900), r.IntN(20), r.IntN(5)),
		}
	}
	return header, rows
}

// replay yields records that were made before.
type replay struct {
	header  []string
	records []arrow.Record
	next    int
}

func (r *replay) Header() []string { return r.header }
func (r *replay) Empty() int64     { return 0 }

func (r *replay) Next(context.Context) (Batch, error) {
	if r.next == len(r.records) {
		return Batch{}, io.EOF
	}
	r.next++
	r.records[r.next-1].Retain()
	return Batch{Record: r.records[r.next-1]}, nil
}

func benchRecords(n int) *replay {
	header, rows := registrationRows(n)
	src := &fakeSource{header: header, rows: rows, size: 8192}
	out := &replay{header: header}
	for {
		batch, err := src.Next(context.Background())
		if err != nil {
			return out
		}
		out.records = append(out.records, batch.Record)
	}
}

// BenchmarkRun standardises 65,536 generated registrations, batches made before.
func BenchmarkRun(b *testing.B) {
	const n = 65536
	src := benchRecords(n)
	s := mustNew(b, registrationData())
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		src.next = 0
		if _, err := s.Run(context.Background(), testDelivery(), src, &discard{}, 1<<18); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

// discard is a sink that keeps nothing.
type discard struct{}

func (*discard) Run(*Run) error      { return nil }
func (*discard) Reject(Reject) error { return nil }
func (*discard) Doubt(Doubt) error   { return nil }

// BenchmarkRegion decides where enterprises lie: the dearest field.
func BenchmarkRegion(b *testing.B) {
	s := mustNew(b, registrationData())
	r := s.fields[6].region
	on := schemas.NewDate(2026, 6, 15)
	for range b.N {
		r.settle(place{code: "5107", filled: true}, "四川省绵阳市涪城区长虹大道南段106号", "91510703205451059P", true, on)
	}
}

func BenchmarkPhone(b *testing.B) {
	r := phoneReader{reference: func(string) string { return "ref" }, bad: bad}
	for range b.N {
		r.read("138 1234 5678")
	}
}
