package condition

import (
	"zhida/schemas"
)

// Env is what names in a condition can mean.
type Env struct {
	Attributes map[string]*schemas.Attribute // by name
	Tags       map[string]bool               // by name
	Unsought   map[string]bool               // tags that nobody tries to get; by name
	Datasets   map[string]*schemas.Dataset   // by title and by name
	Derived    map[string]*Tree              // by name: what attributes with a Rule stand for, parsed; they are in Attributes too
	Params     map[string]*Tree              // by name: 参数, parsed; each a single literal
	Catalogs   map[string]*schemas.Catalog   // by name: 目录
	Window     schemas.Window                // 申报开始, 申报截止; zero where a text belongs to no item
	Item       bool                          // the text is an item's condition: 评审 and 承诺 may stand in it
	Codes      *schemas.Codes
	On         schemas.Date // the day as of which abolished region codes are brought up to date; zero: all that is known
}

// Compile parses and checks a text and reports the faults of both, in the order of their places. Expr is nil if there
// is any.
func Compile(text schemas.Text, env *Env) (Expr, schemas.Faults) {
	tree, faults := Parse(text)
	x, more := Check(tree, env)
	return x, sorted(append(faults, more...))
}

// Check resolves a tree's names, types, units and codes. Expr is nil if there is any fault, here or in Parse. It
// writes the canonical form of codes and names into the tree. The trees in env are only read.
func Check(tree *Tree, env *Env) (Expr, schemas.Faults) {
	tree.found = tree.found[:tree.parsed]
	c := newChecker(tree, env)
	if !env.Item {
		c.barred = "这里不是事项的申报条件"
	}
	x := c.condition(&tree.Root)
	if len(tree.found) > 0 {
		x = nil
	}
	return x, sorted(tree.found[tree.parsed:])
}

// CompileValue is Compile for a text that is a value: a benefit, a preference, a derived attribute, a parameter.
func CompileValue(text schemas.Text, env *Env) (Value, schemas.Faults) {
	tree, faults := Parse(text)
	x, more := CheckValue(tree, env)
	return x, sorted(append(faults, more...))
}

// CheckValue is Check for a tree that is a value.
func CheckValue(tree *Tree, env *Env) (Value, schemas.Faults) {
	tree.found = tree.found[:tree.parsed]
	c := newChecker(tree, env)
	c.barred = "这里要一个值"
	x, ok := c.value(&tree.Root)
	if !ok || len(tree.found) > 0 {
		return nil, sorted(tree.found[tree.parsed:])
	}
	return settled(x), nil
}

// checker makes checked conditions from syntax. Its methods return nil, or false, for what is wrong, having reported
// it, or what contains *Bad. They take the place in the tree where a node stands, since 营业收入 is written there as
// 营业收入@上年 once it is known to be yearly.
type checker struct {
	tree   *Tree
	env    *Env
	rows   *scope // inside 有, 求和 …: whose rows names mean
	given  *scope // in a derived attribute: the rows inside which it stands
	base   Year   // what 上年 means: in a derived attribute it may be another year
	yearly bool   // a yearly attribute has been read for a year that depends on the base
	cause  string // what is wrong with the first derived attribute that could not be used
	barred string // why 评审 and 承诺 may not stand here; "": they may
	work   *work
}

func newChecker(tree *Tree, env *Env) *checker {
	return &checker{tree: tree, env: env, base: lastYear(), work: &work{}}
}

func (c *checker) fault(at Extent, suggestion, format string, args ...any) {
	c.tree.fault(at, suggestion, format, args...)
}

// condition checks syntax that must be true, false or unknown.
func (c *checker) condition(at *Node) Expr {
	if !c.spend(1, (*at).Extent()) {
		return nil
	}
	switch n := (*at).(type) {
	case *Chain:
		return c.chain(n)
	case *Negation:
		return c.negation(n)
	case *Relation:
		return c.relation(n)
	case *Membership:
		return c.membership(n)
	case *During:
		return c.during(n)
	case *Containing:
		return c.containing(n)
	case *TagName:
		return c.tag(n)
	case *Knowing:
		return c.knowing(n)
	case *Rows:
		if n.Word == wordEvery || n.Word == wordHas {
			return c.exists(n)
		}
	case *Counting:
		return c.counting(n)
	case *Statement:
		return c.statement(n)
	case *Name, *InYear:
		return c.truth(at)
	case *Bad:
		return nil
	}
	c.alone(at)
	return nil
}

