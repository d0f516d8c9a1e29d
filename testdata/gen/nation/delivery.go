package nation

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// delivery is a file that is being written. One without a row is not delivered.
type delivery struct {
	file    *os.File
	rows    int
	out     *bufio.Writer
	parquet *parquetFile // nil: CSV
}

// isCSV tells of each department whether its deliveries are text.
func (g *generator) isCSV() []bool {
	var out []bool
	for i := range g.departments {
		out = append(out, g.Format == CSV || g.Format == Mixed && !g.departments[i].parquet)
	}
	return out
}

// name is a delivery's: the dataset, the region it is for, the business date and what it is.
func (g *generator) name(p *province, matter, night int, csv bool) string {
	dep, mode, ending := &g.departments[matter], "full", ".parquet"
	switch {
	case night > 0 && dep.appended:
		mode = "append"
	case night > 0 && !g.Full:
		mode = "increment"
	}
	if csv {
		ending = ".csv"
	}
	return dep.name + "_" + p.code + "_" + strings.ReplaceAll(g.dates[night].String(), "-", "") + "_" + mode + ending
}

// deliver writes the deliveries of a province, and counts them.
func (g *generator) deliver(ctx context.Context, folder string, p *province) (delivered int, err error) {
	csv := g.isCSV()
	var files []*delivery
	defer func() {
		for _, f := range files {
			err = errors.Join(err, f.close())
			if f.rows > 0 {
				delivered++
			}
		}
	}()
	for matter := range g.departments {
		for night := range g.Nights {
			f, err := g.open(folder, p, matter, night, csv[matter])
			if err != nil {
				return 0, err
			}
			files = append(files, f)
		}
	}
	return 0, g.order(ctx, p, csv, func(k *chunk) error {
		for i, f := range files {
			if err := f.write(k, i); err != nil {
				return err
			}
		}
		return nil
	})
}

func (g *generator) open(folder string, p *province, matter, night int, csv bool) (*delivery, error) {
	file, err := os.Create(filepath.Join(folder, g.name(p, matter, night, csv)))
	if err != nil {
		return nil, fmt.Errorf("make delivery: %w", err)
	}
	f := &delivery{file: file, out: bufio.NewWriterSize(file, 1<<16)}
	columns := g.departments[matter].columns
	if g.departments[matter].operated && night > 0 && !g.Full {
		columns = append(texts("操作"), columns...)
	}
	if !csv {
		f.parquet = newParquetFile(f.out, columns)
		return f, nil
	}
	for i, c := range columns {
		if i > 0 {
			_ = f.out.WriteByte(',') // an error stays with the writer
		}
		_, _ = io.WriteString(f.out, c.name)
	}
	_ = f.out.WriteByte('\n')
	return f, nil
}

// write adds a chunk's rows.
func (f *delivery) write(k *chunk, i int) error {
	f.rows += len(k.batches[i].rows)
	if f.parquet != nil {
		return f.parquet.write(&k.batches[i])
	}
	if _, err := f.out.Write(k.texts[i]); err != nil {
		return fmt.Errorf("write delivery: %w", err)
	}
	return nil
}

func (f *delivery) close() error {
	var errs []error
	if f.parquet != nil {
		errs = append(errs, f.parquet.close())
	}
	errs = append(errs, f.out.Flush(), f.file.Close())
	if f.rows == 0 {
		errs = append(errs, os.Remove(f.file.Name()))
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("end delivery: %w", err)
	}
	return nil
}
