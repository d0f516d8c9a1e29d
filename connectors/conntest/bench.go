package conntest

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"testing"

	"zhida/connectors/format"
)

// Benchmark reads the same table in every format: 20,000 rows of ten columns, 370 bytes each, as registrations are.
func Benchmark(b *testing.B, f Format) {
	b.Helper()
	const rows = 20_000
	file := encode(b, f, BenchmarkHeader(), BenchmarkRows(rows))
	b.SetBytes(file.Size())
	b.ReportAllocs()
	for b.Loop() {
		r, err := f.Open(file, "bench", format.Options{})
		if err != nil {
			b.Fatal(err)
		}
		for err == nil {
			_, err = r.Next(b.Context())
		}
		if !errors.Is(err, io.EOF) || r.Stats().Good != rows {
			b.Fatal(r.Stats(), err)
		}
		_ = r.Close()
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkHeader is the header of Benchmark's table.
func BenchmarkHeader() []string {
	return []string{"企业名称", "统一社会信用代码", "注册日期", "企业类型", "法人代表", "注册资金", "经营范围", "所在省份", "地区", "注册地址"}
}

// BenchmarkRows is the rows of Benchmark's table.
func BenchmarkRows(rows int) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for i := range rows {
			if !yield([]string{
				fmt.Sprintf("绵阳市驰衡小汽车修理第%d有限公司", i), fmt.Sprintf("9151070320%08d", i), "1998-01-01", "N/A", "刘**",
				"101.2000(万元人民币)", "企业依法自主选择经营项目，开展经营活动；依法须经批准的项目，经相关部门批准后方可开展经营活动。",
				"四川", "绵阳", fmt.Sprintf("绵阳市涪城区长虹大道南段%d号", i%300),
			}) {
				return
			}
		}
	}
}
