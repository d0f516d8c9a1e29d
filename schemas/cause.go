package schemas

// Cause says why a verdict is another one than on the last published night. Of several inputs that changed, each is
// swapped alone, in this order; the first that makes tonight's verdict is the cause.
type Cause string

// The causes, in the order they are tried.
const (
	CauseNew      Cause = "新登记" // the enterprise was not there, or not living
	CauseClosed   Cause = "已注销" // it is living no more
	CauseMerged   Cause = "已合并" // its code is another one's by now
	CauseRules    Cause = "规则"  // the item, a tag, an attribute or a dataset's document
	CauseCodes    Cause = "代码表" // the region or industry table
	CauseValue    Cause = "数据"  // what the departments say of it
	CauseFresh    Cause = "时效"  // data that came late, expired or are held; lists that became complete, or stopped being so
	CauseDate     Cause = "日期"  // the business date alone
	CauseSeveral  Cause = "多项"  // no single one
	CauseBaseline Cause = "基线"  // another version of the engine made the last night: not compared
)

// Causes lists them in the order in which reports show them.
func Causes() []Cause {
	return []Cause{
		CauseNew, CauseClosed, CauseMerged, CauseRules, CauseCodes, CauseValue, CauseFresh, CauseDate, CauseSeveral, CauseBaseline,
	}
}
