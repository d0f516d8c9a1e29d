package department

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

const overviewName = "概览"

// overview is written last, when it is known how long the lists are, and stands first.
func overview(b *book, d *Data) error {
	stream, err := b.file.NewStreamWriter(overviewName)
	if err != nil {
		return err
	}
	widths := []float64{20, 52, 11, 11, 11, 11, 11, 11, 12, 12, 11, 11}
	for i, width := range widths {
		if err := stream.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	p := &page{book: b, stream: stream, widths: widths}
	p.line(b.style.title, d.Department+" · 政策匹配工作簿", 28)
	compared := "首个批次，没有可比的"
	if d.Last != "" {
		compared = "与 " + d.Last + " 批次比较"
	}
	p.line(b.style.note, fmt.Sprintf("%s　批次 %s，%s。个体工商户的名称是个人信息，%s。", d.Site, d.Night, compared, masking(d)), 20)
	p.held(d)
	p.items(d)
	p.causes(d)
	p.datasets(d)
	p.lists()
	if p.err != nil {
		return fmt.Errorf("write sheet %s: %w", overviewName, p.err)
	}
	return stream.Flush()
}

func masking(d *Data) string {
	if d.Clear {
		return "本簿列出，请勿外传"
	}
	return "只显示代码末四位"
}

// page writes rows one below the other. After an error it writes nothing.
type page struct {
	*book
	stream *excelize.StreamWriter
	widths []float64
	row    int
	err    error
}

func (p *page) set(height float64, cells ...any) {
	p.row++
	if p.err == nil {
		p.err = p.stream.SetRow(fmt.Sprintf("A%d", p.row), cells, excelize.RowOpts{Height: height})
	}
}

func (p *page) line(style int, text string, height float64) {
	p.set(height, excelize.Cell{StyleID: style, Value: clean(text)})
}

// block begins a part of the page.
func (p *page) block(heading string, titles ...string) {
	p.row++
	p.line(p.style.heading, heading, 22)
	cells := make([]any, len(titles))
	for i, t := range titles {
		cells[i] = excelize.Cell{StyleID: p.style.header, Value: t}
	}
	p.set(30, cells...)
}

// cells are a row of a block: texts, and numbers.
func (p *page) cells(total bool, values ...any) {
	out := make([]any, len(values))
	for i, v := range values {
		style := p.style.whole
		switch v.(type) {
		case string:
			style = p.style.text
			if total {
				style = p.style.totalText
			}
		case float64:
			style = p.style.percent
		default:
			if total {
				style = p.style.totalWhole
			}
		}
		out[i] = excelize.Cell{StyleID: style, Value: cellOf(v)}
	}
	p.set(height(p.widths, values), out...)
}

func (p *page) held(d *Data) {
	if len(d.Held) == 0 {
		return
	}
	p.block("被扣住的数据：沿用旧记录，没有记录的按“不知道”处理", "数据类", "交付部门", "沿用哪天", "几天前")
	for _, h := range d.Held {
		p.cells(false, h.Title, h.Owner, h.Since, h.Days)
	}
}

func (p *page) items(d *Data) {
	if len(d.Items) == 0 {
		return
	}
	p.block("本部门的事项（户）", "事项编号", "事项", "兑现方式", "符合", "其中须评审", "其中须承诺", "待补充", "差一项", "可免申即享", "可易申快享", "新进入", "退出")
	var sum Item
	for _, it := range d.Items {
		p.cells(false, it.ID, it.Title, it.Mode, it.Sure, it.Review, it.Declare, it.Needs, it.Near, it.Ready, it.Light, it.Entered, it.Left)
		sum.Sure += it.Sure
		sum.Review += it.Review
		sum.Declare += it.Declare
		sum.Needs += it.Needs
		sum.Near += it.Near
		sum.Ready += it.Ready
		sum.Light += it.Light
		sum.Entered += it.Entered
		sum.Left += it.Left
	}
	p.cells(true, "合计", "", "", sum.Sure, sum.Review, sum.Declare, sum.Needs, sum.Near, sum.Ready, sum.Light, sum.Entered, sum.Left)
}

func (p *page) causes(d *Data) {
	if len(d.Causes) == 0 {
		return
	}
	p.block("进入和退出的原因", "原因", "说明", "进入", "退出")
	for _, c := range d.Causes {
		p.cells(false, c.Cause, causeNotes()[c.Cause], c.Entered, c.Left)
	}
}

// causeNotes say in a few words what a cause means.
func causeNotes() map[string]string {
	return map[string]string{
		"新登记": "上一批次没有这个主体，或它未存续",
		"已注销": "主体已不存续",
		"已合并": "代码并入了另一主体",
		"规则":  "事项、标签、指标或数据类的定义改了",
		"代码表": "地区或行业代码表改了",
		"数据":  "部门交付的数据变了",
		"时效":  "数据迟到、过期，或名单是否完整变了",
		"日期":  "只因日期推移",
		"多项":  "几个原因一起",
		"基线":  "上一批次由另一版本的引擎得出，不作比较",
	}
}

func (p *page) datasets(d *Data) {
	if len(d.Datasets) == 0 {
		return
	}
	p.block("本部门交付的数据", "数据类", "说明", "有效记录", "本次收到", "本次拒收", "待补事实（种）", "涉及（事实×对）", "单凭它（对）")
	for _, s := range d.Datasets {
		note := ""
		switch {
		case s.HeldSince != "":
			note = "被扣住，沿用 " + s.HeldSince + " 的记录"
		case s.Read == 0:
			note = "本批次没有收到"
		}
		p.cells(false, s.Title, note, s.Held, s.Read, s.Rejected, s.Facts, s.Pairs, s.Alone)
	}
}

func (p *page) lists() {
	p.block("各表", "表", "内容", "行数", "其余行数")
	for _, l := range p.book.lists {
		p.cells(false, l.name, short(l.note), l.rows-l.more, l.more)
		if l.file != "" {
			p.line(p.style.note, "　　其余的行在同一文件夹的 "+l.file, 18)
		}
	}
}

// short is the first sentence of a note.
func short(note string) string {
	for i, r := range note {
		if r == '。' {
			return note[:i]
		}
	}
	return note
}
