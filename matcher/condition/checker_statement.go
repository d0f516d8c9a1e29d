package condition

// statement checks 评审 and 承诺. A verdict takes them as yes, so they may only stand where yes is the better answer.
func (c *checker) statement(n *Statement) Expr {
	if c.barred != "" {
		suggestion := "移到最外层，用“且”连接"
		if !c.env.Item {
			suggestion = "写进事项的申报条件"
		}
		c.fault(n.at, suggestion, "%s，不能写“%s”", c.barred, n.Word)
		return nil
	}
	return Stated{Origin{n}, n.Word == wordDeclared, n.Text}
}

// bar says that 评审 and 承诺 may not stand in what is checked until the function it returns is called.
func (c *checker) bar(where string) func() {
	old := c.barred
	if old == "" {
		c.barred = where + "要数据能判定的条件"
	}
	return func() { c.barred = old }
}
