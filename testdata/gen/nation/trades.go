package nation

// trade is a line of business: how it is called in a name, its divisions or groups of GB/T 4754, how often companies and
// sole traders live from it, and how.
type trade struct {
	word, scope string
	codes       []string
	share, shop int     // of 1000 companies, of 1000 sole traders
	service     bool    // counts heads as services do
	perHead     span    // revenue a head a year, 万元
	margin      span    // profit of revenue, per mille
	research    span    // research of revenue in those that do any, per mille
	inventive   int     // percent of companies that do research, if they are small
	exporting   int     // percent of companies that export, if they are small
	energy      span    // hundredths of tons of standard coal for 万元 of revenue
	licences    []grant // which they need

	classes []string // of four digits, below codes
}

// grant is a licence with the percentage that holds it.
type grant struct {
	kind    string
	percent int
}

// trades have roughly the shares of the census of 2023, section by section.
func trades() []trade {
	food, pollutes, roads := grant{"食品经营许可", 90}, grant{"排污许可", 40}, grant{"道路运输经营许可", 85}
	builds := []grant{{"建筑业企业资质", 60}, {"安全生产许可", 50}}
	return []trade{
		{word: "农业科技", scope: "农作物种植；农产品初加工", codes: []string{"A01", "A05"}, share: 25, shop: 35, service: true, perHead: span{20, 60}, margin: span{-40, 140}, research: span{5, 40}, inventive: 6, exporting: 1, energy: span{2, 8}, licences: []grant{{"食品生产许可", 12}}},
		{word: "养殖", scope: "畜禽、水产养殖", codes: []string{"A03", "A04"}, share: 16, shop: 22, service: true, perHead: span{20, 70}, margin: span{-60, 140}, research: span{3, 20}, inventive: 3, energy: span{2, 8}},
		{word: "林业", scope: "林木育种和育苗；木材采运", codes: []string{"A02"}, share: 5, shop: 3, service: true, perHead: span{15, 50}, margin: span{-40, 100}, research: span{3, 20}, inventive: 3, energy: span{1, 5}},
		{word: "矿业", scope: "非金属矿采选", codes: []string{"B06", "B08", "B10"}, share: 3, perHead: span{60, 160}, margin: span{-40, 160}, research: span{5, 20}, inventive: 12, exporting: 2, energy: span{30, 120}, licences: []grant{{"安全生产许可", 90}, pollutes}},
		{word: "食品", scope: "食品生产；农副产品加工", codes: []string{"C13", "C14", "C15"}, share: 18, shop: 22, perHead: span{45, 110}, margin: span{-30, 110}, research: span{5, 35}, inventive: 14, exporting: 5, energy: span{6, 22}, licences: []grant{{"食品生产许可", 88}, {"食品经营许可", 40}, pollutes}},
		{word: "纺织服装", scope: "服装、纺织品制造", codes: []string{"C17", "C18", "C19"}, share: 12, shop: 12, perHead: span{18, 45}, margin: span{-50, 70}, research: span{4, 20}, inventive: 8, exporting: 18, energy: span{5, 20}, licences: []grant{pollutes}},
		{word: "家居", scope: "木制品、家具制造", codes: []string{"C20", "C21"}, share: 7, shop: 8, perHead: span{25, 60}, margin: span{-40, 80}, research: span{4, 20}, inventive: 8, exporting: 8, energy: span{4, 14}, licences: []grant{pollutes}},
		{word: "印务", scope: "纸制品制造；印刷；文教用品制造", codes: []string{"C22", "C23", "C24"}, share: 8, shop: 3, perHead: span{30, 80}, margin: span{-30, 80}, research: span{5, 25}, inventive: 10, exporting: 8, energy: span{6, 40}, licences: []grant{pollutes}},
		{word: "化工", scope: "专用化学产品制造", codes: []string{"C26"}, share: 6, perHead: span{90, 180}, margin: span{-40, 120}, research: span{15, 55}, inventive: 35, exporting: 14, energy: span{60, 180}, licences: []grant{{"危险化学品经营许可", 60}, {"安全生产许可", 75}, {"排污许可", 90}}},
		{word: "医药", scope: "药品、医疗器械生产", codes: []string{"C27", "C358"}, share: 4, perHead: span{60, 130}, margin: span{0, 200}, research: span{30, 95}, inventive: 50, exporting: 9, energy: span{4, 12}, licences: []grant{{"药品经营许可", 50}, {"医疗器械经营许可", 55}, pollutes}},
		{word: "材料", scope: "橡胶、塑料制品制造；新型建筑材料制造", codes: []string{"C29", "C30"}, share: 18, shop: 4, perHead: span{50, 120}, margin: span{-30, 100}, research: span{10, 50}, inventive: 16, exporting: 6, energy: span{20, 110}, licences: []grant{pollutes, {"安全生产许可", 8}}},
		{word: "金属", scope: "新型金属材料制造；金属制品加工", codes: []string{"C31", "C32", "C33"}, share: 14, shop: 5, perHead: span{60, 150}, margin: span{-30, 110}, research: span{12, 60}, inventive: 18, exporting: 8, energy: span{15, 90}, licences: []grant{pollutes, {"安全生产许可", 10}}},
		{word: "机械", scope: "通用机械零部件制造", codes: []string{"C34", "C35"}, share: 20, shop: 2, perHead: span{40, 90}, margin: span{-30, 110}, research: span{15, 65}, inventive: 35, exporting: 12, energy: span{4, 14}, licences: []grant{pollutes, {"特种设备生产许可", 15}}},
		{word: "汽车零部件", scope: "汽车零部件及配件制造；轨道交通设备制造", codes: []string{"C36", "C37"}, share: 6, perHead: span{50, 110}, margin: span{-40, 100}, research: span{15, 55}, inventive: 34, exporting: 14, energy: span{5, 18}, licences: []grant{pollutes}},
		{word: "电气", scope: "电气机械和器材制造；仪器仪表制造", codes: []string{"C38", "C40"}, share: 8, perHead: span{50, 120}, margin: span{-30, 120}, research: span{20, 70}, inventive: 40, exporting: 16, energy: span{3, 10}, licences: []grant{pollutes}},
		{word: "电子", scope: "电子元器件制造；集成电路设计；货物进出口", codes: []string{"C39"}, share: 7, perHead: span{50, 110}, margin: span{-30, 130}, research: span{25, 90}, inventive: 48, exporting: 24, energy: span{2, 8}, licences: []grant{pollutes}},
		{word: "能源", scope: "电力、热力、燃气及水生产和供应", codes: []string{"D44", "D45", "D46"}, share: 7, shop: 1, perHead: span{80, 220}, margin: span{-60, 160}, research: span{5, 25}, inventive: 8, energy: span{60, 240}, licences: []grant{pollutes}},
		{word: "建筑工程", scope: "房屋建筑和市政基础设施施工", codes: []string{"E47", "E48"}, share: 40, shop: 3, perHead: span{50, 120}, margin: span{-20, 70}, research: span{5, 35}, inventive: 6, energy: span{2, 8}, licences: builds},
		{word: "装饰工程", scope: "建筑安装、装饰装修", codes: []string{"E49", "E50"}, share: 48, shop: 9, perHead: span{40, 100}, margin: span{-20, 80}, research: span{5, 30}, inventive: 3, energy: span{1, 4}, licences: builds[:1]},
		{word: "商贸", scope: "机电产品、建材、食品批发", codes: []string{"F51"}, share: 205, shop: 62, service: true, perHead: span{90, 420}, margin: span{-10, 50}, research: span{2, 8}, inventive: 1, exporting: 6, energy: span{0, 1}, licences: []grant{{"食品经营许可", 22}, {"危险化学品经营许可", 2}, {"医疗器械经营许可", 6}}},
		{word: "百货", scope: "百货、五金、日用品、图书零售", codes: []string{"F521", "F522", "F523", "F524"}, share: 62, service: true, perHead: span{40, 150}, margin: span{-20, 60}, research: span{1, 4}, inventive: 1, exporting: 1, energy: span{1, 3}, licences: []grant{{"食品经营许可", 40}, {"烟草专卖零售许可", 20}, {"出版物经营许可", 6}}},
		{word: "电子商务", scope: "医药、汽车、家电、互联网零售", codes: []string{"F525", "F526", "F527", "F528", "F529"}, share: 43, service: true, perHead: span{40, 200}, margin: span{-20, 70}, research: span{1, 6}, inventive: 3, exporting: 3, energy: span{0, 2}, licences: []grant{{"食品经营许可", 20}, {"药品经营许可", 12}}},
		{word: "物流", scope: "道路货物运输；普通货物仓储；快递服务", codes: []string{"G54", "G58", "G59", "G60"}, share: 27, perHead: span{30, 90}, margin: span{-40, 80}, research: span{2, 10}, inventive: 1, exporting: 1, energy: span{10, 40}, licences: []grant{roads}},
		{word: "餐饮管理", scope: "餐饮服务；住宿服务", codes: []string{"H61", "H62"}, share: 25, service: true, perHead: span{12, 30}, margin: span{-60, 120}, research: span{1, 3}, energy: span{4, 12}, licences: []grant{food}},
		{word: "软件", scope: "软件开发；信息系统集成服务", codes: []string{"I65"}, share: 46, service: true, perHead: span{25, 70}, margin: span{-60, 220}, research: span{50, 200}, inventive: 28, exporting: 2, energy: span{0, 1}},
		{word: "网络", scope: "互联网平台、信息服务", codes: []string{"I63", "I64"}, share: 15, service: true, perHead: span{25, 90}, margin: span{-80, 200}, research: span{20, 120}, inventive: 14, exporting: 1, energy: span{0, 1}},
		{word: "投资咨询", scope: "资本投资服务；保险代理", codes: []string{"J67", "J68", "J69"}, share: 5, service: true, perHead: span{40, 160}, margin: span{-60, 300}, energy: span{0, 1}},
		{word: "物业服务", scope: "物业管理；房地产中介；房地产开发经营", codes: []string{"K70"}, share: 34, shop: 3, service: true, perHead: span{10, 60}, margin: span{-30, 90}, energy: span{1, 3}},
		{word: "企业管理", scope: "企业管理、人力资源、广告、会展服务", codes: []string{"L71", "L72"}, share: 132, shop: 24, service: true, perHead: span{15, 80}, margin: span{-60, 160}, research: span{3, 20}, inventive: 2, exporting: 1, energy: span{0, 2}},
		{word: "科技", scope: "技术开发、技术推广；工程设计", codes: []string{"M73", "M748", "M75"}, share: 72, shop: 4, service: true, perHead: span{25, 80}, margin: span{-40, 160}, research: span{30, 140}, inventive: 22, exporting: 1, energy: span{0, 2}},
		{word: "检测", scope: "检验检测、测绘、环境监测服务", codes: []string{"M744", "M745", "M746", "M747"}, share: 12, service: true, perHead: span{25, 55}, margin: span{-20, 180}, research: span{20, 70}, inventive: 24, energy: span{1, 4}},
		{word: "环境", scope: "生态保护；环境治理；市政设施管理", codes: []string{"N77", "N78"}, share: 10, service: true, perHead: span{20, 70}, margin: span{-40, 120}, research: span{8, 40}, inventive: 10, energy: span{2, 9}, licences: []grant{{"排污许可", 12}}},
		{word: "家政服务", scope: "居民服务；机动车修理", codes: []string{"O80", "O81", "O82"}, share: 22, service: true, perHead: span{8, 35}, margin: span{-40, 110}, energy: span{1, 4}},
		{word: "教育", scope: "技能培训、教育辅助服务", codes: []string{"P83"}, share: 10, shop: 4, service: true, perHead: span{10, 35}, margin: span{-60, 140}, energy: span{0, 2}},
		{word: "健康管理", scope: "门诊、护理、养老服务", codes: []string{"Q84", "Q85"}, share: 8, shop: 5, service: true, perHead: span{12, 45}, margin: span{-40, 140}, energy: span{1, 4}, licences: []grant{{"医疗器械经营许可", 20}}},
		{word: "文化旅游", scope: "文艺创作；旅游开发；体育健身", codes: []string{"R86", "R87", "R88", "R89", "R90"}, share: 22, shop: 15, service: true, perHead: span{12, 45}, margin: span{-80, 120}, research: span{3, 20}, inventive: 3, exporting: 1, energy: span{2, 6}, licences: []grant{{"出版物经营许可", 8}}},
		{word: "小吃店", codes: []string{"H62"}, shop: 165, licences: []grant{food}},
		{word: "民宿", codes: []string{"H61"}, shop: 12, licences: []grant{food}},
		{word: "便利店", codes: []string{"F521", "F522"}, shop: 190, licences: []grant{{"食品经营许可", 60}, {"烟草专卖零售许可", 45}}},
		{word: "服装店", codes: []string{"F523", "F524"}, shop: 110, licences: []grant{{"出版物经营许可", 3}}},
		{word: "五金店", codes: []string{"F526", "F527", "F528", "F529"}, shop: 108},
		{word: "药房", codes: []string{"F525"}, shop: 12, licences: []grant{{"药品经营许可", 92}, {"医疗器械经营许可", 40}}},
		{word: "货运部", codes: []string{"G54", "G59"}, shop: 55, licences: []grant{roads}},
		{word: "理发店", codes: []string{"O80"}, shop: 70},
		{word: "汽修店", codes: []string{"O81"}, shop: 32},
	}
}

// shopTrade is what sole traders live from, whatever the trade.
func shopTrade() trade {
	return trade{service: true, perHead: span{6, 32}, margin: span{20, 250}, energy: span{1, 4}}
}

// farming is what cooperatives live from.
func farming() trade {
	return trade{word: "农民专业合作社", codes: []string{"A01", "A03", "A04"}, service: true, perHead: span{8, 40}, margin: span{-20, 120}, research: span{2, 15}, inventive: 3, exporting: 1, energy: span{1, 6}, licences: []grant{{"食品生产许可", 8}}}
}
