package pipeline

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"

	"zhida/pipeline/report/department"
	"zhida/schemas"
)

// A gathering is what a group of homes says of all departments: rows of their lists, and figures. It is gathered block by block,
// and a workbook wants it department by department and item by item. So rows go to a file without a name first, and are
// then written in order: each department's together, and behind them where its lists are, behind all of them where the
// departments are, and at the end, in eight bytes, where that begins. Who writes a workbook reads its own and nothing else.

// listKey is a list of a department, or the part of it about one item.
type listKey struct {
	department string
	list       string
	item       int
}

type segment struct{ from, to int64 }

// gathering is one in the making.
type gathering struct {
	file     *os.File
	out      *bufio.Writer
	at       int64
	row      []byte
	segments map[listKey][]segment
	last     listKey
	figures  map[string]*figures // by department
}

// figures are a department's figures.
type figures struct {
	Supply factTotals                `json:"supply"` // facts it can supply
	Await  factTotals                `json:"await"`  // facts that its items wait for and others supply
	Causes map[schemas.Cause]Changed `json:"causes"` // of the changes of its items
	// Conflicts about what it delivers.
	Conflicts int64 `json:"conflicts,omitempty"`
}

func newFigures() *figures {
	return &figures{Supply: factTotals{}, Await: factTotals{}, Causes: map[schemas.Cause]Changed{}}
}

// merge adds the figures of another share.
func (f *figures) merge(o *figures) {
	f.Supply.merge(o.Supply)
	f.Await.merge(o.Await)
	f.Conflicts += o.Conflicts
	for cause, c := range o.Causes {
		sum := f.Causes[cause]
		f.Causes[cause] = Changed{Entered: sum.Entered + c.Entered, Left: sum.Left + c.Left}
	}
}

// nameless makes a file that is gone when it is closed, whatever happens.
func nameless(folder string) (*os.File, error) {
	f, err := os.CreateTemp(folder, "gathering-*")
	if err != nil {
		return nil, fmt.Errorf("begin a gathering: %w", err)
	}
	if err := os.Remove(f.Name()); err != nil && !errors.Is(err, fs.ErrNotExist) { // or swept already
		return nil, errors.Join(fmt.Errorf("begin a gathering: %w", err), f.Close())
	}
	return f, nil
}

func newGathering(folder string) (*gathering, error) {
	f, err := nameless(folder)
	if err != nil {
		return nil, err
	}
	return &gathering{
		file: f, out: bufio.NewWriterSize(f, 1<<18), segments: map[listKey][]segment{}, figures: map[string]*figures{},
	}, nil
}

func (d *gathering) close() error { return d.file.Close() }

// of are the figures of a department.
func (d *gathering) of(name string) *figures {
	if d.figures[name] == nil {
		d.figures[name] = newFigures()
	}
	return d.figures[name]
}

// put appends a row.
func (d *gathering) put(key listKey, cells []any) error {
	d.row = department.AppendRow(d.row[:0], cells)
	if _, err := d.out.Write(d.row); err != nil {
		return fmt.Errorf("gather a row: %w", err)
	}
	from := d.at
	d.at += int64(len(d.row))
	own := d.segments[key]
	if len(own) > 0 && d.last == key {
		own[len(own)-1].to = d.at
	} else {
		own = append(own, segment{from, d.at})
	}
	d.segments[key], d.last = own, key
	return nil
}

// shareHead is where a department's lists are in a gathering, and its figures.
type shareHead struct {
	figures
	Lists []shareList `json:"lists,omitempty"`
}

// shareList is a list, or the part of it about one item.
type shareList struct {
	List string `json:"list"`
	Item int    `json:"item,omitempty"`
	From int64  `json:"from"`
	To   int64  `json:"to"`
}

