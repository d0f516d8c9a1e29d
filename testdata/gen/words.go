package main

import "zhida/schemas"

// county is a county of Mianyang with the share of enterprises it gets.
type county struct {
	code, name string
	share      int
	towns      []string
}

func counties() []county {
	return []county{
		{"510703", "涪城区", 30, []string{"城厢街道", "石塘街道", "塘汛街道"}},
		{"510704", "游仙区", 18, []string{"富乐街道", "春雷街道", "小枧镇"}},
		{"510705", "安州区", 12, []string{"花荄镇", "界牌镇", "桑枣镇"}},
		{"510722", "三台县", 10, []string{"潼川镇", "芦溪镇"}},
		{"510723", "盐亭县", 5, []string{"云溪街道", "玉龙镇"}},
		{"510725", "梓潼县", 5, []string{"文昌镇", "许州镇"}},
		{"510726", "北川羌族自治县", 5, []string{"永昌镇", "擂鼓镇"}},
		{"510727", "平武县", 4, []string{"龙安镇", "响岩镇"}},
		{"510781", "江油市", 11, []string{"中坝街道", "青莲镇", "武都镇"}},
	}
}

// firstSyllables and lastSyllables make the invented part of a name.
const (
	firstSyllables = "云岫栎棠澄砚霁禾芷珩疏桐汀漪翊筠峤湛珺楹"
	lastSyllables  = "川岚舟原屿笙陌钧澜弈竹渡垣晖隽彦帆朔峰宁"
	surnames       = "张李王刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
	givenNames     = "甲乙丙丁戊己庚辛壬癸"
)

// firstNight is the business date of the first night; two more follow.
func firstNight() schemas.Date { return schemas.NewDate(2026, 6, 15) }

func year(d schemas.Date) int {
	y, _, _ := d.YMD()
	return y
}
