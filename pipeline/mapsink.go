package pipeline

import (
	"encoding/json"
	"errors"
	"io"

	"zhida/matcher/table"
	"zhida/pipeline/standardise"
	"zhida/pipeline/store"
)

// mapSink writes the runs, rejects and doubts of one delivery. A run is written while the next one is gathered: half the time of
// a large delivery goes into sorting out its cells and half into encoding them, and the largest one would else keep the
// night waiting on one core.
type mapSink struct {
	store   *store.Store
	runs    []RunRefs
	rejects lines
	doubts  lines
	writing chan written // of the run on its way; nil: none is
}

// written is what became of a run.
type written struct {
	refs  []RunRefs
	err   error
	panic any
}

// Run begins to write the run once the one before it is written, so that there are never more than two.
func (s *mapSink) Run(run *standardise.Run) error {
	if err := s.settle(); err != nil {
		return err
	}
	writing := make(chan written, 1)
	s.writing = writing
	go func() {
		var w written
		defer func() {
			w.panic = recover()
			writing <- w
		}()
		w.refs, w.err = writeRun(s.store, run)
	}()
	return nil
}

// settle waits for the run on its way. A panic of its writer goes on here, in the goroutine of the task, where the engine
// takes it for the task's failure.
func (s *mapSink) settle() error {
	if s.writing == nil {
		return nil
	}
	w := <-s.writing
	s.writing = nil
	if w.panic != nil {
		panic(w.panic)
	}
	if w.err == nil {
		s.runs = append(s.runs, w.refs...)
	}
	return w.err
}

// A file of a run has at least so many homes and so many rows. Who reduces a few homes reads what the file says of where each of
// its homes is; with a run of a province's 183 in one file that was a fifth of the reduce. Few rows are quickly read, and thirteen
// files of what a night brings are not.
const (
	fileHomes = 16
	fileRows  = 1 << 14
)

// writeRun writes a run, some homes a file.
func writeRun(st *store.Store, run *standardise.Run) ([]RunRefs, error) {
	var out []RunRefs
	first, from, to := 0, 0, 0
	for i, g := range run.Groups {
		to += g.Rows
		if last := i == len(run.Groups)-1; !last && (i+1-first < fileHomes || to-from < fileRows) {
			continue
		}
		refs, err := writeHomes(st, run, run.Groups[first:i+1], from, to)
		if err != nil {
			return nil, err
		}
		out, first, from = append(out, refs), i+1, to
	}
	return out, nil
}

// writeHomes writes the rows from from to to-1 of a run, which are those of the groups.
func writeHomes(st *store.Store, run *standardise.Run, groups []table.Group, from, to int) (RunRefs, error) {
	refs := RunRefs{Groups: groups}
	var err error
	if refs.Rows, err = st.Put("standard", "parquet", writeGroups(run.Rows.Slice(from, to), groups)); err != nil {
		return RunRefs{}, err
	}
	if run.Sealed != nil {
		sealed, err := st.PutSealed("standard", "parquet", writeGroups(run.Sealed.Slice(from, to), groups))
		if err != nil {
			return RunRefs{}, err
		}
		refs.Sealed = &sealed
	}
	return refs, nil
}

func writeGroups(t *table.Table, groups []table.Group) func(io.Writer) error {
	return func(w io.Writer) error {
		wr := table.NewWriter(w, t.Fields, nil)
		from := 0
		for _, g := range groups {
			if err := wr.Group(g.Name, t.Slice(from, from+g.Rows)); err != nil {
				return err
			}
			from += g.Rows
		}
		return wr.Close()
	}
}

// Reject implements standardise.Sink.
func (s *mapSink) Reject(r standardise.Reject) error { return s.rejects.put(s.store, "rejects", r) }

// Doubt implements standardise.Sink.
func (s *mapSink) Doubt(d standardise.Doubt) error { return s.doubts.put(s.store, "doubts", d) }

func (s *mapSink) close() error {
	if err := s.settle(); err != nil {
		return errors.Join(err, s.abandon())
	}
	return errors.Join(s.rejects.close(), s.doubts.close())
}

// abandon ends what is on its way. Nobody asks for its result.
func (s *mapSink) abandon() error {
	_ = s.settle()
	return errors.Join(s.rejects.abandon(), s.doubts.abandon())
}

// lines are values on their way into one sealed artefact, so that a delivery of rejects only does not fill the memory. It is
// begun by the first of them.
type lines struct {
	ref     *store.Ref // once it is closed
	pipe    *io.PipeWriter
	encoder *json.Encoder
	done    chan error
}

func (l *lines) put(st *store.Store, kind string, v any) error {
	if l.encoder == nil {
		var pr *io.PipeReader
		pr, l.pipe = io.Pipe()
		l.encoder, l.done = json.NewEncoder(l.pipe), make(chan error, 1)
		l.encoder.SetEscapeHTML(false)
		go func() {
			ref, err := st.PutSealed(kind, "jsonl", func(w io.Writer) error {
				_, err := io.Copy(w, pr)
				return err
			})
			l.ref = &ref
			_ = pr.CloseWithError(err)
			l.done <- err
		}()
	}
	return l.encoder.Encode(v)
}

func (l *lines) close() error {
	if l.encoder == nil {
		return nil
	}
	if err := l.pipe.Close(); err != nil {
		return err
	}
	return <-l.done
}

func (l *lines) abandon() error {
	if l.encoder == nil {
		return nil
	}
	_ = l.pipe.CloseWithError(io.ErrUnexpectedEOF)
	return <-l.done
}
