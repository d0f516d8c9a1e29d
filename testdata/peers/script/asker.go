package script

import (
	"fmt"

	"zhida/pipeline/workspace"
	"zhida/schemas"
)

// asker makes SQL of conditions. Columns of the profile that a condition needs are made on the way, each once.
type asker struct {
	ws         *workspace.Workspace
	today      schemas.Date
	levels     [][]string                 // of computed columns, "expr AS name"; a level is computed from those below
	level      map[string]int             // by column
	derived    map[string]operand         // by condition.ValueKey
	masks      map[string]mask            // sets of words that 分档 can come to, by condition.ValueKey
	gathered   map[string]*gathering      // what is worked out of rows, by dataset
	made       map[string]string          // columns by what they are made from
	years      map[string]map[int]bool    // of yearly attributes that are asked for
	conditions []struct{ id, sql string } // of the items
	reach      int                        // the highest level that the condition in the making reads
	refused    map[string]string
}

// gathering is a query over the rows of a dataset, a column per aggregate.
type gathering struct {
	dataset *schemas.Dataset
	columns []string
}

func newAsker(ws *workspace.Workspace, today schemas.Date) asker {
	return asker{
		ws: ws, today: today, level: map[string]int{}, derived: map[string]operand{}, masks: map[string]mask{},
		gathered: map[string]*gathering{}, made: map[string]string{}, years: map[string]map[int]bool{}, refused: map[string]string{},
	}
}

// unsaid is the panic of what is not said in SQL here.
type unsaid struct{ what string }

func refuse(format string, args ...any) { panic(unsaid{fmt.Sprintf(format, args...)}) }

// try makes something; what refuses it is remembered under a name.
func (a *asker) try(name string, do func()) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case unsaid:
			a.refused[name] = p.what
		default:
			panic(p)
		}
	}()
	do()
}

// define makes a column of the profile from an expression, in the level above all that was read since the last one.
func (a *asker) define(name, expr string, level int) string {
	for len(a.levels) <= level {
		a.levels = append(a.levels, nil)
	}
	a.levels[level] = append(a.levels[level], fmt.Sprintf("%s AS %s", expr, quote(name)))
	a.level[name] = level
	return a.read(name)
}

// read is a column of the profile.
func (a *asker) read(name string) string {
	if level, ok := a.level[name]; ok {
		a.reach = max(a.reach, level+1)
	}
	return quote(name)
}

// above makes something whose columns come above all that it reads, and keeps what the caller has read so far.
func (a *asker) above(do func(level func() int)) {
	before := a.reach
	a.reach = 0
	do(func() int { return a.reach })
	a.reach = max(a.reach, before)
}

// over is what a condition is about: an enterprise, a row, or a year of an enterprise.
type over struct {
	dataset *schemas.Dataset
	year    int
}

// asking is what a condition is about, and whether it is to be true just where it is surely so, as an item needs, or to tell no
// from unknown too.
type asking struct {
	over
	sure bool
}

func (k asking) exact() asking { k.sure = false; return k }
