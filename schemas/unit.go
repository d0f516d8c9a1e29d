package schemas

import "strings"

// Unit is a base unit: what numbers of one kind are stored in. Words such as 万元 and 亩 are read by LookupUnit.
type Unit string

// Base units that code names; the others stand in the table of unit words.
const (
	UnitNone  Unit = ""    // a plain number or a ratio; % is 1/100 of it
	UnitYuan  Unit = "元"   // renminbi
	UnitCount Unit = "个"   // things and people: 件 项 个 人 家 户 台 分 are one kind
	UnitArea  Unit = "平方米" // floor space and land
	UnitMass  Unit = "吨"
	UnitPower Unit = "千瓦"
	UnitWork  Unit = "千瓦时"
)

// UnitInfo is what a unit word means: one of it is Num/Den of Base.
type UnitInfo struct {
	Base     Unit
	Num, Den int64
}

// LookupUnit reads a unit word as officers write it: 元 万元 亿美元 件 万人 % 亩 公斤 千瓦时 万元/亩. The empty word is the plain
// number. It is false for an unknown word.
func LookupUnit(word string) (UnitInfo, bool) {
	word = Fold(word)
	if info, ok := unitWord(word); ok {
		return info, true
	}
	if strings.Contains(word, "/") {
		return lookupQuotient(word)
	}
	power := 0
	for rest := word; ; { // 万千瓦时 is 万 of 千瓦时, 百万元 is 百万 of 元: the first unit word that is left counts
		p, n := magnitude(rest)
		if power, rest = power+p, rest[n:]; n == 0 || power > 12 {
			return UnitInfo{}, false
		}
		if info, ok := unitWord(rest); ok {
			return info.times(power), info.Den == 1 || info.Base != UnitNone
		}
	}
}

// times is the unit of 10^power of these.
func (u UnitInfo) times(power int) UnitInfo {
	for range power {
		u.Num *= 10
	}
	for u.Num%10 == 0 && u.Den%10 == 0 {
		u.Num, u.Den = u.Num/10, u.Den/10
	}
	return u
}

// Comparable reports whether numbers of the two units may be added and compared: they measure one thing in one base.
func (u Unit) Comparable(v Unit) bool {
	if u == v {
		return true
	}
	a, ok := LookupUnit(string(u))
	if !ok {
		return false
	}
	b, ok := LookupUnit(string(v))
	return ok && a.Base == b.Base
}

// Currency is the ISO 4217 code if the unit is one of money, else "".
func (u Unit) Currency() string {
	info, ok := LookupUnit(string(u))
	if !ok {
		return ""
	}
	iso, ok := currencyWord(string(info.Base))
	if !ok {
		return ""
	}
	return iso
}

// IsMoney reports whether the unit is one of money.
func (u Unit) IsMoney() bool { return u.Currency() != "" }

func unitWord(word string) (UnitInfo, bool) {
	switch word {
	case "":
		return UnitInfo{UnitNone, 1, 1}, true
	case "%", "个百分点", "百分点":
		return UnitInfo{UnitNone, 1, 100}, true
	case "‰":
		return UnitInfo{UnitNone, 1, 1000}, true
	case "个", "件", "项", "人", "家", "户", "台", "分", "名", "位", "次", "套", "辆", "艘", "架", "种", "类", "篇", "份", "张", "本",
		"条", "头", "只", "株", "亩次", "人次", "单", "笔", "批", "场", "届", "座", "间", "栋", "所", "处", "款", "部", "册", "支", "床", "台套", "台(套)":
		return UnitInfo{UnitCount, 1, 1}, true
	case "角":
		return UnitInfo{UnitYuan, 1, 10}, true
	}
	if info, ok := measureWord(word); ok {
		return info, true
	}
	if iso, ok := currencyWord(word); ok {
		return UnitInfo{currencyUnit(iso), 1, 1}, true
	}
	return UnitInfo{}, false
}

// measureWord reads the units of area, length, volume, mass, power and energy.
func measureWord(word string) (UnitInfo, bool) {
	switch word {
	case "平方米", "平米", "㎡", "m2", "m²":
		return UnitInfo{UnitArea, 1, 1}, true
	case "亩":
		return UnitInfo{UnitArea, 2000, 3}, true
	case "公顷":
		return UnitInfo{UnitArea, 10000, 1}, true
	case "平方公里", "平方千米":
		return UnitInfo{UnitArea, 1000000, 1}, true
	case "吨", "t":
		return UnitInfo{UnitMass, 1, 1}, true
	case "公斤", "千克", "kg":
		return UnitInfo{UnitMass, 1, 1000}, true
	case "斤":
		return UnitInfo{UnitMass, 1, 2000}, true
	case "克", "g":
		return UnitInfo{UnitMass, 1, 1000000}, true
	case "吨标准煤", "吨标煤":
		return UnitInfo{"吨标准煤", 1, 1}, true
	case "千瓦", "kW", "KW":
		return UnitInfo{UnitPower, 1, 1}, true
	case "兆瓦", "MW":
		return UnitInfo{UnitPower, 1000, 1}, true
	case "千瓦时", "度", "kWh", "千瓦小时":
		return UnitInfo{UnitWork, 1, 1}, true
	case "立方米", "m3", "m³":
		return UnitInfo{"立方米", 1, 1}, true
	case "升", "L":
		return UnitInfo{"立方米", 1, 1000}, true
	case "米", "m":
		return UnitInfo{"米", 1, 1}, true
	case "公里", "千米", "km":
		return UnitInfo{"米", 1000, 1}, true
	case "小时", "学时", "课时":
		return UnitInfo{"小时", 1, 1}, true
	}
	return UnitInfo{}, false
}
