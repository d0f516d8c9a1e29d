package page

import (
	"regexp"

	"zhida/schemas"
)

// modeWord is a delivery's mode.
func modeWord(m schemas.Mode) string {
	switch m {
	case schemas.ModeFull:
		return "全量"
	case schemas.ModeIncrement:
		return "增量"
	case schemas.ModeAppend:
		return "追加"
	}
	return string(m)
}

// whyWord says why an item's matches are not pushed; the words on the left are those of summary.json.
func whyWord(why string) string {
	switch why {
	case "":
		return "在办"
	case "not effective":
		return "事项未生效"
	case "policy not effective":
		return "政策未生效"
	case "window closed":
		return "不在申报期"
	case "taken out":
		return "已撤下"
	}
	return why
}

// stageWord names a stage of the night and says what it does.
func stageWord(name string) (title, does string) {
	switch name {
	case "collect":
		return "收取", "从各数据源取回新交付的文件"
	case "map":
		return "标准化", "逐行清洗、校验，拒收不合格的行"
	case "seal":
		return "定身份", "新旧代码对照，分配门牌"
	case "reduce":
		return "画像与匹配", "更新现势、建画像、逐项判定"
	case "push":
		return "推送名单", "排出今晚要告知的企业"
	case "report":
		return "报告", "部门报表、办事指南与本页"
	}
	return name, ""
}

// causeWord explains a cause of changes.
func causeWord(c schemas.Cause) string {
	switch c {
	case schemas.CauseNew:
		return "新登记或恢复存续的经营主体"
	case schemas.CauseClosed:
		return "注销、吊销，不再存续"
	case schemas.CauseMerged:
		return "代码并入另一家"
	case schemas.CauseRules:
		return "政策事项、标签、指标或数据类定义改了"
	case schemas.CauseCodes:
		return "行政区划、行业代码表改了"
	case schemas.CauseValue:
		return "部门交付的数据变了"
	case schemas.CauseFresh:
		return "数据迟到、过期或恢复，名单完整性变化"
	case schemas.CauseDate:
		return "只因日子到了（年限、有效期）"
	case schemas.CauseSeveral:
		return "几项一起变化，单独一项都不足以说明"
	case schemas.CauseBaseline:
		return "引擎换了版本，不作比较"
	}
	return ""
}

// problemWord says in Chinese what a problem is, as far as its kind is known by its words; "" if not.
func problemWord(problem string) string {
	for _, p := range []struct{ form, words string }{
		{`^crosswalk (\S+), row (\d+): (\S+) -> (\S+) is not followed: the enterprise was merged into another one before.*`, "$1 第 $2 行：$3 已经并入另一户，又说并入 $4，没有执行，请向部门核实"},
		{`^crosswalk (\S+), row (\d+): (\S+) -> (\S+) is not followed: the other enterprise was merged.*`, "$1 第 $2 行：$4 已经并入 $3，又说 $3 并入 $4，没有执行，请向部门核实"},
		{`^crosswalk (\S+), row (\d+): (\S+) -> (\S+) is not followed: .*`, "$1 第 $2 行：代码变更 $3 → $4 没有执行"},
		{`^source (.+): (\S+) is still being written: .*`, "数据源“$1”：$2 还在写入，留到下一夜"},
		{`^source (.+): (\S+) waits: its marker (\S+) is not there`, "数据源“$1”：$2 还没有完成标记 $3，留到下一夜"},
		{`^source (.+): (\S+) waits: it was replaced, and its marker (\S+) is the one of before.*`, "数据源“$1”：$2 换过了，完成标记 $3 还是上次的，请对方交付完后重写标记"},
		{`^source (.+): (\S+) waits: its manifest (\S+) (is not there|does not name it|cannot be read)`, "数据源“$1”：$2 还没有清单（$3），留到下一夜"},
		{`^source (.+): (\S+) waits: it was written to .*`, "数据源“$1”：$2 还在写入，留到下一夜"},
		{`^source (.+): the (marker|manifest) (\S+) stands there without its delivery`, "数据源“$1”：有 $3，没有它所说的交付，请问对方"},
		{`^source (.+): the manifest (\S+) names (.+), which has not come`, "数据源“$1”：清单 $2 里的 $3 没有来，请问对方"},
		{`^source (.+): (\S+): it has the checksum .*`, "数据源“$1”：$2 的校验值与清单不符，没有收，请对方连同清单重新交付"},
		{`^source (.+): (\S+): it has (\d+) bytes, its manifest \S+ says (\d+).*`, "数据源“$1”：$2 有 $3 字节，清单说 $4，没有收，请对方连同清单重新交付"},
		{`^source (.+): (\S+) is not read: .*`, "数据源“$1”：$2 不是约定的文件名，没有读"},
		{`^source (\S+?): .*`, "数据源“$1”没有读到或没有读完"},
	} {
		if re := regexp.MustCompile(p.form); re.MatchString(problem) {
			return re.ReplaceAllString(problem, p.words)
		}
	}
	return ""
}
