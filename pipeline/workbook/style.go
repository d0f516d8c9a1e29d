package workbook

import "github.com/xuri/excelize/v2"

// styles are the looks of cells, by number.
type styles struct{ text, optional, required, heading, prose int }

// header is the look of a column's title.
func (s styles) header(need bool) int {
	if need {
		return s.required
	}
	return s.optional
}

// asText is the number format that leaves what is typed as it is.
const asText = 49

// makeStyles makes all styles. Texts are wrapped and begin at the top; titles of columns that must be filled are darker.
func (w *writer) makeStyles() error {
	line := []excelize.Border{
		{Type: "left", Color: "D0D7E2", Style: 1},
		{Type: "right", Color: "D0D7E2", Style: 1},
		{Type: "top", Color: "D0D7E2", Style: 1},
		{Type: "bottom", Color: "D0D7E2", Style: 1},
	}
	font := func(bold bool, size float64, colour string) *excelize.Font {
		return &excelize.Font{Family: "宋体", Size: size, Bold: bold, Color: colour}
	}
	fill := func(colour string) excelize.Fill {
		return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
	}
	middle := &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	running := &excelize.Alignment{Vertical: "top"} // over the empty cells beside it
	for _, s := range []struct {
		into  *int
		style excelize.Style
	}{
		{&w.style.text, excelize.Style{Font: font(false, 11, "000000"), Alignment: top, Border: line, NumFmt: asText}},
		{&w.style.optional, excelize.Style{Font: font(true, 11, "1F3864"), Alignment: middle, Border: line, NumFmt: asText, Fill: fill("DCE6F4")}},
		{&w.style.required, excelize.Style{Font: font(true, 11, "FFFFFF"), Alignment: middle, Border: line, NumFmt: asText, Fill: fill("1F4E8C")}},
		{&w.style.heading, excelize.Style{Font: font(true, 14, "1F3864"), Alignment: running, NumFmt: asText}},
		{&w.style.prose, excelize.Style{Font: font(false, 11, "000000"), Alignment: running, NumFmt: asText}},
	} {
		id, err := w.file.NewStyle(&s.style)
		if err != nil {
			return err
		}
		*s.into = id
	}
	return nil
}
