package workspace

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml/ast"

	"zhida/schemas"
)

// itemDraft is an item as read.
type itemDraft struct {
	schemas.Item
	condition conditionText
	gates     []gateDraft
	benefit   conditionText
	prefer    []preferenceDraft
}

// gateDraft is a gate as read.
type gateDraft struct{ clause, condition conditionText }

// preferenceDraft is a preference as read; by is the text without the direction.
type preferenceDraft struct {
	by    conditionText
	order schemas.Order
}

// item reads one item. Without a department of its own it has the policy's; revisions begin at 1.
func item(into *itemDraft) reader {
	return func(d *document, name string, at spot, n ast.Node) {
		it := &into.Item
		it.Revision = 1
		object("事项",
			key{"id", required, text(&it.ID)},
			key{"title", required, text(&it.Title)},
			key{"department", optional, text(&it.Department)},
			key{"mode", required, choice(&it.Mode, schemas.ModeNoApplication, schemas.ModeLightApplication, schemas.ModeOrdinary)},
			key{"kind", required, choice(&it.Kind, schemas.BenefitRelief, schemas.BenefitReward, schemas.BenefitRight, schemas.BenefitTitle)},
			key{"status", required, choice(&it.Status, statuses...)},
			key{"revision", optional, count(&it.Revision, 1, 1<<20)},
			key{"window", optional, interval("“window”", &it.Window.From, &it.Window.To)},
			key{"condition", optional, expression(&into.condition)},
			key{"gates", optional, list(&into.gates, gate)},
			key{"benefit", optional, expression(&into.benefit)},
			key{"prefer", optional, list(&into.prefer, preference)},
			key{"exclusive", optional, exclusive(&it.Exclusive)},
			key{"once", optional, choice(&it.Once, schemas.OncePerYear, schemas.OnceEver)},
			key{"attainable", optional, attainable(&it.Attainable)},
			key{"review", optional, choice(&it.Review, schemas.ReviewPush, schemas.ReviewHold)},
			key{"guide", optional, guide(&it.Guide)},
		)(d, name, at, n)
		it.Condition, it.Benefit = into.condition.Text, into.benefit.Text
		for _, g := range into.gates {
			it.Gates = append(it.Gates, schemas.Gate{Clause: oneLine(g.clause), Condition: g.condition.Text})
		}
		for _, p := range into.prefer {
			it.Prefer = append(it.Prefer, schemas.Preference{By: p.by.Text, Order: p.order})
		}
	}
}

func gate(into *gateDraft) reader {
	return func(d *document, name string, at spot, n ast.Node) {
		object("“gates”的一项",
			key{"clause", optional, expression(&into.clause)},
			key{"condition", optional, expression(&into.condition)},
		)(d, name, at, n)
		if pairs, ok := entries(n); ok && len(pairs) == 0 {
			d.report(at, "“gates”的一项里什么也没有", "写上 clause（文件的原话）、condition（申报条件），或者两样都写")
		}
	}
}

func oneLine(t conditionText) string { return OneLine(string(t.text)) }

// OneLine is a clause of several lines as one; lines of Chinese are joined as they are.
func OneLine(text string) string {
	var b strings.Builder
	last := ' '
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if first := []rune(line)[0]; b.Len() > 0 && last < unicode.MaxLatin1 && first < unicode.MaxLatin1 {
			b.WriteByte(' ')
		}
		b.WriteString(line)
		last = []rune(line)[len([]rune(line))-1]
	}
	return b.String()
}

// preference reads a value with 降序 or 升序 behind it; without either it is 降序.
func preference(into *preferenceDraft) reader {
	return func(d *document, name string, at spot, n ast.Node) {
		var whole conditionText
		expression(&whole)(d, name, at, n)
		into.order = schemas.Descending
		by := string(whole.text)
		for _, order := range []schemas.Order{schemas.Descending, schemas.Ascending} {
			if before, ok := strings.CutSuffix(by, string(order)); ok && strings.TrimRightFunc(before, endsWord) == before {
				by, into.order = strings.TrimSpace(before), order
				if by == "" {
					d.report(at, fmt.Sprintf("“%s”前面没有要比较的值", order), "例如 营业收入 降序")
				}
				break
			}
		}
		if fields := strings.Fields(by); len(fields) > 1 && slices.Contains(otherOrders(), fields[len(fields)-1]) {
			d.report(at, fmt.Sprintf("“prefer”的先后不能写“%s”", fields[len(fields)-1]), "写作 降序（大的在前）或 升序（小的在前）")
			return
		}
		rest := len([]rune(by))
		into.by.mapped = mapped{whole.text[:rest], whole.at[:rest]}
		into.by.node = whole.node
		into.by.Text = into.by.place(d)
	}
}

// otherOrders are words that people write for 降序 and 升序.
func otherOrders() []string {
	return []string{"倒序", "逆序", "正序", "顺序", "从高到低", "从大到小", "从低到高", "从小到大", "高者优先", "低者优先", "desc", "asc"}
}

// endsWord reports a character that a word behind it would run into.
func endsWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' }

func exclusive(into **schemas.Exclusive) reader {
	return func(d *document, name string, at spot, n ast.Node) {
		*into = &schemas.Exclusive{}
		object("“exclusive”",
			key{"group", required, text(&(*into).Group)},
			key{"within", required, choice(&(*into).Within, schemas.PeriodYear, schemas.PeriodEver)},
			key{"keep", required, choice(&(*into).Keep, schemas.KeepBetter, schemas.KeepFirst)},
		)(d, name, at, n)
	}
}

// attainable reads a table from attributes to 是 or 否.
func attainable(into *map[string]bool) reader {
	return func(d *document, name string, at spot, n ast.Node) {
		pairs, ok := entries(n)
		if !ok {
			d.wrongShape(at, "“"+name+"”", "若干“指标: 是或否”", n)
			return
		}
		*into = map[string]bool{}
		for _, p := range pairs {
			attribute, ok := keyText(p.Key)
			where := d.spot(p.Key)
			if _, twice := (*into)[attribute]; twice || !ok {
				d.report(where, fmt.Sprintf("键“%s”重复", attribute), "删去其中一个")
				continue
			}
			var degree schemas.Attainable
			choice(&degree, schemas.AttainableYes, schemas.AttainableNo)(d, attribute, d.valueSpot(p), p.Value)
			(*into)[attribute] = degree == schemas.AttainableYes
		}
	}
}
