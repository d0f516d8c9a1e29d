package workbook

import (
	"bytes"
	"fmt"
	"testing"

	"zhida/pipeline/workspace"
	"zhida/schemas"
)

// titles are 10,488 items of 30 policies, as many as a province has, with nothing but their titles if bare.
func titles(bare bool) []schemas.Policy {
	var out []schemas.Policy
	for i := range 30 {
		p := schemas.Policy{ID: fmt.Sprintf("SC-%02d", i), Title: "若干措施", Level: schemas.LevelProvince, Department: "省科技厅", Status: schemas.StatusDraft}
		for j := i; j < 10488; j += 30 {
			title := fmt.Sprintf("对认定为高新技术企业的第 %d 类企业给予奖励", j)
			it := schemas.Item{
				ID: fmt.Sprintf("SC-%02d-%05d", i, j), Title: title, Department: "省科技厅", Mode: schemas.ModeOrdinary,
				Kind: schemas.BenefitReward, Status: schemas.StatusDraft, Revision: 1, Gates: []schemas.Gate{{Clause: title}},
			}
			if !bare {
				it.Gates = nil
				it.Condition = schemas.Text{Text: fmt.Sprintf("行业 属于 C 且 注册资本 <= %d万元 且 非 标签 失信被执行人", j+1)}
				it.Guide = schemas.Guide{Beneficiaries: "高新技术企业", Standard: "一次性奖励 10 万元", Materials: "1. 申请表\n2. 营业执照\n3. 认定证书", Phone: "028-12345678"}
			}
			p.Items = append(p.Items, it)
		}
		out = append(out, p)
	}
	return out
}

// BenchmarkWorkbook measures a province's items: writing, reading, and the whole import but for the writing of files.
func BenchmarkWorkbook(b *testing.B) {
	for _, bare := range []bool{true, false} {
		policies := titles(bare)
		var book bytes.Buffer
		if err := Write(&book, policies); err != nil {
			b.Fatal(err)
		}
		data := book.Bytes()
		name := map[bool]string{true: "titles", false: "whole"}[bare]
		b.Run(name+"/write", func(b *testing.B) {
			for b.Loop() {
				if err := Write(&bytes.Buffer{}, policies); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+"/read", func(b *testing.B) {
			b.ReportMetric(float64(len(data)), "bytes")
			for b.Loop() {
				if got := Read("a.xlsx", data); len(got.Faults) > 0 || len(got.Policies) != 30 {
					b.Fatal(got.Faults)
				}
			}
		})
		dir := starter(b)
		b.Run(name+"/revise", func(b *testing.B) {
			for b.Loop() {
				r, faults, err := workspace.Revise(dir, policies)
				if err != nil || len(faults) > 0 || len(r.Files) != 30 {
					b.Fatal(faults, err)
				}
			}
		})
	}
}
