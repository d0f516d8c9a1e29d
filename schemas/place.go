package schemas

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// place is what a name may stand for.
type place struct {
	raw    string // the code the name belonged to, normal form
	code   string // the code that holds now, normal form
	short  bool   // a short form: 绵阳 for 绵阳市
	former bool   // the name is not in use any more
}

// placeIndex finds names at the front of a text.
type placeIndex struct {
	places  map[string][]place
	lengths map[rune][]int // first character -> lengths in bytes of the names that begin with it, longest first
}

// indexNames builds the index of region names from the tables.
func (c *Codes) indexNames() {
	ix := placeIndex{places: map[string][]place{}, lengths: map[rune][]int{}}
	for _, key := range slices.Sorted(maps.Keys(c.regions)) {
		rows := c.regions[key]
		last := rows[len(rows)-1]
		for i, row := range rows {
			if isPlaceholder(row.Name) || isReused(rows, i) {
				continue
			}
			now := c.current(row.Code)
			if now == "" {
				continue
			}
			former := row.To != 0
			ix.add(row.Name, place{raw: row.Code, code: now, former: former})
			if row.Name == "市中区" {
				c.addCentre(&ix, place{raw: row.Code, code: now, former: former})
			}
			if former {
				continue
			}
			for _, s := range shortForms(row.Name, len(last.Code)) {
				ix.add(s.name, place{raw: row.Code, code: now, short: s.short})
			}
		}
	}
	for name := range ix.places {
		r, _ := utf8.DecodeRuneInString(name)
		if !slices.Contains(ix.lengths[r], len(name)) {
			ix.lengths[r] = append(ix.lengths[r], len(name))
		}
	}
	for _, l := range ix.lengths {
		slices.SortFunc(l, func(a, b int) int { return b - a })
	}
	c.names = ix
}

// addCentre adds the way people write a city's 市中区: 内江市中区 for 内江市市中区.
func (c *Codes) addCentre(ix *placeIndex, p place) {
	for _, city := range c.rows(parentRegion(p.raw)) {
		ix.add(city.Name+"中区", p)
	}
}

func (ix *placeIndex) add(name string, p place) {
	if !slices.Contains(ix.places[name], p) {
		ix.places[name] = append(ix.places[name], p)
	}
}

// sorted lists all full names, for suggestions.
func (ix *placeIndex) sorted() []string { return slices.Sorted(maps.Keys(ix.places)) }

// isReused reports a row of a code that lay idle and was then given to another place: 511400 was 涪陵市 until 1997 and is 眉山市
// since 2000.
func isReused(rows []RegionInfo, i int) bool {
	return i+1 < len(rows) && rows[i].To != 0 && rows[i+1].From > rows[i].To+1
}

// shortForm is another way to write a name.
type shortForm struct {
	name  string
	short bool // not a full name: it can be the front of a longer word
}

// shortForms lists the ways to shorten a name: 四川, 绵阳, 涪城 (short), and 北川县, 甘孜州 for the long names of autonomous
// areas (as good as full). A single character is no name (安 for 安县).
func shortForms(name string, level int) []shortForm {
	var out []shortForm
	stem := name
	for _, suffix := range []string{"特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "林区", "省", "市", "县", "区", "盟", "旗"} {
		s, ok := strings.CutSuffix(name, suffix)
		if !ok || utf8.RuneCountInString(s) < 2 {
			continue
		}
		stem = s
		if strings.HasPrefix(suffix, "自治") {
			stem = trimPeoples(s)
			if last := strings.TrimPrefix(suffix, "自治"); last != "区" && stem != s {
				out = append(out, shortForm{name: stem + last})
			}
		}
		break
	}
	if stem == name || utf8.RuneCountInString(stem) < 2 || isDirection(stem) {
		return out
	}
	if level == 6 && strings.HasSuffix(stem, "城") && utf8.RuneCountInString(stem) == 2 && isDirection(strings.TrimSuffix(stem, "城")) {
		return out // 东城, 西城: common words
	}
	return append(out, shortForm{name: stem, short: true})
}

// isDirection reports words that name a side and no place: 东, 市中, 新.
func isDirection(s string) bool {
	switch s {
	case "东", "西", "南", "北", "中", "市中", "城中", "城", "郊", "矿", "新", "开发", "高新", "城关", "城区", "市北", "市南", "江北", "江南", "河东", "河西", "河北区":
		return true
	}
	return false
}

// trimPeoples takes the names of peoples off the end: 阿坝藏族羌族 -> 阿坝. At least two characters stay.
func trimPeoples(s string) string {
	for {
		cut := s
		for _, p := range strings.Fields(peoples) {
			t, ok := strings.CutSuffix(s, p)
			if ok && utf8.RuneCountInString(t) >= 2 && len(t) < len(cut) {
				cut = t
			}
		}
		if cut == s {
			return s
		}
		s = cut
	}
}

// peoples are the names that occur in the names of autonomous areas.
const peoples = "蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 傣族 黎族 傈僳族 " +
	"佤族 畲族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 普米族 怒族 " +
	"鄂温克族 独龙族 鄂伦春族 保安族 裕固族 各族 维吾尔 壮族 回族 蒙古 哈萨克 柯尔克孜 塔吉克 锡伯 达斡尔"
