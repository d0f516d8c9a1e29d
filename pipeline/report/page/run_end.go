package page

import (
	"fmt"
	"html/template"
	"strings"

	"zhida/pipeline/report/chart"
)

// pushRow is a line about what was handed out.
type pushRow struct {
	Title string
	Of    string // its name in summary.json; "": it is not there
	N     int64
	Note  string
}

func (v *runView) pushes() {
	s := v.S
	switch {
	case s.Baseline:
		v.Pushed = []pushRow{{"首夜基线", "baseline_pairs", s.BaselinePairs, "首夜已经符合的，记为已知，不告知任何企业"}}
	case s.Backfill:
	default:
		v.Pushed = []pushRow{
			{"门户告知企业", "portal_pushes", s.PortalPushes, "名单 portal.jsonl"},
			{"短信告知企业", "sms_pushes", s.SMSPushes, "名单 sms.csv，只有联系方式编号，没有号码"},
			{"新告知的企业×事项", "push_pairs", s.PushPairs, "一户一事项一窗口期只告知一次"},
			{"缺手机号", "", v.Unasked.NoContact, "应发短信但没有手机号的企业，只在门户告知；补到号码后再发"},
			{"以前告知过", "", v.Unasked.Earlier, "企业×事项，仍然符合，不再重复告知"},
		}
	}
}

// stageRow is a stage and what it took.
type stageRow struct {
	Title, Does, Took string
	Bar               template.HTML
}

func (v *runView) stages() {
	total, most := 0.0, 0.0
	for _, st := range v.S.Stages {
		total += st.Seconds
		most = max(most, st.Seconds)
	}
	for _, st := range v.S.Stages {
		title, does := stageWord(st.Name)
		v.Stages = append(v.Stages, stageRow{title, does, seconds(st.Seconds), chart.Bar(title+" "+seconds(st.Seconds), int64(st.Seconds*1000), max(1, int64(most*1000)))})
	}
}

// nights draws a quantity over the nights up to this one; nothing on the first.
func (v *runView) nights(what string, of func(*Past) int64, now int64) template.HTML {
	if len(v.Past) == 0 {
		return ""
	}
	var values []int64
	var words []string
	for i := range v.Past {
		values = append(values, of(&v.Past[i]))
		words = append(words, v.Past[i].Night+" "+Group(of(&v.Past[i])))
	}
	values = append(values, now)
	words = append(words, v.S.Night+" "+Group(now))
	return chart.Line(fmt.Sprintf("%s，近 %d 夜：%s", what, len(values), strings.Join(words, "，")), values)
}
