package department

import "cmp"

// Rows of lists as cells, in the order of the sheet's columns: text, int, an amount in hundredths (*int64, nil without one)
// or a share (float64).

// Cells is the row as the sheet 符合 has it.
func (m *Match) Cells() []any {
	return m.cells(m.Item, m.Title, m.Low, m.High, m.Unit, m.Subject, mark(m.New, "新"), m.Ready)
}

// Cells is the row as the sheet 待补充名单 has it.
func (w *Waiting) Cells() []any { return w.cells(w.Fact, w.Items, w.Alone, w.Which) }

// Cells is the row as the sheet 差一项 has it, and behind it Share.
func (n *Near) Cells() []any {
	return n.cells(n.Item, n.Title, n.Test, n.Now, n.Asked, n.Gap, n.Others, n.Share)
}

// Cells is the row as the sheet 未就绪名单 has it.
func (u *Unready) Cells() []any { return u.cells(u.Item, u.Title, u.Reasons) }

// Cells is the row as the sheet 变化 has it.
func (c *Change) Cells() []any {
	word := "退出"
	if c.Entered {
		word = "进入"
	}
	return c.cells(c.Item, c.Title, word, c.Cause, c.Detail)
}

func (e *Enterprise) cells(more ...any) []any {
	return append([]any{e.Code, e.Name, e.County}, more...)
}

func mark(is bool, word string) string {
	if is {
		return word
	}
	return ""
}

// CompareNear orders the near misses of an item: those first that lack least.
func CompareNear(a, b []any) int {
	share := func(cells []any) float64 { return cells[len(cells)-1].(float64) }
	return cmp.Or(cmp.Compare(share(a), share(b)), cmp.Compare(a[0].(string), b[0].(string)))
}
