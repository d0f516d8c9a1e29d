package sql

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"zhida/connectors/source"
	"zhida/connectors/source/wire"
)

// Bounds of what a server may do for us.
const (
	lockTimeout  = 10 * time.Second // of waiting for who alters a table
	queryTimeout = 5 * time.Minute  // of counting rows
	// answerTimeout is how long we wait for the first byte of an answer: the server, which knows why, is to say first that it took
	// too long. For the rows of a table without a primary key it is how long they may be sorted.
	answerTimeout = 10 * time.Minute
)

// server is a kind of database server: how to log in, and what is not the same in everybody's SQL.
type server interface {
	connect(ctx context.Context, config source.Config, pin wire.Pin) (session, error)
	quote(name string) string
	text(value string) string                               // a value as text
	digest(alias string, columns []column) string           // a number of a row, another one of another row
	order(alias string, columns []column) (orders []string) // by all values of a row
}

// session is a connection to a server. Its errors are told as known says.
type session interface {
	// begin begins to read one state of some tables, which nobody can alter until end.
	begin(ctx context.Context, tables ...string) error
	end(ctx context.Context) error
	// columns are those of a table that has begun.
	columns(ctx context.Context, table string) ([]column, error)
	// rows are the few that a query gives, as text; "" where there is no value.
	rows(ctx context.Context, query string) ([][]string, error)
	// copy writes what a query gives as CSV with a header.
	copy(ctx context.Context, query string, w io.Writer) error
	// known adds what the contract calls an error, what to do about it, and why the connection broke.
	known(err error) error
	close()
}

// column is one of a table.
type column struct {
	name   string
	kind   string // as the server calls the type
	key    int    // its place in the primary key, from 1; 0: none
	isTime bool   // a day, or a day and a time
	binary bool   // no text can say what it holds
	value  string // SQL for what is delivered of it; %s is the column
}

// quoteTable quotes schema and name.
func quoteTable(s server, table string) string {
	parts := strings.Split(table, ".")
	for i := range parts {
		parts[i] = s.quote(parts[i])
	}
	return strings.Join(parts, ".")
}

// inFull calls begun when the first byte is written: what came before was the server's work.
type inFull struct {
	io.Writer
	begun func()
}

// Write implements io.Writer.
func (f *inFull) Write(p []byte) (int, error) {
	if f.begun != nil {
		f.begun()
		f.begun = nil
	}
	return f.Writer.Write(p)
}

// broken adds why a connection was given up.
func broken(w *wire.Conn, err error) error {
	if fault := w.Fault(); fault != nil {
		return fmt.Errorf("%w: %w", fault, err)
	}
	return err
}

// denied is an error that no retry helps, with what to do.
func denied(err error, advice string) error {
	return fmt.Errorf("%w: %w: %s", source.ErrDenied, err, advice)
}
