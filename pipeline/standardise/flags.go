package standardise

// Codes of flags and reasons. A flag or reason that concerns a field is stored and counted as code.field:
// money.no_amount.注册资本. Flags of required fields that leave no value become reasons of the same code.
const (
	RowBroken   = "row.broken"   // reason: the row could not be cut into columns
	RowWidth    = "row.fields"   // reason: more or fewer fields than the header has
	RowEncoding = "row.encoding" // reason: bytes that are not text
	RowQuote    = "row.quote"    // reason: a quoted field that is not closed
	RowLength   = "row.length"   // reason: longer than a row may be
	RowNUL      = "row.nul"      // reason: a NUL byte
	RowSyntax   = "row.syntax"   // reason: a line that is not one JSON object
	RowKeys     = "row.keys"     // reason: a key twice, or one that the header does not have
	RowValue    = "row.value"    // reason: a value that is no text: nested, not computed, digits lost

	CodeEmpty    = "code.empty"     // reason: no code
	CodePersonal = "code.personal"  // reason: a resident identity number or a mobile number stands for the code
	CodeBadCheck = "code.bad_check" // flag: the check digit is wrong; such codes really exist
	CodeNotUSCC  = "code.not_uscc"  // flag: an older registration number, an organisation code or anything else
	OpInFull     = "op.in_full"     // flag: a full delivery holds a row that deletes
	OpInAppend   = "op.in_append"   // reason: an append holds a row that deletes
	OpUnknown    = "op.unknown"     // reason: the operation is neither delete nor insert nor update

	FieldEmpty    = "field.empty"    // reason: a required field is empty, or a key field of a row that deletes
	KeyEmpty      = "key.empty"      // flag: a field of the key is empty
	KeyUnreadable = "key.unreadable" // reason: a field of the key has no value that could be read

	ValueNotInList   = "value.not_in_list"
	ValuePattern     = "value.pattern"
	ValueTooSmall    = "value.too_small"
	ValueTooLarge    = "value.too_large"
	DateUnreadable   = "date.unreadable"
	NumberUnreadable = "number.unreadable"
	NumberRounded    = "number.rounded" // kept: more decimals than the field has
	MoneyNoAmount    = "money.no_amount"
	MoneyAssumed     = "money.currency_assumed" // kept
	MoneyRounded     = "money.rounded"          // kept: fractions of a 分
	RegionUnknown    = "region.unknown"
	RegionConflict   = "region.conflict" // kept at the level on which columns and address agree
	RegionCoarse     = "region.coarse"   // kept: an abolished region was split, only its parent is sure
	IndustryUnknown  = "industry.unknown"
	TruthUnreadable  = "truth.unreadable"
	PhoneBad         = "phone.bad"
	PhoneNotMobile   = "phone.not_mobile" // kept, without a reference
	PhoneSeveral     = "phone.several"    // kept: the first mobile of several numbers
	ScopeOutside     = "scope.outside"    // kept: the row's region is not in the delivery's declared scope
)

// explain is what an officer reads about a code.
func explain(code string) string {
	switch code {
	case RowBroken:
		return "这一行无法按表头拆分成列"
	case RowWidth:
		return "列数与表头不一致"
	case RowEncoding:
		return "含有无法解码的字符"
	case RowQuote:
		return "引号没有成对"
	case RowLength:
		return "这一行过长"
	case RowNUL:
		return "含有空字符（NUL）"
	case RowSyntax:
		return "这一行不是一个完整的 JSON 对象"
	case RowKeys:
		return "字段名重复，或不在表头里"
	case RowValue:
		return "有一格不能作为文字读取：嵌套的值、没有计算结果的公式，或以数字存放而丢失了位数的代码"
	case CodeEmpty:
		return "没有统一社会信用代码"
	case CodePersonal:
		return "代码栏里是个人身份证号或手机号"
	case OpUnknown:
		return "不认识的操作，不能确定是新增、更新还是删除"
	case OpInAppend:
		return "追加交付只增加事件，不能删除"
	case FieldEmpty:
		return "必填项为空"
	case KeyUnreadable:
		return "主键字段的值无法识别"
	case ValueNotInList:
		return "不在规定的取值范围内"
	case ValuePattern:
		return "不符合规定的格式"
	case ValueTooSmall:
		return "小于规定的下限"
	case ValueTooLarge:
		return "大于规定的上限"
	case DateUnreadable:
		return "不是有效的日期"
	case NumberUnreadable:
		return "不是有效的数值"
	case MoneyNoAmount:
		return "没有可识别的金额和币种"
	case RegionUnknown, RegionConflict:
		return "不能确定行政区划"
	case IndustryUnknown:
		return "不是国民经济行业分类（GB/T 4754-2017）中的行业"
	case TruthUnreadable:
		return "不能判断是或否"
	case PhoneBad:
		return "不是有效的电话号码"
	}
	return code
}

// key is the name a flag or reason is stored and counted under.
func key(code, field string) string {
	if field == "" {
		return code
	}
	return code + "." + field
}

// flagID is the number of a flag in flagNames; 0 is no flag.
type flagID uint16

// flagNames numbers the flags that rows of a dataset can have.
type flagNames struct {
	names []flagName
}

type flagName struct{ code, field, key string }

// add numbers a flag.
func (f *flagNames) add(code, field string) flagID {
	f.names = append(f.names, flagName{code, field, key(code, field)})
	return flagID(len(f.names))
}

// name is the flag of that number.
func (f *flagNames) name(n flagID) flagName { return f.names[n-1] }