// write writes the gathering; nothing is put any more.
func (d *gathering) write(w io.Writer) error {
	if err := d.out.Flush(); err != nil {
		return err
	}
	out := &shareWriter{to: bufio.NewWriterSize(w, 1<<18), heads: map[string]segment{}}
	keys := make([]listKey, 0, len(d.segments))
	for key := range d.segments {
		keys = append(keys, key)
		d.of(key.department)
	}
	slices.SortFunc(keys, func(a, b listKey) int {
		return cmp.Or(cmp.Compare(a.department, b.department), cmp.Compare(a.list, b.list), a.item-b.item)
	})
	for _, name := range sortedKeys(d.figures) {
		own := 0
		for own < len(keys) && keys[own].department == name {
			own++
		}
		if err := d.writeDepartment(out, name, keys[:own]); err != nil {
			return err
		}
		keys = keys[own:]
	}
	return out.end()
}

func (d *gathering) writeDepartment(out *shareWriter, name string, keys []listKey) error {
	head := shareHead{figures: *d.figures[name]}
	for _, key := range keys {
		list := shareList{List: key.list, Item: key.item, From: out.at}
		for _, s := range d.segments[key] {
			if err := out.copy(io.NewSectionReader(d.file, s.from, s.to-s.from)); err != nil {
				return err
			}
		}
		list.To = out.at
		head.Lists = append(head.Lists, list)
	}
	from := out.at
	if err := out.json(head); err != nil {
		return err
	}
	out.heads[name] = segment{from, out.at}
	return nil
}

// shareWriter writes a gathering and counts.
type shareWriter struct {
	to    *bufio.Writer
	at    int64
	heads map[string]segment
}

func (w *shareWriter) copy(from io.Reader) error {
	n, err := io.Copy(w.to, from)
	w.at += n
	return err
}

func (w *shareWriter) json(v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	n, err := w.to.Write(data)
	w.at += int64(n)
	return err
}

func (w *shareWriter) end() error {
	from := w.at
	heads := map[string][2]int64{}
	for name, s := range w.heads {
		heads[name] = [2]int64{s.from, s.to}
	}
	if err := w.json(heads); err != nil {
		return err
	}
	if _, err := w.to.Write(binary.LittleEndian.AppendUint64(nil, uint64(from))); err != nil {
		return err
	}
	return w.to.Flush()
}

// share is a department's share of a gathering, to be read.
type share struct {
	shareHead
	file  io.ReaderAt
	lists map[listKey]segment
	rows  *bufio.Reader
	cells []any
}

// readShare reads what a gathering of size bytes says of a department; nothing, if it is not in it.
func readShare(file io.ReaderAt, size int64, name string) (*share, error) {
	p := &share{file: file, lists: map[listKey]segment{}, rows: bufio.NewReaderSize(nil, 1<<16)}
	heads := map[string][2]int64{}
	var tail [8]byte
	if _, err := file.ReadAt(tail[:], size-int64(len(tail))); err != nil {
		return nil, fmt.Errorf("read a gathering: %w", err)
	}
	if err := p.json(int64(binary.LittleEndian.Uint64(tail[:])), size-int64(len(tail)), &heads); err != nil {
		return nil, err
	}
	at, ok := heads[name]
	if !ok {
		return p, nil
	}
	if err := p.json(at[0], at[1], &p.shareHead); err != nil {
		return nil, err
	}
	for _, l := range p.Lists {
		p.lists[listKey{name, l.List, l.Item}] = segment{l.From, l.To}
	}
	return p, nil
}

func (p *share) json(from, to int64, into any) error {
	data := make([]byte, max(0, to-from))
	_, err := p.file.ReadAt(data, from)
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		return fmt.Errorf("read a gathering: %w", err)
	}
	return nil
}

// each goes through the rows of a list, or of one item's share of it, in the order they came. Cells are valid during the call.
func (p *share) each(key listKey, do func(cells []any) error) error {
	s, ok := p.lists[key]
	if !ok {
		return nil
	}
	p.rows.Reset(io.NewSectionReader(p.file, s.from, s.to-s.from))
	for {
		var err error
		p.cells, err = department.ReadRow(p.rows, p.cells)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read rows of a report: %w", err)
		}
		if err := do(p.cells); err != nil {
			return err
		}
	}
}
