package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// bulk inserts many rows of a table, some in one statement.
type bulk struct {
	tx         *sql.Tx
	head, tail string    // INSERT INTO … VALUES, and what follows the rows
	width      int       // columns
	size       int       // rows of a statement
	args       []any     // of the rows that wait
	full       *sql.Stmt // the statement of size rows, once it was needed; the transaction closes it
}

func newBulk(tx *sql.Tx, table string, columns []string, tail string, size int) *bulk {
	return &bulk{
		tx: tx, head: fmt.Sprintf("INSERT INTO %s (%s) VALUES ", table, strings.Join(columns, ", ")), tail: tail,
		width: len(columns), size: size,
	}
}

// statement inserts that many rows.
func (b *bulk) statement(rows int) string {
	var text strings.Builder
	text.WriteString(b.head)
	for i := range rows {
		for k := range b.width {
			sign := ", "
			switch {
			case k == 0 && i == 0:
				sign = "("
			case k == 0:
				sign = "), ("
			}
			fmt.Fprintf(&text, "%s$%d", sign, i*b.width+k+1)
		}
	}
	text.WriteString(") " + b.tail)
	return text.String()
}

// add takes a row, and reports whether the rows that wait should be inserted.
func (b *bulk) add(row ...any) (full bool) {
	b.args = append(b.args, row...)
	return len(b.args) == b.size*b.width
}

// waiting is the number of rows that wait.
func (b *bulk) waiting() int { return len(b.args) / b.width }

// insert inserts the rows that wait and returns how many took effect.
func (b *bulk) insert(ctx context.Context) (int64, error) {
	n := b.waiting()
	if n == 0 {
		return 0, nil
	}
	result, err := b.run(ctx, n)
	b.args = b.args[:0]
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (b *bulk) run(ctx context.Context, n int) (result sql.Result, err error) {
	if n < b.size {
		return b.tx.ExecContext(ctx, b.statement(n), b.args...)
	}
	if b.full == nil {
		if b.full, err = b.tx.PrepareContext(ctx, b.statement(b.size)); err != nil {
			return nil, err
		}
	}
	return b.full.ExecContext(ctx, b.args...)
}
