package department

import (
	"errors"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"
)

// Corrections are what a department that delivers data should put right.
type Corrections struct {
	Department string
	Night      string

	Wrong     List // what was wrong in what it delivered tonight: Cells of Wrong
	Problems  func(yield func(Problem) error) error
	Conflicts List  // what other departments say otherwise: Cells of Conflict
	Disagree  int64 // conflicts there are
	Missing   []Fact
}

// MostListed bounds the rows of a list of corrections: nobody puts more right by hand, and the counts say how many there are.
const MostListed = 50_000

// Wrong is something that was wrong in a row that was delivered.
type Wrong struct {
	Dataset, File string
	Line          int64
	Code          string
	Field, Value  string
	Problem       string
	Kept          string // 整行未收, 该格未收, 照收
	Suggestion    string
}

// Cells is the row as the sheet 校核 has it.
func (w *Wrong) Cells() []any {
	return []any{w.Dataset, w.File, w.Line, w.Code, w.Field, w.Value, w.Problem, w.Kept, w.Suggestion}
}

// Problem counts the rows of a file in which one thing was wrong, and those of them that are listed.
type Problem struct {
	Dataset, File, Text, Kept string
	Rows, Listed              int64
}

// Conflict is an attribute of an enterprise on which two sources disagree.
type Conflict struct {
	Enterprise
	Attribute   string
	Used, Other Statement
	Why         string // it is used
}

// Statement is what a source says.
type Statement struct {
	Who   string // 市税务局（纳税）
	Value string
	Date  string // on which it was last confirmed
}

// Cells is the row as the sheet 部门间不一致 has it.
func (c *Conflict) Cells() []any {
	return c.cells(c.Attribute, c.Used.Who, c.Used.Value, c.Used.Date, c.Other.Who, c.Other.Value, c.Other.Date, c.Why)
}

// WriteCorrections writes the workbook of what a department should put right, and each of its sheets as a CSV file beside it.
func WriteCorrections(out io.Writer, c *Corrections, o Options) (err error) {
	b, err := newBook(o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.file.Close()) }()
	if err := b.file.SetSheetName("Sheet1", wrongSheet); err != nil {
		return err
	}
	for _, write := range []func(*Corrections) error{b.wrong, b.problems, b.conflicts, b.missing} {
		if err := write(c); err != nil {
			return err
		}
	}
	if err := b.file.SetDocProps(&excelize.DocProperties{Title: c.Department + " 校核 " + c.Night}); err != nil {
		return err
	}
	return b.write(out)
}

const wrongSheet = "校核"

func (b *book) wrong(c *Corrections) error {
	return b.filed(sheet{
		name: wrongSheet, frozen: 3,
		note: fmt.Sprintf("%s　批次 %s：本批次交付里有问题的行，改正后重新交付。每个文件的同一问题至多列 1000 行，全表至多 %d 行，行数见“校核汇总”。个人信息的值不列出。", c.Department, c.Night, MostListed),
		columns: []column{
			{"数据类", 12, text},
			{"文件", 36, text},
			{"行号", 10, whole},
			{"统一社会信用代码", 22, text},
			{"字段", 16, text},
			{"值", 24, text},
			{"问题", 40, text},
			{"处理", 11, text},
			{"建议", 44, text},
		},
	}, c.Wrong.rows)
}

func (b *book) problems(c *Corrections) error {
	return b.filed(sheet{
		name: "校核汇总", frozen: 2,
		note:    "每个文件每种问题有多少行，其中在“校核”里列出了多少行。一行可以有几种问题。",
		columns: []column{{"数据类", 12, text}, {"文件", 36, text}, {"问题", 52, text}, {"处理", 11, text}, {"行数", 12, whole}, {"已列出", 12, whole}},
	}, func(yield func(...any) error) error {
		return c.Problems(func(p Problem) error { return yield(p.Dataset, p.File, p.Text, p.Kept, p.Rows, p.Listed) })
	})
}

func (b *book) conflicts(c *Corrections) error {
	note := fmt.Sprintf("本部门与其他部门对同一指标说法不一的，请核对，共 %d 条。", c.Disagree)
	if c.Disagree > MostListed {
		note += fmt.Sprintf("只列前 %d 条，其余 %d 条未列。", MostListed, c.Disagree-MostListed)
	}
	return b.filed(sheet{
		name: "部门间不一致", frozen: 2, note: note,
		columns: append(who(), column{"指标", 22, text}, column{"采用的来源", 28, text}, column{"采用的值", 22, text}, column{"核实日期", 13, text},
			column{"另一来源", 28, text}, column{"另一来源的值", 22, text}, column{"核实日期（另）", 13, text}, column{"为何采用", 40, text}),
	}, func(yield func(...any) error) error {
		n := 0
		return c.Conflicts.rows(func(cells ...any) error {
			if n++; n > MostListed {
				return nil
			}
			return yield(cells...)
		})
	})
}

func (b *book) missing(c *Corrections) error {
	return b.filed(sheet{
		name: "缺失信息", frozen: 1,
		note: "缺了最耽误判定的数据，先列单凭它就能判定的对数多的；一对是一个主体和一个事项。能填报的，逐户的填报表在同一文件夹。",
		columns: []column{
			{"事实", 30, text},
			{"可提供的部门（数据类）", 52, text},
			{"单凭它可判定（对）", 14, whole},
			{"涉及（对）", 12, whole},
			{"主体（户）", 12, whole},
			{"事项（个）", 10, whole},
			{"填报表", 24, text},
		},
	}, func(yield func(...any) error) error {
		for _, f := range c.Missing {
			if err := yield(f.Title, f.Suppliers, f.Alone, f.Pairs, f.Enterprises, f.Items, f.Sheet); err != nil {
				return err
			}
		}
		return nil
	})
}

// filed writes a list as a sheet and, for machines, as a CSV file beside the workbook.
func (b *book) filed(s sheet, rows func(yield func(cells ...any) error) error) (err error) {
	file := &overflow{book: b, sheet: s, name: b.options.Prefix + "-" + s.name + ".csv"}
	if err := file.begin(); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.close()) }()
	return b.list(s, func(yield func(...any) error) error {
		return rows(func(cells ...any) error {
			if err := file.row(cells); err != nil {
				return err
			}
			return yield(cells...)
		})
	})
}
