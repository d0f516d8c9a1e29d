package main

import (
	"fmt"
	"slices"
	"strconv"

	"zhida/schemas"
)

var creditHeader = []string{"统一社会信用代码", "类型", "文号", "列入日期", "移出日期"}

// creditFull is the list of the night: three of a hundred are on it, some of them were taken off again. On the second
// night one has paid and one is new; on the third one was taken off with a date, and another is new.
func (w *city) creditFull() *sheet {
	if before, ok := w.written["credit"]; ok {
		s := &sheet{header: before.header, rows: slices.Clone(before.rows[1:])}
		off := slices.Clone(s.rows[w.night-15])
		off[4] = w.today().String()
		s.rows[w.night-15] = off
		for i := range 2 {
			e := w.all[w.night-15+6*i]
			s.add(w.blacklist(w.on(e, fmt.Sprint("credit", w.night)), e, w.today()-3, "")...)
		}
		return w.put("credit", s)
	}
	s := newSheet(creditHeader...)
	for _, e := range w.known() {
		d := w.on(e, "credit")
		if !d.rare(32) {
			continue
		}
		from := max(e.founded+5, firstNight()-schemas.Date(d.between(10, 1100)))
		off := ""
		if d.chance(25) {
			off = (from + schemas.Date(d.between(1, max(1, int(firstNight()-from))))).String()
		}
		s.add(w.blacklist(d, e, from, off)...)
	}
	return w.put("credit", s)
}

func (w *city) blacklist(d dice, e *enterprise, from schemas.Date, off string) []string {
	kind := one(d, []string{"失信被执行人", "失信被执行人", "失信被执行人", "经营异常名录", "经营异常名录", "经营异常名录", "经营异常名录", "严重违法失信", "拖欠农民工工资", "重大税收违法"})
	number := fmt.Sprintf("（%d）示%d号", year(from), 100+d.IntN(900))
	if kind == "失信被执行人" {
		number = fmt.Sprintf("（%d）川07示执%d号", year(from), 100+d.IntN(900))
	}
	return []string{w.delivered(e), kind, number, from.String(), off}
}

var penaltyHeader = []string{"统一社会信用代码", "文号", "类别", "程度", "处罚日期", "罚款金额", "修复日期"}

// penaltyFull has the penalties of six enterprises of a hundred.
func (w *city) penaltyFull() *sheet {
	s := newSheet(penaltyHeader...)
	for _, e := range w.known() {
		d := w.on(e, "penalty")
		if !d.rare(62) {
			continue
		}
		for range d.skewed(1, 3) {
			w.punish(s, d, e, firstNight()-schemas.Date(d.between(5, 1700)))
		}
	}
	return w.put("penalty", s)
}

func (w *city) punish(s *sheet, d dice, e *enterprise, on schemas.Date) {
	on = min(max(on, e.founded+20), w.today()-1)
	grave, fine := "一般", d.between(1, 50)*200
	switch n := d.IntN(100); {
	case n < 10:
		grave, fine = "严重", d.between(5, 80)*10000
	case n < 35:
		grave, fine = "较重", d.between(10, 100)*1000
	}
	repaired := ""
	if on < w.today()-120 && d.chance(45) {
		repaired = (on + schemas.Date(d.between(60, 119))).String()
	}
	kinds := []string{"税务", "市场监管", "市场监管", "劳动保障", "消防"}
	if e.isIn("C", "E", "G", "3") {
		kinds = append(kinds, "环保", "环保", "安全生产", "安全生产")
	}
	amount := strconv.Itoa(fine)
	if d.chance(15) {
		amount = grouped(amount) + ".00"
	}
	number := fmt.Sprintf("绵示罚〔%d〕%d-%d号", year(on), e.number, w.next())
	s.add(w.delivered(e), number, one(d, kinds), grave, d.writtenDate(on), amount, repaired)
}

// penaltyIncrement has new penalties, and old ones that were made good.
func (w *city) penaltyIncrement() *sheet {
	s := newSheet(penaltyHeader...)
	for _, e := range w.known() {
		if e.number%220 == 40+w.night && e.isLiving() {
			w.punish(s, w.on(e, fmt.Sprint("penalty", w.night)), e, w.today()-2)
		}
	}
	fresh, repaired := len(s.rows), 0
	for i, row := range w.written["penalty"].rows {
		if row[6] == "" && i%3 == w.night-16 && repaired < 4 {
			row = slices.Clone(row)
			row[6] = w.today().String()
			s.add(row...)
			repaired++
		}
	}
	return s.operated(fresh)
}

