package standardise

import (
	"context"
	"io"
	"testing"
)

// brokenSource yields broken rows only.
type brokenSource struct {
	fakeSource
	broken []Broken
}

func (b *brokenSource) Next(context.Context) (Batch, error) {
	if b.broken == nil {
		return Batch{}, io.EOF
	}
	batch := Batch{Broken: b.broken}
	b.broken = nil
	return batch, nil
}

// TestBrokenKinds: an officer reads why a row was broken, and in which column.
func TestBrokenKinds(t *testing.T) {
	t.Parallel()
	src := &brokenSource{fakeSource: fakeSource{header: taxHeader}, broken: []Broken{
		{Row: 1, Line: 2, Kind: BrokenFields, Fields: 5},
		{Row: 2, Line: 3, Kind: BrokenSyntax},
		{Row: 3, Line: 4, Kind: BrokenKeys, Column: "备注"},
		{Row: 4, Line: 5, Kind: BrokenValue, Column: "营业收入"},
		{Row: 5, Line: 6, Kind: "new", Column: "营业收入"},
	}}
	sink := &fakeSink{}
	if _, err := mustNew(t, taxData()).Run(t.Context(), testDelivery(), src, sink, 10); err != nil {
		t.Fatal(err)
	}
	want := []Reason{
		{Code: "row.fields", Text: "列数与表头不一致：有5列，应有3列"},
		{Code: "row.syntax", Text: "这一行不是一个完整的 JSON 对象"},
		{Code: "row.keys", Text: "字段名重复，或不在表头里（“备注”）"},
		{Code: "row.value", Text: "有一格不能作为文字读取：嵌套的值、没有计算结果的公式，或以数字存放而丢失了位数的代码（“营业收入”）"},
		{Code: "row.broken", Text: "这一行无法按表头拆分成列（“营业收入”）"},
	}
	if len(sink.rejects) != len(want) {
		t.Fatalf("rejects %+v", sink.rejects)
	}
	for i, reject := range sink.rejects {
		if reject.Reasons[0] != want[i] {
			t.Errorf("got  %+v\nwant %+v", reject.Reasons[0], want[i])
		}
	}
}
