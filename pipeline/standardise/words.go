package standardise

import "strings"

// Explain is what an officer reads about a flag or reason as it is counted, code.field: 注册资本：没有可识别的金额和币种.
func Explain(key string) string {
	group, rest, _ := strings.Cut(key, ".")
	what, field, _ := strings.Cut(rest, ".")
	code := group + "." + what
	words := kept(code)
	if words == "" {
		words = explain(code)
	}
	if words == code {
		return key
	}
	if field != "" {
		return field + "：" + words
	}
	return words
}

// Kept reports whether the value, or the row, was taken in spite of a flag.
func Kept(key string) bool {
	group, rest, _ := strings.Cut(key, ".")
	what, _, _ := strings.Cut(rest, ".")
	return kept(group+"."+what) != ""
}

// kept says what a flag means with which the row, and often the value, is taken; "" for any other code.
func kept(code string) string {
	switch code {
	case "row.repeated":
		return "同一文件里有完全相同的行，只算一次"
	case "row.duplicate":
		return "同一文件里主键相同而这一项不同，取后一行或约定的一行"
	case CodeBadCheck:
		return "统一社会信用代码校验位不对，照收"
	case CodeNotUSCC:
		return "不是统一社会信用代码（旧注册号、组织机构代码等），等待代码对照"
	case OpInFull:
		return "全量文件里有删除行，照删除处理"
	case KeyEmpty:
		return "主键有一项为空，照收"
	case NumberRounded:
		return "小数位过多，已四舍五入"
	case MoneyAssumed:
		return "没写币种，按人民币计"
	case MoneyRounded:
		return "分以下四舍五入"
	case RegionConflict:
		return "区划代码与地址不一致，取一致的那一级"
	case RegionCoarse:
		return "原区划已拆分，只能确定到上一级"
	case PhoneNotMobile:
		return "不是手机号，不发短信"
	case PhoneSeveral:
		return "有几个号码，取第一个手机号"
	case ScopeOutside:
		return "区划不在本文件申报的范围内，照收"
	}
	return ""
}
