package condition

import (
	"zhida/schemas"
)

// Env is what names in a condition can mean.
type Env struct {
	Attributes map[string]*schemas.Attribute // by name
	Tags       map[string]bool               // by name
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
// writes the canonical form of codes and names into the tree.
func Check(tree *Tree, env *Env) (Expr, schemas.Faults) {
	tree.found = tree.found[:tree.parsed]
	c := &checker{tree: tree, env: env}
	x := c.condition(tree.Root)
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
	c := &checker{tree: tree, env: env}
	x, _ := c.value(tree.Root)
	if len(tree.found) > 0 {
		x = nil
	}
	return x, sorted(tree.found[tree.parsed:])
}

// checker makes checked conditions from syntax. Its methods return nil, or false, for what is wrong, having reported
// it, or what contains *Bad.
type checker struct {
	tree *Tree
	env  *Env
	rows *schemas.Dataset // inside 有 and 每: the dataset whose fields names mean
}

func (c *checker) fault(at Extent, suggestion, format string, args ...any) {
	c.tree.fault(at, suggestion, format, args...)
}

// condition checks syntax that must be true, false or unknown.
func (c *checker) condition(n Node) Expr {
	switch n := n.(type) {
	case *Chain:
		return c.chain(n)
	case *Negation:
		if x := c.condition(n.X); x != nil {
			return Not{Origin{n}, x}
		}
		return nil
	case *Relation:
		return c.relation(n)
	case *Membership:
		return c.membership(n)
	case *During:
		return c.during(n)
	case *TagName:
		return c.tag(n)
	case *Knowing:
		return c.knowing(n)
	case *Rows:
		return c.exists(n)
	case *Name:
		return c.truth(n)
	case *Bad:
		return nil
	}
	c.alone(n)
	return nil
}

// chain checks all parts, so that the faults of all are told.
func (c *checker) chain(n *Chain) Expr {
	var parts []Expr
	for _, part := range n.Parts {
		if x := c.condition(part); x != nil {
			parts = append(parts, x)
		}
	}
	switch {
	case len(parts) < len(n.Parts):
		return nil
	case n.Join == wordAnd:
		return And{Origin{n}, parts}
	default:
		return Or{Origin{n}, parts}
	}
}

func (c *checker) tag(n *TagName) Expr {
	if c.rows != nil {
		c.fault(n.at, "移到“有 "+title(c.rows)+"(…)”的括号外面", "“%s”的行没有标签，标签属于经营主体", title(c.rows))
		return nil
	}
	if !c.env.Tags[n.Name.Text] {
		c.unknownTag(n)
		return nil
	}
	return Tag{Origin{n}, n.Name.Text}
}

// knowing checks 已知(X). The age of something is known when its date is.
func (c *checker) knowing(n *Knowing) Expr {
	if date, ok := c.age(n.X); ok {
		return Known{Origin{n}, date}
	}
	switch n.X.(type) {
	case *Bad:
		return nil
	case *Name:
		if x, ok := c.value(n.X); ok {
			return Known{Origin{n}, x}
		}
		return nil
	}
	c.fault(n.X.Extent(), "", "“已知(…)”里只能写一个指标")
	return nil
}

// exists checks 有 and 每.
func (c *checker) exists(n *Rows) Expr {
	if c.rows != nil {
		c.fault(n.at, "移到括号外面，用“且”或“或”连接", "“%s”的括号里不能再问别的数据类", title(c.rows))
		return nil
	}
	dataset := c.dataset(n)
	if dataset == nil {
		return nil
	}
	if n.Word == wordEvery && n.Source.Where == nil {
		c.fault(n.at, "写成 每 "+title(dataset)+"(…)，或用 有 "+title(dataset), "“每 %s”没有说每一行要满足什么", title(dataset))
		return nil
	}
	n.Source.Dataset.Text = title(dataset)
	x := Exists{Origin{n}, Over{Dataset: dataset}, n.Word == wordEvery}
	if n.Source.Where != nil {
		c.rows = dataset
		x.Where = c.condition(n.Source.Where)
		c.rows = nil
		if x.Where == nil {
			return nil
		}
	}
	return x
}

// dataset resolves the dataset's name. Contacts and the crosswalk are not for conditions.
func (c *checker) dataset(n *Rows) *schemas.Dataset {
	dataset := c.env.Datasets[n.Source.Dataset.Text]
	switch {
	case dataset == nil:
		c.unknownDataset(n)
	case dataset.Role == schemas.RoleContacts || dataset.Role == schemas.RoleCrosswalk:
		c.fault(n.Source.Dataset.at, "", "数据类“%s”不能用在条件里", n.Source.Dataset.Text)
	default:
		return dataset
	}
	return nil
}

// title is the name of a dataset in conditions.
func title(d *schemas.Dataset) string {
	if d.Title != "" {
		return d.Title
	}
	return d.Name
}

// truth checks a name that stands alone: a truth attribute.
func (c *checker) truth(n *Name) Expr {
	column, ok := c.column(n)
	if !ok {
		c.aloneName(n)
		return nil
	}
	if column.Kind.Kind != schemas.KindTruth {
		c.alone(n)
		return nil
	}
	return Compare{Origin{n}, Equal, column, Truth{true}}
}
