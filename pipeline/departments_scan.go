package pipeline

import (
	"context"
	"fmt"
	"strings"

	"zhida/matcher"
	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/explain"
	"zhida/matcher/missing"
	"zhida/matcher/plan"
	"zhida/pipeline/current"
	"zhida/pipeline/export"
	"zhida/pipeline/report/department"
	"zhida/schemas"
)

// departmentScan goes through the homes of a view once and gathers what the departments' workbooks say of them.
type departmentScan struct {
	*scanner
	view    *View
	night   *Night
	options DepartmentOptions
	draft   *gathering
	ids     []string         // of the library's items
	items   []departmentItem // as in the library, and behind them those that were taken out since the last night
	index   map[string]int   // of items, by id
	asks    map[string][]asked
}

// departmentItem is an item as rows name it.
type departmentItem struct {
	id, department, title, unit string
}

// scanner evaluates what a scan asks of all items. To compile it takes five seconds for ten thousand of them, so scans
// pass it on.
type scanner struct {
	matcher *matcher.Matcher
	finder  *missing.Finder
	near    *explain.NearMisses
}

func (n *Night) newScanner() *scanner {
	in := n.input(nil, 0, nil)
	var exprs []condition.Expr
	var questions []*explain.Question
	for i := range n.Library.Items {
		it := &n.Library.Items[i]
		exprs = append(exprs, it.Expr)
		questions = append(questions, &explain.Question{In: in, Expr: it.Expr, Rules: n.Workspace.TagRules, Attainable: it.Attainable})
	}
	return &scanner{matcher.New(n.Library), missing.New(exprs, n.Workspace.TagRules), explain.NewNearMisses(questions...)}
}

// newDepartmentScan begins to scan the homes of a view. gone are items taken out since the last night.
func (v *View) newDepartmentScan(by *scanner, gone []GoneItem, o DepartmentOptions) (*departmentScan, error) {
	n := v.night
	s := &departmentScan{scanner: by, view: v, night: n, options: o, index: map[string]int{}, asks: n.asks()}
	for policy, item := range n.Workspace.Items() {
		it := departmentItem{id: item.ID, department: issuer(policy, item), title: item.Title}
		if benefit := n.Workspace.Benefits[item.ID]; benefit != nil {
			it.unit = string(benefit.Type().Unit)
		}
		s.items, s.ids = append(s.items, it), append(s.ids, item.ID)
	}
	for _, it := range gone {
		s.items = append(s.items, departmentItem{id: it.ID, department: it.Department, title: it.Title})
	}
	for i := range s.items {
		s.index[s.items[i].id] = i
	}
	var err error
	s.draft, err = newGathering(o.Temp)
	return s, err
}

// wants reports whether the workbook of a department is made.
func (s *departmentScan) wants(name string) bool {
	return s.options.Only == "" || s.options.Only == name
}

func (s *departmentScan) scan(ctx context.Context) error {
	return s.view.Homes(func(h *HomeState, dir *current.Directory) error {
		changed := map[uint16][]Change{}
		err := s.view.Changes(h, func(c Change) error {
			number := uint16(c.ID >> 16)
			changed[number] = append(changed[number], c)
			return nil
		})
		if err != nil {
			return err
		}
		for _, number := range h.Blocks {
			if err := ctx.Err(); err != nil {
				return err
			}
			b := &departmentBlock{departmentScan: s, dir: dir, changes: changed[number], facts: map[missing.Fact]*waiters{}, fills: map[fillKey]*filling{}}
			if err := b.scan(h, number); err != nil {
				return fmt.Errorf("block %d: %w", number, err)
			}
		}
		return nil
	})
}

// departmentBlock is a block that is gone through.
type departmentBlock struct {
	*departmentScan
	dir     *current.Directory
	in      *plan.Input
	people  *people
	changes []Change
	entered map[string][]int // doors, by item
	facts   map[missing.Fact]*waiters
	fills   map[fillKey]*filling
}

func (b *departmentBlock) scan(h *HomeState, number uint16) error {
	var err error
	if b.in, err = b.view.Block(h, number); err != nil {
		return err
	}
	defer b.finder.Release()
	defer b.near.Release()
	if b.people, err = b.peopleOf(h, number); err != nil {
		return err
	}
	b.entered = map[string][]int{}
	for _, c := range b.changes {
		if c.Entered {
			b.entered[c.Item] = append(b.entered[c.Item], int(c.ID&0xffff))
		}
	}
	if h.Verdicts != nil {
		item := 0
		err := b.view.Verdicts(h, number, b.in.Block.N, b.ids, func(_ string, v matcher.Verdict) error {
			defer func() { item++ }()
			return b.item(item, v)
		})
		if err != nil {
			return err
		}
	}
	return firstError(b.change(), b.waiting(), b.filling(), b.conflicts())
}

// item takes in an item's verdict on the block.
func (b *departmentBlock) item(i int, v matcher.Verdict) error {
	if b.wants(b.items[i].department) {
		if err := firstError(b.matches(i, v), b.unready(i, v), b.nearMisses(i, v)); err != nil {
			return err
		}
	}
	if v.Needs == nil {
		return nil
	}
	found, err := b.finder.Item(b.in, i, v.Needs)
	if err != nil {
		return err
	}
	for _, f := range found {
		b.missing(i, f)
	}
	b.fill(found)
	return nil
}

