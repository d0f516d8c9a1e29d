package main

// trade is a line of business: how it is called in a name, its industry codes, how often it occurs, and how one lives
// from it.
type trade struct {
	word, scope string
	industries  []string
	share       int     // of 100 companies
	service     bool    // counts heads as services do
	perHead     span    // revenue a head a year, 万元
	margin      span    // profit of revenue, per mille
	research    span    // research of revenue in those that do any, per mille
	inventive   int     // percent that do research
	exporting   int     // percent that export
	energy      span    // hundredths of tons of standard coal for 万元 of revenue
	licences    []grant // which they need
}

// span is an interval of whole numbers, both ends included.
type span struct{ low, high int }

func (d dice) in(s span) int { return d.between(s.low, s.high) }

// grant is a licence with the percentage that holds it.
type grant struct {
	kind    string
	percent int
}

func trades() []trade {
	pollutes := grant{"排污许可", 45}
	return []trade{
		{"电子", "电子元器件制造；集成电路设计；货物进出口", []string{"C3911", "C3985", "C3976", "3976", "C39"}, 11, false, span{50, 110}, span{-30, 130}, span{25, 90}, 75, 40, span{2, 8}, []grant{pollutes}},
		{"机械", "通用机械零部件制造；金属制品加工", []string{"C3484", "C3489", "3489", "C34"}, 9, false, span{40, 90}, span{-30, 110}, span{15, 65}, 60, 25, span{4, 14}, []grant{pollutes, {"特种设备生产许可", 25}}},
		{"材料", "新型金属材料制造；复合材料研发", []string{"C3062", "C3240", "C32"}, 5, false, span{70, 150}, span{-30, 120}, span{20, 70}, 60, 30, span{20, 90}, []grant{pollutes, {"安全生产许可", 20}}},
		{"汽车零部件", "汽车零部件及配件制造", []string{"C3670", "3670"}, 5, false, span{50, 110}, span{-40, 100}, span{15, 55}, 55, 30, span{5, 18}, []grant{pollutes}},
		{"食品", "食品生产；农副产品加工", []string{"C1432", "C1391", "C1353", "C1512"}, 7, false, span{50, 110}, span{-30, 110}, span{5, 35}, 25, 12, span{6, 22}, []grant{{"食品生产许可", 92}, {"食品经营许可", 40}, pollutes}},
		{"医药", "药品、医疗器械生产；药品经营", []string{"C2720", "C2770", "C3581", "F5151"}, 3, false, span{60, 130}, span{0, 200}, span{30, 95}, 65, 15, span{4, 12}, []grant{{"药品经营许可", 60}, {"医疗器械经营许可", 55}, pollutes}},
		{"化工", "专用化学产品制造", []string{"C2614", "C2662"}, 2, false, span{90, 180}, span{-40, 120}, span{15, 55}, 55, 25, span{60, 180}, []grant{{"危险化学品经营许可", 70}, {"安全生产许可", 85}, {"排污许可", 90}}},
		{"软件", "软件开发；信息系统集成服务", []string{"I6513", "I6531", "I6540", "65"}, 10, true, span{30, 70}, span{-60, 220}, span{50, 200}, 80, 8, span{0, 1}, nil},
		{"环保科技", "环境保护专用设备销售；环保技术推广", []string{"M7516", "N7721", "M75"}, 5, true, span{30, 80}, span{-40, 150}, span{20, 80}, 55, 6, span{1, 5}, []grant{{"建筑业企业资质", 20}}},
		{"检测", "检验检测服务", []string{"M7452", "M7451"}, 4, true, span{25, 55}, span{-20, 180}, span{20, 70}, 50, 2, span{1, 4}, nil},
		{"物流", "道路货物运输；普通货物仓储", []string{"G5431", "G5990"}, 4, false, span{40, 90}, span{-40, 80}, span{2, 10}, 5, 3, span{10, 40}, []grant{{"道路运输经营许可", 88}}},
		{"冷链物流", "冷藏车道路运输；低温仓储", []string{"G5432", "G5930"}, 2, false, span{40, 90}, span{-30, 90}, span{2, 12}, 8, 2, span{15, 50}, []grant{{"道路运输经营许可", 88}, {"食品经营许可", 30}}},
		{"纺织服装", "服装、纺织品制造", []string{"C1711", "C1811", "C1819"}, 2, false, span{18, 45}, span{-50, 70}, span{4, 20}, 12, 30, span{5, 20}, []grant{pollutes}},
		{"建筑工程", "房屋建筑和市政基础设施施工", []string{"E4710", "E4813", "4813", "E5011"}, 7, false, span{50, 120}, span{-20, 70}, span{5, 35}, 20, 2, span{2, 8}, []grant{{"建筑业企业资质", 85}, {"安全生产许可", 80}}},
		{"商贸", "机电产品、建材、食品批发", []string{"F5179", "F5126", "F5171", "F5164"}, 7, true, span{150, 420}, span{-10, 50}, span{2, 8}, 4, 20, span{0, 1}, []grant{{"食品经营许可", 30}, {"危险化学品经营许可", 4}}},
		{"百货", "百货、五金、日用品、图书零售", []string{"F5211", "F5212", "F5243", "5219"}, 5, true, span{60, 150}, span{-20, 60}, span{1, 4}, 2, 3, span{1, 3}, []grant{{"食品经营许可", 60}, {"烟草专卖零售许可", 40}, {"出版物经营许可", 20}}},
		{"餐饮管理", "餐饮服务；住宿服务", []string{"H6210", "H6110", "H6121"}, 3, true, span{12, 30}, span{-60, 120}, span{1, 3}, 1, 0, span{4, 12}, []grant{{"食品经营许可", 94}}},
		{"文化旅游", "旅游开发；会议及展览服务", []string{"R8890", "N7869", "L7291"}, 4, true, span{15, 45}, span{-80, 120}, span{3, 20}, 10, 1, span{2, 6}, []grant{{"出版物经营许可", 10}}},
		{"农业科技", "农作物种植；农产品初加工", []string{"A0111", "A0514", "A0141"}, 4, true, span{25, 70}, span{-40, 140}, span{5, 40}, 25, 5, span{2, 8}, []grant{{"食品生产许可", 25}}},
		{"物业服务", "物业管理；房地产开发经营", []string{"K7020", "K7010"}, 1, true, span{10, 60}, span{-30, 90}, span{0, 2}, 0, 0, span{1, 3}, nil},
	}
}

// shopTrade is what sole traders live from.
func shopTrade() trade {
	return trade{service: true, perHead: span{8, 40}, margin: span{20, 250}, energy: span{1, 4}}
}

// farming is what cooperatives live from.
func farming() trade {
	return trade{service: true, perHead: span{10, 40}, margin: span{-20, 120}, research: span{2, 15}, inventive: 6, exporting: 1, energy: span{1, 6}, licences: []grant{{"食品生产许可", 12}}}
}

// shop is a sole trader's line of business.
type shop struct{ word, industry, licence string }

func shops() []shop {
	return []shop{
		{"小吃店", "H6210", "食品经营许可"},
		{"面馆", "H6210", "食品经营许可"},
		{"理发店", "O8040", ""},
		{"便利店", "F5212", "烟草专卖零售许可"},
		{"汽修店", "O8111", ""},
		{"水果店", "F5223", "食品经营许可"},
		{"五金店", "F5271", ""},
		{"民宿", "H6130", "食品经营许可"},
		{"药房", "F5251", "药品经营许可"},
		{"货运部", "G5431", "道路运输经营许可"},
		{"家庭农场", "A0141", ""},
		{"书店", "F5243", "出版物经营许可"},
	}
}
