package workspace

import (
	"fmt"
	"strconv"
	"strings"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// Paid is the condition, in the words of the language, that an item's benefit was paid to the enterprise in this period,
// or that of another item which excludes it. It is nil if the workspace has no payment records. The period is what
// once says: the calendar year, or ever; else the application window, if it has a beginning; else what a payment says
// nothing about.
func (w *Workspace) Paid(item *schemas.Item) (condition.Expr, error) {
	payments := w.payments()
	if payments == nil {
		return nil, nil
	}
	var parts []string
	if during, limited := period(item); limited {
		parts = append(parts, paidText(payments, []string{item.ID}, during))
	}
	if x := item.Exclusive; x != nil {
		during := ""
		if x.Within == schemas.PeriodYear {
			during = "本年"
		}
		if rivals := w.rivals(item); len(rivals) > 0 {
			parts = append(parts, paidText(payments, rivals, during))
		}
	}
	if len(parts) == 0 {
		parts = []string{"是 = 否"}
	}
	x, faults := condition.Compile(schemas.Text{Text: strings.Join(parts, " 或 ")}, w.Env)
	if len(faults) > 0 {
		return nil, fmt.Errorf("ask the payment records about item %s: %w", item.ID, faults)
	}
	return x, nil
}

func (w *Workspace) payments() *schemas.Dataset {
	for _, d := range w.Datasets {
		if d.Role == schemas.RolePayments {
			return d
		}
	}
	return nil
}

// rivals are the other items of an item's exclusive group.
func (w *Workspace) rivals(item *schemas.Item) []string {
	var out []string
	for _, other := range w.Items() {
		if other.ID != item.ID && other.Exclusive != nil && other.Exclusive.Group == item.Exclusive.Group {
			out = append(out, other.ID)
		}
	}
	return out
}

// period is the time in which a payment of the item counts, as it stands behind 在; "" is ever.
func period(item *schemas.Item) (during string, limited bool) {
	switch {
	case item.Once == schemas.OncePerYear:
		return "本年", true
	case item.Once == schemas.OnceEver:
		return "", true
	case item.Window.From.IsZero():
		return "", false
	case item.Window.To.IsZero():
		return item.Window.From.String() + "..9999-12-31", true
	}
	return item.Window.From.String() + ".." + item.Window.To.String(), true
}

func paidText(d *schemas.Dataset, items []string, during string) string {
	quoted := make([]string, len(items))
	for i, id := range items {
		quoted[i] = strconv.Quote(id)
	}
	text := fmt.Sprintf("有 %s(%s 属于 [%s]", d.Title, d.Paid.Item, strings.Join(quoted, ", "))
	if during != "" {
		text += fmt.Sprintf(" 且 %s 在 %s", d.Paid.Date, during)
	}
	return text + ")"
}
