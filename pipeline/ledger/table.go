package ledger

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"slices"
	"strings"
)

// table is a table of the ledger, as backups carry it.
type table struct {
	name    string
	columns []string
	order   []string // columns that order the rows
	after   []string // tables that its rows refer to
}

// tables lists those of a ledger in a file, whose catalogue is easy to read: what a migration adds is carried without more ado. A
// table comes after those it refers to.
func tables(ctx context.Context, q querier) ([]table, error) {
	names, err := list(ctx, q, scanOne[string], `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
		AND name NOT IN ('goose_db_version', 'backup') ORDER BY name`)
	if err != nil {
		return nil, err
	}
	var found []table
	for _, name := range names {
		t := table{name: name}
		if t.columns, err = list(ctx, q, scanOne[string], `SELECT name FROM pragma_table_info($1) ORDER BY cid`, name); err != nil {
			return nil, err
		}
		if t.order, err = list(ctx, q, scanOne[string], `SELECT name FROM pragma_table_info($1) WHERE pk > 0 ORDER BY pk`, name); err != nil {
			return nil, err
		}
		if len(t.order) == 0 {
			t.order = t.columns
		}
		if t.after, err = list(ctx, q, scanOne[string], `SELECT DISTINCT "table" FROM pragma_foreign_key_list($1)`, name); err != nil {
			return nil, err
		}
		found = append(found, t)
	}
	return inOrder(found)
}

// inOrder puts tables after those they refer to.
func inOrder(all []table) ([]table, error) {
	var out []table
	for len(out) < len(all) {
		before := len(out)
		for _, t := range all {
			has := func(name string) bool { return slices.ContainsFunc(out, func(o table) bool { return o.name == name }) }
			if !has(t.name) && !slices.ContainsFunc(t.after, func(name string) bool { return name != t.name && !has(name) }) {
				out = append(out, t)
			}
		}
		if len(out) == before {
			return nil, errors.New("tables refer to each other in a circle")
		}
	}
	return out, nil
}

func scanOne[T any](r row) (v T, err error) { return v, r.Scan(&v) }

// rows is the question for all rows of a table, in an order that every database keeps.
func (t *table) rows() string {
	return fmt.Sprintf("SELECT %s FROM %s ORDER BY %s", strings.Join(t.columns, ", "), t.name, strings.Join(t.order, ", "))
}

// content is what a table holds: the number of its rows and the SHA-256 of their values.
type content struct {
	rows int64
	sum  string
}

// read goes through the rows of a question, sums them up, and gives each to take. Memory is constant.
func read(ctx context.Context, q querier, query string, take func(values []any) error) (c content, err error) {
	rows, err := q.QueryContext(ctx, query)
	if err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	columns, err := rows.Columns()
	if err != nil {
		return c, err
	}
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	sum := sha256.New()
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return c, err
		}
		for i := range values {
			if values[i], err = portable(values[i]); err != nil {
				return c, fmt.Errorf("column %s: %w", columns[i], err)
			}
			write(sum, values[i])
		}
		c.rows++
		if err := take(values); err != nil {
			return c, err
		}
	}
	c.sum = hex.EncodeToString(sum.Sum(nil))
	return c, rows.Err()
}

// portable is a value as every database keeps it.
func portable(v any) (any, error) {
	switch v := v.(type) {
	case nil, int64:
		return v, nil
	case string:
		return plain(v), nil
	case []byte:
		return plain(string(v)), nil
	}
	return nil, fmt.Errorf("backups carry numbers and texts, not %T", v)
}

// write adds a value to a sum, so that no two rows read alike.
func write(sum hash.Hash, v any) {
	switch v := v.(type) {
	case nil:
		fmt.Fprint(sum, "-")
	case int64:
		fmt.Fprintf(sum, "%d;", v)
	case string:
		fmt.Fprintf(sum, "%d:%s", len(v), v)
	}
}

// copyTable copies a table's rows into the same table, empty, of the transaction's ledger.
func copyTable(ctx context.Context, from querier, t *table, to *sql.Tx, batch int) (content, error) {
	b := newBulk(to, t.name, t.columns, "", batch)
	c, err := read(ctx, from, t.rows(), func(values []any) error {
		if !b.add(values...) {
			return nil
		}
		_, err := b.insert(ctx)
		return err
	})
	if err == nil {
		_, err = b.insert(ctx)
	}
	if err != nil {
		return c, fmt.Errorf("table %s: %w", t.name, err)
	}
	return c, nil
}