func (b *departmentBlock) matches(i int, v matcher.Verdict) error {
	if v.Sure == nil {
		return nil
	}
	it, key := &b.items[i], listKey{b.items[i].department, listMatches, i}
	entered := map[int]bool{}
	for _, door := range b.entered[b.ids[i]] {
		entered[door] = true
	}
	amounts := map[int]plan.Amount{}
	if err := b.matcher.Amounts(b.in, i, v.Sure, func(door int, a plan.Amount) { amounts[door] = a }); err != nil {
		return err
	}
	has := func(set bits.Set, door int) bool { return set != nil && set.Has(door) }
	for door := range v.Sure.All() {
		row := department.Match{Enterprise: b.people.of(door), Item: b.ids[i], Title: it.title, New: entered[door]}
		if a, ok := amounts[door]; ok {
			row.Low, row.High = hundredths(a)
			row.Unit = it.unit
		}
		switch {
		case has(v.Review, door):
			row.Subject = "评审"
		case has(v.Declare, door):
			row.Subject = "承诺"
		}
		switch {
		case has(v.Ready, door):
			row.Ready = string(schemas.ModeNoApplication)
		case has(v.Light, door):
			row.Ready = string(schemas.ModeLightApplication)
		}
		if err := b.draft.put(key, row.Cells()); err != nil {
			return err
		}
	}
	return nil
}

// hundredths are the ends of an amount in hundredths of its unit, rounded outwards if they are two; nil is open.
func hundredths(a plan.Amount) (low, high *int64) {
	if a.Absent {
		return nil, nil
	}
	if a.IsPoint() {
		if x, ok := export.Round(a.Low, 2, export.Nearest); ok {
			return &x, &x
		}
		return nil, nil
	}
	if a.Low != nil {
		if x, ok := export.Round(a.Low, 2, export.Down); ok {
			low = &x
		}
	}
	if a.High != nil {
		if x, ok := export.Round(a.High, 2, export.Up); ok {
			high = &x
		}
	}
	return low, high
}

func (b *departmentBlock) unready(i int, v matcher.Verdict) error {
	found, err := b.matcher.Obstacles(b.in, i, v)
	if err != nil {
		return err
	}
	reasons := map[int][]string{}
	for _, h := range found {
		for door := range h.Doors.All() {
			reasons[door] = append(reasons[door], obstacleText(h))
		}
	}
	if v.Sure == nil {
		return nil
	}
	for door := range v.Sure.All() {
		if len(reasons[door]) == 0 {
			continue
		}
		row := department.Unready{
			Enterprise: b.people.of(door), Item: b.ids[i], Title: b.items[i].title, Reasons: strings.Join(reasons[door], "；"),
		}
		if err := b.draft.put(listKey{b.items[i].department, listUnready, i}, row.Cells()); err != nil {
			return err
		}
	}
	return nil
}

func obstacleText(h matcher.Hindrance) string {
	switch h.Obstacle {
	case matcher.NeedsReview:
		return "须评审"
	case matcher.NeedsDeclaration:
		return "须承诺"
	case matcher.NoAmount:
		return "没有写明金额"
	case matcher.AmountOpen:
		return "金额未定"
	case matcher.ListOpen:
		return titleOf(h.List) + " 名单不完整或已过期"
	case matcher.NoPayments:
		return "没有兑付记录可查"
	case matcher.AlreadyPaid:
		return "本期已兑付"
	case matcher.PaymentOpen:
		return "是否已兑付不明"
	case matcher.Excluded:
		return "与同组事项互斥，另一项优先或未定"
	}
	return ""
}

func titleOf(d *schemas.Dataset) string {
	if d.Title != "" {
		return d.Title
	}
	return d.Name
}

func (b *departmentBlock) nearMisses(i int, v matcher.Verdict) (err error) {
	if v.Near == nil {
		return nil
	}
	it := &b.items[i]
	failed := b.near.Each(b.in, i, v.Near, func(door int, leaves []explain.Leaf) {
		least := leaves[0]
		for _, l := range leaves[1:] {
			if l.Gap != "" && (least.Gap == "" || l.Share < least.Share) {
				least = l
			}
		}
		if least.Gap == "" {
			least.Share = 1
		}
		row := department.Near{
			Enterprise: b.people.of(door), Item: b.ids[i], Title: it.title, Test: least.Plain(), Now: least.Now, Asked: least.Asked, Gap: least.Gap,
			Others: len(leaves) - 1, Share: least.Share,
		}
		err = firstError(err, b.draft.put(listKey{it.department, listNear, i}, row.Cells()))
	})
	return firstError(failed, err)
}

// change takes in the changes of the block.
func (b *departmentBlock) change() error {
	for _, c := range b.changes {
		i, ok := b.index[c.Item]
		if !ok || !b.wants(b.items[i].department) {
			continue
		}
		name := b.items[i].department
		causes := b.draft.of(name).Causes
		count := causes[c.Cause]
		if c.Entered {
			count.Entered++
		} else {
			count.Left++
		}
		causes[c.Cause] = count
		row := department.Change{
			Enterprise: b.people.of(int(c.ID & 0xffff)), Item: c.Item, Title: b.items[i].title, Entered: c.Entered,
			Cause: string(c.Cause), Detail: c.Detail,
		}
		if err := b.draft.put(listKey{name, listChanges, i}, row.Cells()); err != nil {
			return err
		}
	}
	return nil
}
