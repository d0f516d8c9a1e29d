package table

import (
	"hash/crc32"
	"io"
)

// windowStretches is how many stretches a window reads at once when it is read in sequence.
const windowStretches = 16

// window is an io.ReaderAt over a summed file for one goroutine: it reads whole stretches and hands out only bytes
// whose sum is right. Column chunks are read in file order, so a stretch is read once however many chunks lie in it.
type window struct {
	file *summed
	from int64 // offset of buf in the file, a multiple of stretch
	buf  []byte
	err  error // what failed first, before parquet-go wraps it
}

// ReadAt implements io.ReaderAt.
func (w *window) ReadAt(p []byte, off int64) (int, error) {
	done := 0
	for done < len(p) {
		at := off + int64(done)
		var n int
		switch {
		case at < 0 || at >= w.file.size:
			return done, io.EOF
		case at >= w.file.size-int64(len(w.file.end)):
			n = copy(p[done:], w.file.end[at-(w.file.size-int64(len(w.file.end))):])
		case at >= w.file.data: // the sums: no Parquet offset points there in a file of ours
			return done, io.ErrUnexpectedEOF
		default:
			if at < w.from || at >= w.from+int64(len(w.buf)) {
				if err := w.load(at); err != nil {
					if w.err == nil {
						w.err = err
					}
					return done, err
				}
			}
			n = copy(p[done:], w.buf[at-w.from:])
		}
		done += n
	}
	return done, nil
}

// load reads and checks the stretches from the one that holds at.
func (w *window) load(at int64) error {
	first := at / stretch
	count := int64(1)
	if at == w.from+int64(len(w.buf)) { // in sequence
		count = windowStretches
	}
	from := first * stretch
	to := min(from+count*stretch, w.file.data)
	if int64(cap(w.buf)) < to-from {
		w.buf = make([]byte, min(windowStretches*stretch, w.file.data))
	}
	w.from, w.buf = from, w.buf[:to-from]
	if err := readFull(w.file.r, w.buf, from); err != nil {
		w.buf = w.buf[:0]
		return err
	}
	for i := int64(0); i*stretch < int64(len(w.buf)); i++ {
		part := w.buf[i*stretch : min((i+1)*stretch, int64(len(w.buf)))]
		if crc32.Checksum(part, castagnoli()) != w.file.sums[first+i] {
			w.buf = w.buf[:0]
			return damaged("the checksum of bytes %d to %d is wrong", from+i*stretch, from+i*stretch+int64(len(part)))
		}
	}
	return nil
}
