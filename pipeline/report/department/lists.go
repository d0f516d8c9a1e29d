package department

import (
	"errors"
	"io"

	"github.com/xuri/excelize/v2"
)

// Write writes a department's workbook. Its lists are gone through once, one after the other.
func Write(out io.Writer, d *Data, o Options) (err error) {
	b, err := newBook(o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.file.Close()) }()
	// To delete the sheet a new workbook has would mean to read all the others again.
	if err := b.file.SetSheetName("Sheet1", overviewName); err != nil {
		return err
	}
	if err := b.forPrint(overviewName, 0); err != nil {
		return err
	}
	for _, write := range sheetsOf(d) {
		if err := write(b, d); err != nil {
			return err
		}
	}
	if err := b.file.SetDocProps(&excelize.DocProperties{Title: d.Department + " " + d.Night}); err != nil {
		return err
	}
	return b.write(out)
}

// sheetsOf are the sheets a department gets: about its items, and about the data it delivers. The first is written last.
func sheetsOf(d *Data) []func(*book, *Data) error {
	type write = func(*book, *Data) error
	var out []write
	items, data := len(d.Items) > 0, len(d.Datasets) > 0
	for _, s := range []struct {
		has   bool
		write write
	}{
		{items, matches},
		{true, facts},
		{data, waiting},
		{items, near},
		{items, readiness},
		{items, unready},
		{items, changes},
		{true, overview},
	} {
		if s.has {
			out = append(out, s.write)
		}
	}
	return out
}

// who are the columns that say who a row is about.
func who() []column {
	return []column{{"统一社会信用代码", 22, text}, {"名称", 40, text}, {"区县", 17, text}}
}

// rows goes through a list, nil being empty.
func (l List) rows(yield func(cells ...any) error) error {
	if l == nil {
		return nil
	}
	return l(func(cells []any) error { return yield(cells...) })
}

func matches(b *book, d *Data) error {
	s := sheet{
		name: "符合", frozen: 2,
		note: "本部门事项的符合名单，按事项排列。金额为区间的，区间两端都列出；“须”是还要人评审或企业承诺的；“新”是上一批次还不符合的。",
		columns: append(who(), column{"事项编号", 16, text}, column{"事项", 36, text}, column{"金额下限", 15, money}, column{"金额上限", 15, money},
			column{"单位", 7, text}, column{"须", 7, text}, column{"新", 5, text}, column{"兑现就绪", 11, text}),
	}
	return b.list(s, d.Matches.rows)
}

func facts(b *book, d *Data) error {
	s := sheet{
		name: "待补充事实", frozen: 2,
		note: "“本部门提供”：补上哪些数据最有用，先列单凭它就能判定的对数多的；一对是一个主体和一个事项。“等其他部门”：本部门事项在等别的部门的数据。",
		columns: []column{
			{"谁来补", 13, text},
			{"事实", 30, text},
			{"可提供的部门（数据类）", 52, text},
			{"单凭它可判定（对）", 14, whole},
			{"涉及（对）", 12, whole},
			{"主体（户）", 12, whole},
			{"事项（个）", 10, whole},
		},
	}
	return b.list(s, func(yield func(...any) error) error {
		for _, part := range []struct {
			who   string
			facts []Fact
		}{{"本部门提供", d.Supply}, {"等其他部门", d.Await}} {
			for _, f := range part.facts {
				if err := yield(part.who, f.Title, f.Suppliers, f.Alone, f.Pairs, f.Enterprises, f.Items); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func waiting(b *book, d *Data) error {
	s := sheet{
		name: "待补充名单", frozen: 2,
		note: "哪个主体缺本部门的哪项数据，有哪些事项在等它。“单凭它”是只缺这一项的事项个数。",
		columns: append(who(), column{"事实", 28, text}, column{"等它的事项", 12, whole}, column{"单凭它", 10, whole},
			column{"事项", 60, text}),
	}
	return b.list(s, d.Waiting.rows)
}

func near(b *book, d *Data) error {
	s := sheet{
		name: "差一项", frozen: 2,
		note: "只差一个条件就符合的（培育库），按事项排列，差得少的在前。“或”是改变其他几项之一也行的项数。",
		columns: append(who(), column{"事项编号", 16, text}, column{"事项", 36, text}, column{"所差条件", 48, text}, column{"现值", 18, text},
			column{"门槛", 16, text}, column{"差距", 25, text}, column{"或", 6, whole}),
	}
	return b.list(s, func(yield func(...any) error) error {
		return d.Near.rows(func(cells ...any) error { return yield(cells[:len(s.columns)]...) })
	})
}

func readiness(b *book, d *Data) error {
	s := sheet{
		name: "免申即享就绪", frozen: 2,
		note: "每个事项离免申即享还有多远：条件中数据能判定的占比，符合者中已就绪的占比。",
		columns: []column{
			{"事项编号", 16, text},
			{"事项", 40, text},
			{"兑现方式", 11, text},
			{"条件（项）", 10, whole},
			{"数据可判定（项）", 12, whole},
			{"可判定占比", 12, share},
			{"符合（户）", 12, whole},
			{"可免申即享（户）", 12, whole},
			{"就绪占比", 12, share},
			{"可易申快享（户）", 12, whole},
			{"须评审（户）", 12, whole},
			{"须承诺（户）", 12, whole},
		},
	}
	return b.list(s, func(yield func(...any) error) error {
		for _, it := range d.Items {
			err := yield(it.ID, it.Title, it.Mode, it.Tests, it.Decidable, portion(int64(it.Decidable), int64(it.Tests)), it.Sure, it.Ready,
				portion(it.Ready, it.Sure), it.Light, it.Review, it.Declare)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// portion is a share, and no number where there is nothing to share.
func portion(part, of int64) any {
	if of == 0 {
		return nil
	}
	return float64(part) / float64(of)
}

func unready(b *book, d *Data) error {
	s := sheet{
		name: "未就绪名单", frozen: 2,
		note:    "符合但还不能免申即享的，逐户说明原因。",
		columns: append(who(), column{"事项编号", 16, text}, column{"事项", 36, text}, column{"未就绪的原因", 60, text}),
	}
	return b.list(s, d.Unready.rows)
}

func changes(b *book, d *Data) error {
	s := sheet{
		name: "变化", frozen: 2,
		note: "与上一批次相比新符合的（进入）和不再符合的（退出），及其原因。",
		columns: append(who(), column{"事项编号", 16, text}, column{"事项", 36, text}, column{"变化", 8, text}, column{"原因", 10, text},
			column{"详情", 40, text}),
	}
	return b.list(s, d.Changes.rows)
}
