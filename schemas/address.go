package schemas

import (
	"strings"
	"unicode/utf8"
)

// RegionByName reads the name of a region at the front of text: a full name, a short form (四川, 绵阳, 涪城, 阿坝) or a
// former name (安县, 新津县), the longest first. within, a normal code, limits the search to that region and what lies in it; ""
// is the whole country. It returns the code that holds now, in normal form, and the text after the name. A name that
// may mean several regions is not read, unless one of them contains the others (阿坝 the prefecture, not its county).
func (c *Codes) RegionByName(text, within string) (code, rest string, ok bool) {
	text = Fold(text)
	first, _ := utf8.DecodeRuneInString(text)
	for _, n := range c.names.lengths[first] {
		if n > len(text) {
			continue
		}
		var kept [16]place
		found := kept[:0]
		for _, p := range c.names.places[text[:n]] {
			if within != "" && !strings.HasPrefix(p.code, within) && !strings.HasPrefix(p.raw, within) {
				continue
			}
			if p.short && !standsAlone(text[n:]) {
				continue
			}
			found = append(found, p)
		}
		if len(found) == 0 {
			continue
		}
		code = settle(found, within == "")
		return code, text[n:], code != ""
	}
	return "", text, false
}

// RegionOfAddress reads the regions at the front of an address, province, city, county in turn, and returns the finest
// one named, in normal form; "" if the address names none. within is what is known of the place already ("" nothing):
// 乐至县天池镇 within 5120 is 512022. A province or a city named in full counts even if it lies elsewhere, so that a
// conflict can be seen; a county's name alone counts only if it is unique in within. Counties must be named in full, as a
// road may carry any short name (绵阳市安州大道). Development zones (高新区, 经开区) are no regions of GB/T 2260 and end
// the reading. Former names give the code that holds now, which may lie outside within: 资阳市简阳市 is 510185.
func (c *Codes) RegionOfAddress(text, within string) string {
	text = strings.ReplaceAll(Fold(text), " ", "")
	found, area := "", within
	for range 8 {
		text = skipNoise(text)
		code, rest, ok := c.nextPlace(text, found, area)
		if !ok {
			break
		}
		text = rest
		if !strings.HasPrefix(found, code) { // a coarser name again adds nothing
			found = code
		}
		if len(found) == 6 {
			break
		}
		if !strings.HasPrefix(area, found) {
			area = found
		}
	}
	return found
}

// nextPlace reads one name at the front of an address. found is what was read so far, area where a county must lie.
func (c *Codes) nextPlace(text, found, area string) (code, rest string, ok bool) {
	first, _ := utf8.DecodeRuneInString(text)
	for _, n := range c.names.lengths[first] {
		if n > len(text) || runsOn(text[:n], text[n:]) {
			continue
		}
		var kept [16]place
		fit := kept[:0]
		for _, p := range c.names.places[text[:n]] {
			if p.fits(found, area, text[n:]) {
				fit = append(fit, p)
			}
		}
		if len(fit) > 0 {
			code = settle(fit, found == "" && area == "")
			return code, text[n:], code != ""
		}
	}
	return "", text, false
}

// fits reports whether the place can be meant after found in an address.
func (p place) fits(found, area, rest string) bool {
	inArea := area == "" || strings.HasPrefix(p.code, area) || strings.HasPrefix(p.raw, area)
	if p.short {
		return len(p.raw) < 6 && (inArea || strings.HasPrefix(area, p.code) && strings.HasPrefix(p.code, found)) && standsAlone(rest)
	}
	if len(p.raw) == 6 {
		return inArea
	}
	return found == "" || strings.HasPrefix(p.code, found) || strings.HasPrefix(p.raw, found)
}

// settle picks what a name means among its places, "" if that cannot be told. Of places that lie in each other the
// broadest is meant. A name in use wins over former places of that name; in the open country only if they agree. A
// province wins there over cities and counties with its short form (海南).
func settle(places []place, open bool) string {
	code, related := "", true
	for _, former := range [...]bool{false, true} {
		inUse := former && code != ""
		for _, p := range places {
			switch {
			case p.former != former || strings.HasPrefix(p.code, code) && code != "":
			case code == "" || strings.HasPrefix(code, p.code) && !inUse:
				code = p.code
			case !strings.HasPrefix(code, p.code) && (open || !inUse):
				related = false
			}
		}
	}
	if related {
		return code
	}
	if open {
		for _, p := range places {
			if len(p.raw) == 2 && !p.former {
				return p.code
			}
		}
	}
	return ""
}

// standsAlone reports whether a short form ends before rest: 成都路, 北京东路 and 朝阳区 do not contain the cities' names.
func standsAlone(rest string) bool {
	r, n := utf8.DecodeRuneInString(rest)
	if n == 0 {
		return true
	}
	if strings.ContainsRune("路街巷道桥省市县区州盟旗镇乡村场站里坊园苑城山河江湖", r) {
		return false
	}
	if strings.ContainsRune("东西南北中大一二三四五六七八九十环新老小", r) {
		after, _ := utf8.DecodeRuneInString(rest[n:])
		return !strings.ContainsRune("路街道巷段环学厦", after)
	}
	for _, w := range [...]string{"饭店", "宾馆", "酒店", "商场", "商厦", "广场", "银行", "师范", "花园"} {
		if strings.HasPrefix(rest, w) {
			return false
		}
	}
	return true
}

// runsOn reports whether a full name is the front of the name of a street or of a market: 达县街12号, 成都市场. 路桥区,
// 巷口镇 and 街子镇 are places of their own.
func runsOn(name, rest string) bool {
	if strings.HasPrefix(rest, "场") {
		return strings.HasSuffix(name, "市")
	}
	for _, street := range [...]string{"路", "街", "巷", "大道"} {
		after, ok := strings.CutPrefix(rest, street)
		if !ok {
			continue
		}
		r, n := utf8.DecodeRuneInString(after)
		if n > 0 && strings.ContainsRune("东西南北中", r) {
			return strings.HasPrefix(after[n:], "段")
		}
		return n == 0 || r < utf8.RuneSelf || strings.ContainsRune("号段一二三四五六七八九十", r)
	}
	return false
}

// skipNoise drops what may stand before a region's name and names none.
func skipNoise(s string) string {
	for {
		t := strings.TrimLeft(s, ",.;:()-_/|、。·“”\"'")
		r, _ := utf8.DecodeRuneInString(t)
		switch r {
		case '中', '自', '市', '省':
			for _, w := range [...]string{"中华人民共和国", "中国", "自由贸易试验区", "市辖区", "省直辖县级行政区划", "自治区直辖县级行政区划"} {
				if after, ok := strings.CutPrefix(t, w); ok {
					t = after
					break
				}
			}
		}
		if len(t) == len(s) {
			return s
		}
		s = t
	}
}
