package parquet

import (
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"
)

// column reads one column of a row group.
type column struct {
	name    string
	convert convert
	pages   parquet.Pages
	page    parquet.Page
	reader  parquet.ValueReader
	values  []parquet.Value // read and not yet handed out; they point into page
	at      int
	drained bool // nothing is left of page but values
}

// valueBatch is how many values are taken from a page at once: a batch this size stays in cache.
const valueBatch = 256

// open begins a column chunk.
func (c *column) open(chunk parquet.ColumnChunk) {
	c.close()
	c.pages = chunk.Pages()
}

// next returns the next value, valid until the next call, io.EOF after the last.
func (c *column) next() (parquet.Value, error) {
	for c.at == len(c.values) {
		if err := c.fill(); err != nil {
			return parquet.Value{}, err
		}
	}
	v := c.values[c.at]
	c.at++
	return v, nil
}

// fill reads more values.
func (c *column) fill() error {
	if c.page == nil || c.drained {
		parquet.Release(c.page)
		c.page = nil
		page, err := c.pages.ReadPage()
		if err != nil {
			if errors.Is(err, io.EOF) {
				return io.EOF
			}
			return fmt.Errorf("read a page: %w", err)
		}
		c.page, c.reader, c.drained = page, page.Values(), false
	}
	if cap(c.values) == 0 {
		c.values = make([]parquet.Value, valueBatch)
	}
	n, err := c.reader.ReadValues(c.values[:cap(c.values)])
	c.values, c.at = c.values[:n], 0
	switch {
	case errors.Is(err, io.EOF), err == nil && n == 0:
		c.drained = true
	case err != nil:
		return fmt.Errorf("read values: %w", err)
	}
	return nil
}

func (c *column) close() {
	if c.page != nil {
		parquet.Release(c.page)
	}
	if c.pages != nil {
		_ = c.pages.Close()
	}
	c.page, c.pages, c.reader, c.values, c.at, c.drained = nil, nil, nil, c.values[:0], 0, false
}