var environmentHeader = []string{"统一社会信用代码", "环境信用等级", "重污染天气绩效分级", "是否通过清洁生产审核", "评定日期"}

// underReview reports whether the environment bureau rates the enterprise: industry, and some others that pollute.
func (w *city) underReview(e *enterprise) bool {
	d := w.on(e, "knows environment")
	return e.isCompany() && (e.isIn("C", "3", "1") && d.chance(78) || e.isIn("E", "H", "G") && d.chance(8))
}

// environmentFull is the rating of December 2024. Six of seven are confirmed by the first night's increment; of the others
// nothing is known any more on the third night, when the dataset's shelf life of a year and a half has run out.
func (w *city) environmentFull() *sheet {
	s := newSheet(environmentHeader...)
	for _, e := range w.known() {
		if w.underReview(e) && e.founded < firstNight()-600 {
			w.rate(s, w.on(e, "environment"), e, schemas.NewDate(2024, 12, 10))
		}
	}
	return s
}

func (w *city) rate(s *sheet, d dice, e *enterprise, on schemas.Date) {
	grade := one(d, []string{"良好", "蓝牌", "环保良好"})
	switch n := d.IntN(100); {
	case n < 22:
		grade = one(d, []string{"诚信", "绿牌"})
	case n < 76:
	case n < 93:
		grade = one(d, []string{"警示", "黄牌"})
	default:
		grade = one(d, []string{"不良", "红牌"})
	}
	performance, clean := one(d, []string{"A", "B", "B", "C", "C", "D", ""}), one(d, []string{"是", "是", "否", "否", "否", ""})
	written := on.String()
	if d.chance(12) {
		written = d.writtenDate(on)
	}
	s.add(w.delivered(e), grade, performance, clean, written)
}

// environmentIncrement has this year's ratings.
func (w *city) environmentIncrement() *sheet {
	s := newSheet(environmentHeader...)
	for _, e := range w.known() {
		if !w.underReview(e) {
			continue
		}
		d := w.on(e, fmt.Sprint("environment", w.night))
		switch {
		case w.night == 15 && e.number%7 != 3:
			w.rate(s, w.on(e, "environment"), e, schemas.NewDate(2026, 6, 10))
		case w.night > 15 && e.number%110 == 20+w.night:
			w.rate(s, d, e, w.today()-1)
		}
	}
	return s
}

var safetyHeader = []string{"统一社会信用代码", "标准化等级", "有效期至", "最近事故日期", "未整改隐患"}

// safetyFull is what the emergency bureau knows of those it inspects.
func (w *city) safetyFull() *sheet {
	s := newSheet(safetyHeader...)
	for _, e := range w.known() {
		d := w.on(e, "safety")
		if e.isCompany() && (e.isIn("C", "E", "G", "3", "4") && d.chance(58) || d.chance(6)) {
			w.inspect(s, d, e)
		}
	}
	return s
}

func (w *city) inspect(s *sheet, d dice, e *enterprise) {
	grade, until := "未达标", ""
	switch n := d.IntN(100) - 8*e.size; {
	case n < 3:
		grade = "一级"
	case n < 28:
		grade = "二级"
	case n < 75:
		grade = "三级"
	}
	if grade != "未达标" {
		until = d.writtenDate(firstNight() + schemas.Date(d.between(-200, 1000)))
	}
	accident := "无"
	if d.rare(35) {
		accident = d.writtenDate(firstNight() - schemas.Date(d.between(20, 1500)))
	}
	s.add(w.delivered(e), grade, until, accident, d.blank(4, one(d, []string{"0", "0", "0", "0", "1", "2", "3", "5"})))
}

// safetyIncrement has the day's inspections.
func (w *city) safetyIncrement() *sheet {
	s := newSheet(safetyHeader...)
	for _, e := range w.known() {
		if d := w.on(e, fmt.Sprint("safety", w.night)); e.isCompany() && e.isIn("C", "E", "G") && d.rare(15) {
			w.inspect(s, d, e)
		}
	}
	return s
}
