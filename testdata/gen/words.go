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

// trade is a line of business: how it is called in a name, its industry codes, and how often it occurs.
type trade struct {
	word, scope string
	industries  []string
	share       int
}

func trades() []trade {
	return []trade{
		{"电子", "电子元器件制造；集成电路设计；货物进出口", []string{"C3911", "C3985", "3976", "C39"}, 14},
		{"机械", "通用机械零部件制造；金属制品加工", []string{"C3484", "3489", "C34"}, 11},
		{"材料", "新型金属材料制造；复合材料研发", []string{"C3062", "C3240", "C32"}, 7},
		{"汽车零部件", "汽车零部件及配件制造", []string{"C3670", "3670"}, 6},
		{"食品", "食品生产；农副产品加工", []string{"C1432", "C1391", "1353"}, 8},
		{"软件", "软件开发；信息系统集成服务", []string{"I6513", "I6531", "65"}, 13},
		{"环保科技", "环境保护专用设备销售；环保技术推广", []string{"M7516", "N7721", "M75"}, 7},
		{"检测", "检验检测服务", []string{"M7452", "M7451"}, 5},
		{"物流", "道路货物运输；普通货物仓储", []string{"G5431", "G5990"}, 6},
		{"建筑工程", "房屋建筑和市政基础设施施工", []string{"E4710", "4813"}, 7},
		{"商贸", "百货、五金、日用品零售", []string{"F5211", "F5179", "5219"}, 10},
		{"文化旅游", "旅游开发；会议及展览服务", []string{"R8890", "N7869"}, 6},
	}
}

// shop is a sole trader's line of business.
type shop struct{ word, industry string }

func shops() []shop {
	return []shop{{"小吃店", "H6210"}, {"面馆", "H6210"}, {"理发店", "O8040"}, {"便利店", "F5212"}, {"汽修店", "O8111"}, {"水果店", "F5223"}, {"五金店", "F5271"}, {"民宿", "H6130"}}
}

// firstSyllables and lastSyllables make the invented part of a name.
const (
	firstSyllables = "云岫栎棠澄砚霁禾芷珩疏桐汀漪翊筠峤湛珺楹"
	lastSyllables  = "川岚舟原屿笙陌钧澜弈竹渡垣晖隽彦帆朔峰宁"
	surnames       = "张李王刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
	givenNames     = "甲乙丙丁戊己庚辛壬癸"
)

// qualification is a title with the ways departments write it.
type qualification struct {
	name      string
	spellings []string
	years     int // how long a certificate holds
	number    string
}

func qualifications() []qualification {
	return []qualification{
		{"高新技术企业", []string{"高新技术企业", "高企", "国家高新技术企业"}, 3, "GR"},
		{"科技型中小企业", []string{"科技型中小企业", "国家科技型中小企业"}, 1, "KJ"},
		{"专精特新中小企业", []string{"专精特新中小企业", "专精特新", "省级专精特新中小企业"}, 3, "ZJ"},
		{"创新型中小企业", []string{"创新型中小企业"}, 3, "CX"},
		{"绿色食品", []string{"绿色食品", "绿色食品证书"}, 3, "LB"},
		{"企业技术中心", []string{"企业技术中心", "市级企业技术中心"}, 0, "JZ"},
	}
}

// firstNight is the business date of the first night; the second is the day after.
func firstNight() schemas.Date { return schemas.NewDate(2026, 6, 15) }
