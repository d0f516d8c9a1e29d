package main

import (
	"fmt"
	"io"
	"strings"

	"zhida/pipeline"
	"zhida/pipeline/export"
)

// comparedWords are the sets of an outcome as they are shown.
func comparedWords() []struct{ kind, word string } {
	return []struct{ kind, word string }{
		{"sure", "符合"}, {"needs", "待补充"}, {"near", "差一项"}, {"portal", "门户推送"}, {"sms", "短信推送"},
	}
}

// writeCompared shows on a terminal in what two outcomes differ.
func writeCompared(out io.Writer, c *pipeline.Compared, before, after *pipeline.OutcomeHead) error {
	var b strings.Builder
	fmt.Fprintf(&b, "批次 %s：当晚公布的，与另算的比（引擎版本 %s）\n", c.Night, after.Engine)
	if c.LeftOut > 0 {
		fmt.Fprintf(&b, "有 %d 户没有比：当晚新登记，两边给的门牌不同\n", c.LeftOut)
	}
	if len(c.Items) == 0 {
		fmt.Fprintf(&b, "%d 个事项都相同\n", len(before.Items))
	} else {
		fmt.Fprintf(&b, "有不同的事项 %d 个，共 %d 个；合计%s\n", len(c.Items), len(before.Items), movedText(c.Total.Changes))
	}
	for i := range c.Items {
		it := &c.Items[i]
		only := map[string]string{"before": "（另算的没有这个事项）", "after": "（当晚没有这个事项）"}[it.Only]
		fmt.Fprintf(&b, "\n%s  %s%s\n  %s\n", it.ID, it.Title, only, strings.TrimPrefix(movedText(it.Changes), "："))
		for _, x := range it.Examples {
			fmt.Fprintf(&b, "  %s  %s -> %s%s\n", x.Before.Code, x.Before.Verdict, x.After.Verdict, pushText(x))
			for _, r := range []struct{ word, text string }{{"原来", x.Before.Reason}, {"现在", x.After.Reason}} {
				if r.text != "" {
					fmt.Fprintf(&b, "      %s：%s\n", r.word, r.text)
				}
			}
		}
	}
	_, err := io.WriteString(out, b.String())
	return err
}

func movedText(changes map[string]pipeline.Moved) string {
	var parts []string
	for _, w := range comparedWords() {
		if m, ok := changes[w.kind]; ok {
			parts = append(parts, fmt.Sprintf("%s 多 %d 少 %d", w.word, m.More, m.Fewer))
		}
	}
	if len(parts) == 0 {
		return "：谁都没有变"
	}
	return "：" + strings.Join(parts, "，")
}

func pushText(x pipeline.Example) string {
	var parts []string
	for _, p := range []struct{ channel, change string }{{"门户推送", x.Portal}, {"短信推送", x.SMS}} {
		if p.change != "" {
			parts = append(parts, p.channel+pushWord(p.change))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "  " + strings.Join(parts, "，")
}

func pushWord(change string) string {
	return map[string]string{"new": "新增", "withdrawn": "撤回"}[change]
}

// writePairs writes all pairs that differ.
func writePairs(out io.Writer, format export.Format, bom bool, compare func(each func(pipeline.Example) error) (*pipeline.Compared, error)) (*pipeline.Compared, error) {
	table, err := export.NewWriter(out, format, []export.Column{
		{Name: "统一社会信用代码", Kind: export.Text},
		{Name: "事项", Kind: export.Text},
		{Name: "原判定", Kind: export.Text},
		{Name: "现判定", Kind: export.Text},
		{Name: "门户推送", Kind: export.Text},
		{Name: "短信推送", Kind: export.Text},
		{Name: "原来的原因", Kind: export.Text},
		{Name: "现在的原因", Kind: export.Text},
	}, export.Options{BOM: bom})
	if err != nil {
		return nil, err
	}
	found, err := compare(func(x pipeline.Example) error {
		for i, text := range []string{
			x.Before.Code, x.Item, x.Before.Verdict, x.After.Verdict, pushWord(x.Portal), pushWord(x.SMS), x.Before.Reason, x.After.Reason,
		} {
			if text != "" {
				table.Text(i, text)
			}
		}
		return table.End()
	})
	if err != nil {
		return nil, err
	}
	return found, table.Close()
}
