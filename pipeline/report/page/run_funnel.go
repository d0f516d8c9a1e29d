package page

import (
	"fmt"
	"html/template"

	"zhida/pipeline/report/chart"
)

// funnel is a way from many to few, in one unit.
type funnel struct {
	Title string
	Unit  string
	Steps []funnelStep
}

// funnelStep is one width of it.
type funnelStep struct {
	Title string
	Of    string // its name in summary.json; "": it is worked out from the items'
	N     int64
	Means string
	Share string
	Image template.HTML
}

// funnels counts enterprises first and then matches: the two are never drawn in one picture.
func (v *runView) funnels() {
	s := v.S
	var open, review int64
	for _, it := range s.ByItem {
		if it.Pushed {
			open += it.Sure
			review += it.Review
		}
	}
	enterprises := []funnelStep{
		{Title: "经营主体", Of: "enterprises", N: s.Enterprises, Means: "有门牌的全部主体，注销的也保留门牌"},
		{Title: "存续", Of: "living", N: s.Living, Means: "登记状态不是注销、吊销等"},
		{Title: "至少符合一项", Of: "matched", N: s.Matched, Means: "数据足以确定，至少有一个事项全部条件满足"},
		{Title: "今晚门户告知", Of: "portal_pushes", N: s.PortalPushes, Means: "今晚首次告知至少一个事项"},
		{Title: "今晚短信告知", Of: "sms_pushes", N: s.SMSPushes, Means: "其中有手机号、按短信告知的"},
	}
	pairs := []funnelStep{
		{Title: "符合", Of: "sure", N: s.Sure, Means: "企业×事项，一户符合三项算三个"},
		{Title: "其中在办", N: open, Means: "政策、事项有效，今天在申报期内；含须评审的 " + Group(review) + " 个"},
		{Title: "今晚新告知", Of: "push_pairs", N: s.PushPairs, Means: "从未告知过，也不在首夜基线里"},
	}
	v.Funnels = []funnel{{"经营主体", "户", steps(enterprises)}, {"符合的企业×事项", "个", steps(pairs)}}
}

func steps(all []funnelStep) []funnelStep {
	for i := range all {
		next := all[i].N
		if i+1 < len(all) {
			next = all[i+1].N
			all[i+1].Share = percent(next, all[i].N)
		}
		all[i].Image = chart.Step(fmt.Sprintf("%s %s", all[i].Title, Group(all[i].N)), all[i].N, next, all[0].N)
	}
	return all
}
