package standardise

import (
	"context"
	"strings"
	"testing"

	"zhida/schemas"
)

// FuzzCells reads any text as every type of field: no panic, and a value is known, dropped with a flag, or nothing.
func FuzzCells(f *testing.F) {
	for _, seed := range []string{
		"", "N/A", "10,000(万元人民币)", "138 1234 5678", "0816-2345678转8", "四川省绵阳市涪城区", "2007年1月2日", "C39 计算机", "是",
		"3.5%", "2亩", "91510703205451059P", "\xff\xfe", "（）", "+", "86", "0", "1e9", "-", "转1", "510724", " a", "a ", "a b",
	} {
		f.Add(seed)
	}
	fields := personalData()
	fields.Fields = append(fields.Fields, taxData().Fields[3:]...)
	fields.Fields = append(fields.Fields, taxData().Fields[2])
	s, err := New(fields, testCodes(), nil, reference)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		if got, want := fold(cell), schemas.Fold(cell); got != want {
			t.Fatalf("fold %q: got %q, want %q", cell, got, want)
		}
		for i := range s.fields {
			field := &s.fields[i]
			var v value
			if field.region != nil {
				p := field.region.readColumns([]string{cell}, schemas.NewDate(2026, 6, 15))
				v = field.region.settle(p, fold(cell), cell, false, schemas.NewDate(2026, 6, 15))
			} else {
				v = recall{}.read(cell, field.reader)
				if again := recall(nil).read(cell, field.reader); again.n != v.n || again.text != v.text || again.second != v.second || again.flags != v.flags {
					t.Fatalf("%s: %q: %+v with memory, %+v without", field.spec.Name, cell, v, again)
				}
				if !v.known && v.filled && v.flags[0] == 0 {
					t.Fatalf("%s: %q: dropped without a flag", field.spec.Name, cell)
				}
			}
			if v.known && !v.filled || !v.known && (v.text != "" || v.second != "") {
				t.Fatalf("%s: %q: %+v", field.spec.Name, cell, v)
			}
		}
		cleanCode(cell)
		squeeze(cell)
	})
}

// FuzzDelivery standardises any two rows under any header: no panic, counts that add up, or a fatal error.
func FuzzDelivery(f *testing.F) {
	f.Add("统一社会信用代码,企业名称,地区", "91510703205451059P,a,绵阳", "92510703MA6000016H,b")
	f.Add("统一社会信用代码,企业名称,操作", ",,", "x,y,D")
	f.Add("注册号,企业名称,注册地,企业 名称", "1,2,3,4", "")
	s, err := New(registrationData(), testCodes(), nil, reference)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, header, first, second string) {
		src := &fakeSource{header: strings.Split(header, ","), rows: [][]string{strings.Split(first, ","), strings.Split(second, ",")}, size: 2}
		r, err := s.Run(context.Background(), testDelivery(), src, &discard{}, 1)
		if err == nil && r.Read != r.Accepted+r.Flagged+r.Rejected {
			t.Fatalf("counts do not add up: %+v", r)
		}
	})
}
