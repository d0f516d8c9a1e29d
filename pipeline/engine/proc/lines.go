package proc

import (
	"io"
	"sync"
)

// lines lets several workers write to one place, a write at a time.
type lines struct {
	lock sync.Mutex
	to   io.Writer
}

func (l *lines) Write(p []byte) (int, error) {
	l.lock.Lock()
	defer l.lock.Unlock()
	if l.to == nil {
		return len(p), nil
	}
	return l.to.Write(p)
}
