package department

import "github.com/xuri/excelize/v2"

// styles are the looks of cells, by number.
type styles struct {
	title, note, heading, header  int
	text, whole, money, percent   int
	totalText, totalWhole, totalP int
	asked, plain                  int // cells to fill in, and those beside them
}

// Number formats of spreadsheets.
const (
	asText    = 49 // @
	asWhole   = 3  // #,##0
	asMoney   = 4  // #,##0.00
	asPercent = 10 // 0.00%
)

const (
	typeface = "宋体"
	dark     = "1F3864"
	pale     = "DCE6F4"
	lineTone = "D0D7E2"
)

func (b *book) makeStyles() error {
	var line []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		line = append(line, excelize.Border{Type: side, Color: lineTone, Style: 1})
	}
	font := func(bold bool, size float64, colour string) *excelize.Font {
		return &excelize.Font{Family: typeface, Size: size, Bold: bold, Color: colour}
	}
	fill := func(colour string) excelize.Fill {
		return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
	}
	middle := &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	wrapped := &excelize.Alignment{Vertical: "center", WrapText: true}
	plain := &excelize.Alignment{Vertical: "center"}
	cell := func(format int, total bool) excelize.Style {
		s := excelize.Style{Font: font(total, 10.5, "000000"), Alignment: plain, Border: line, NumFmt: format}
		if format == asText {
			s.Alignment = wrapped
		}
		if total {
			s.Fill = fill("F2F5FA")
		}
		return s
	}
	blank := func(colour string) excelize.Style {
		return excelize.Style{Font: font(false, 10.5, "000000"), Alignment: middle, Border: line, Fill: fill(colour)}
	}
	s := &b.style
	for _, made := range []struct {
		into  *int
		style excelize.Style
	}{
		{&s.title, excelize.Style{Font: font(true, 16, dark), Alignment: plain}},
		{&s.note, excelize.Style{Font: font(false, 10, "595959"), Alignment: plain}},
		{&s.heading, excelize.Style{Font: font(true, 12, dark), Alignment: plain}},
		{&s.header, excelize.Style{Font: font(true, 10.5, dark), Alignment: middle, Border: line, Fill: fill(pale)}},
		{&s.text, cell(asText, false)},
		{&s.whole, cell(asWhole, false)},
		{&s.money, cell(asMoney, false)},
		{&s.percent, cell(asPercent, false)},
		{&s.totalText, cell(asText, true)},
		{&s.totalWhole, cell(asWhole, true)},
		{&s.totalP, cell(asPercent, true)},
		{&s.asked, blank("FFF2CC")},
		{&s.plain, blank("F2F2F2")},
	} {
		id, err := b.file.NewStyle(&made.style)
		if err != nil {
			return err
		}
		*made.into = id
	}
	return nil
}
