package csv_test

import (
	"bytes"
	stdcsv "encoding/csv"
	"errors"
	"fmt"
	"io"
	"testing"

	"zhida/connectors/format"
	"zhida/connectors/format/csv"
)

// registrations is a file of the shape of real registrations: ten columns, 370 bytes a row, a quoted field in every
// tenth.
func registrations(rows int) []byte {
	var file bytes.Buffer
	file.WriteString("企业名称,统一社会信用代码,注册日期,企业类型,法人代表,注册资金,经营范围,所在省份,地区,注册地址\n")
	for i := range rows {
		capital := "101.2000(万元人民币)"
		if i%10 == 0 {
			capital = `"13,655.8400(万元人民币)"`
		}
		fmt.Fprintf(&file, "绵阳市驰衡小汽车修理第%d有限公司,9151070320%08d,1998-01-01,N/A,刘**,%s,"+
			"企业依法自主选择经营项目，开展经营活动；依法须经批准的项目，经相关部门批准后方可开展经营活动。,四川,绵阳,绵阳市涪城区长虹大道南段%d号\n",
			i, i, capital, i%300)
	}
	return file.Bytes()
}

func BenchmarkReader(b *testing.B) {
	const rows = 20_000
	utf8 := registrations(rows)
	for _, c := range []struct {
		name string
		file []byte
	}{
		{"utf-8", utf8},
		{"gb18030", []byte(gb18030(b, string(utf8)))},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.file)))
			for b.Loop() {
				r, err := csv.New(bytes.NewReader(c.file), "bench", format.Options{})
				if err != nil {
					b.Fatal(err)
				}
				for err == nil {
					_, err = r.Next(b.Context())
				}
				if !errors.Is(err, io.EOF) || r.Stats().Good != rows {
					b.Fatal(r.Stats(), err)
				}
			}
			b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

// BenchmarkStandard is encoding/csv on the same file: it neither checks the text nor keeps it.
func BenchmarkStandard(b *testing.B) {
	file := registrations(20_000)
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		r := stdcsv.NewReader(bytes.NewReader(file))
		r.ReuseRecord = true
		var err error
		for err == nil {
			_, err = r.Read()
		}
		if !errors.Is(err, io.EOF) {
			b.Fatal(err)
		}
	}
}
