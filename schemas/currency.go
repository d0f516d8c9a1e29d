package schemas

// currencyWord reads a word for a currency, as registrations write it, as an ISO 4217 code.
func currencyWord(word string) (iso string, ok bool) {
	switch word {
	case "元", "人民币", "人民币元", "元人民币", "圆", "块", "RMB", "CNY", "CNH", "¥", "元整", "元(人民币)", "人民币圆":
		return "CNY", true
	case "美元", "美金", "美圆", "USD", "US$", "$", "元美元":
		return "USD", true
	case "港元", "港币", "香港元", "港圆", "HKD", "HK$", "元港币":
		return "HKD", true
	case "澳门元", "澳门币", "MOP":
		return "MOP", true
	case "台币", "新台币", "台湾元", "新台币元", "TWD", "NT$":
		return "TWD", true
	case "欧元", "EUR", "€":
		return "EUR", true
	case "日元", "日币", "日圆", "JPY":
		return "JPY", true
	case "英镑", "GBP", "£":
		return "GBP", true
	case "德国马克", "德马克", "马克", "西德马克", "DEM":
		return "DEM", true
	case "法国法郎", "法郎", "FRF":
		return "FRF", true
	case "瑞士法郎", "瑞郎", "CHF":
		return "CHF", true
	case "意大利里拉", "里拉", "ITL":
		return "ITL", true
	case "荷兰盾", "NLG":
		return "NLG", true
	case "比利时法郎", "BEF":
		return "BEF", true
	case "奥地利先令", "ATS":
		return "ATS", true
	case "西班牙比塞塔", "ESP":
		return "ESP", true
	}
	return farCurrencyWord(word)
}

// farCurrencyWord reads the words for the currencies of the rest of the world.
func farCurrencyWord(word string) (iso string, ok bool) {
	switch word {
	case "新加坡元", "新加坡币", "新元", "坡币", "SGD":
		return "SGD", true
	case "韩元", "韩币", "韩国元", "韩国圆", "KRW":
		return "KRW", true
	case "加拿大元", "加元", "加币", "加拿大币", "CAD":
		return "CAD", true
	case "澳大利亚元", "澳元", "澳币", "澳洲元", "AUD":
		return "AUD", true
	case "新西兰元", "纽元", "NZD":
		return "NZD", true
	case "卢布", "俄罗斯卢布", "俄卢布", "RUB":
		return "RUB", true
	case "泰铢", "泰国铢", "THB":
		return "THB", true
	case "马来西亚林吉特", "林吉特", "马来西亚元", "马币", "MYR":
		return "MYR", true
	case "印度卢比", "卢比", "INR":
		return "INR", true
	case "印度尼西亚卢比", "印尼盾", "印尼卢比", "IDR":
		return "IDR", true
	case "菲律宾比索", "PHP":
		return "PHP", true
	case "越南盾", "VND":
		return "VND", true
	case "瑞典克朗", "SEK":
		return "SEK", true
	case "丹麦克朗", "DKK":
		return "DKK", true
	case "挪威克朗", "NOK":
		return "NOK", true
	case "南非兰特", "ZAR":
		return "ZAR", true
	case "巴西雷亚尔", "BRL":
		return "BRL", true
	case "墨西哥比索", "MXN":
		return "MXN", true
	case "阿联酋迪拉姆", "迪拉姆", "AED":
		return "AED", true
	case "沙特里亚尔", "SAR":
		return "SAR", true
	case "哈萨克斯坦坚戈", "坚戈", "KZT":
		return "KZT", true
	case "以色列新谢克尔", "ILS":
		return "ILS", true
	case "土耳其里拉", "TRY":
		return "TRY", true
	case "巴基斯坦卢比", "PKR":
		return "PKR", true
	}
	return "", false
}

// currencyUnit is the base unit of a currency: the everyday word where there is one, else the ISO code itself.
func currencyUnit(iso string) Unit {
	switch iso {
	case "CNY":
		return UnitYuan
	case "USD":
		return "美元"
	case "HKD":
		return "港元"
	case "MOP":
		return "澳门元"
	case "TWD":
		return "新台币"
	case "EUR":
		return "欧元"
	case "JPY":
		return "日元"
	case "GBP":
		return "英镑"
	case "CHF":
		return "瑞士法郎"
	case "SGD":
		return "新加坡元"
	case "KRW":
		return "韩元"
	case "CAD":
		return "加拿大元"
	case "AUD":
		return "澳大利亚元"
	}
	return Unit(iso)
}