// chain checks all parts, so that the faults of all are told.
func (c *checker) chain(n *Chain) Expr {
	parts, ok := c.conditions(n.Parts)
	switch {
	case !ok:
		return nil
	case n.Join == wordAnd:
		return And{Origin{n}, parts}
	default:
		return Or{Origin{n}, parts}
	}
}

func (c *checker) conditions(nodes []Node) ([]Expr, bool) {
	parts := make([]Expr, 0, len(nodes))
	for i := range nodes {
		if x := c.condition(&nodes[i]); x != nil {
			parts = append(parts, x)
		}
	}
	return parts, len(parts) == len(nodes)
}

func (c *checker) negation(n *Negation) Expr {
	defer c.bar("“非”后面")()
	if x := c.condition(&n.X); x != nil {
		return Not{Origin{n}, x}
	}
	return nil
}

// counting checks 至少 and 至多 N 项.
func (c *checker) counting(n *Counting) Expr {
	if n.Word == wordAtMost {
		defer c.bar("“至多”后面")()
	}
	parts, ok := c.conditions(n.Parts)
	switch most := len(n.Parts); {
	case n.Word == wordAtLeast && n.N > most:
		c.fault(n.at, "", "一共只有 %d 项，不会有 %d 项满足", most, n.N)
		return nil
	case n.Word == wordAtLeast && n.N < 1:
		c.fault(n.at, "至少写 1 项", "“至少 %d 项”总是满足", n.N)
		return nil
	case n.Word == wordAtMost && (n.N >= most || n.N < 0):
		c.fault(n.at, "", "一共只有 %d 项，“至多 %d 项”总是满足", most, n.N)
		return nil
	case !ok:
		return nil
	case n.Word == wordAtLeast:
		return AtLeast{Origin{n}, n.N, parts}
	}
	more := *n
	more.Word, more.N = wordAtLeast, n.N+1
	return Not{Origin{n}, AtLeast{Origin{&more}, n.N + 1, parts}}
}

func (c *checker) tag(n *TagName) Expr {
	if c.rows != nil {
		c.fault(n.at, "移到“"+c.rows.title()+"(…)”的括号外面", "“%s”的行没有标签，标签属于经营主体", c.rows.title())
		return nil
	}
	if !c.env.Tags[n.Name.Text] {
		c.unknownTag(n)
		return nil
	}
	return Tag{Origin{n}, n.Name.Text, c.env.Unsought[n.Name.Text]}
}

// truth checks a name that stands alone: a truth attribute.
func (c *checker) truth(at *Node) Expr {
	n := *at
	if name, ok := n.(*Name); ok {
		if v, known := c.lookup(name); !known || v.Type().Kind != schemas.KindTruth {
			c.aloneName(name)
			return nil
		}
	}
	v, ok := c.value(at)
	if !ok {
		return nil
	}
	if v.Type().Kind != schemas.KindTruth {
		c.incomplete(n, v)
		return nil
	}
	return Compare{Origin{*at}, Equal, v, Truth{true}}
}

// knowing checks 已知(X). The age of something is known when its date is.
func (c *checker) knowing(n *Knowing) Expr {
	if date, ok := c.age(n.X); ok {
		return Known{Origin{n}, date}
	}
	if isCondition(n.X) {
		defer c.bar("“已知(…)”的括号里")()
		if x := c.condition(&n.X); x != nil {
			return Decided{Origin{n}, x}
		}
		return nil
	}
	switch n.X.(type) {
	case *Quantity, *Calendar, *Quoted, *YesNo, *Now, *YearWord, *ParamName, *Period:
		c.fault(n.X.Extent(), "", "“已知(…)”里要写指标或条件，“%s”总是已知", brief(oneLine(n.X)))
		return nil
	}
	if x, ok := c.value(&n.X); ok {
		return Known{Origin{n}, settled(x)}
	}
	return nil
}

// isCondition reports syntax that can only be a condition.
func isCondition(n Node) bool {
	switch n := n.(type) {
	case *Chain, *Negation, *Relation, *Membership, *During, *Containing, *TagName, *Knowing, *Counting, *Statement:
		return true
	case *Rows:
		return n.Word == wordHas || n.Word == wordEvery
	}
	return false
}
