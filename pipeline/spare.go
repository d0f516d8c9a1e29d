package pipeline

import "sync"

// spare keeps what is dear to make and belongs to one goroutine at a time.
type spare[T any] struct {
	mu   sync.Mutex
	free []T
}

func (s *spare[T]) take(create func() T) T {
	s.mu.Lock()
	if k := len(s.free); k > 0 {
		defer s.mu.Unlock()
		x := s.free[k-1]
		s.free = s.free[:k-1]
		return x
	}
	s.mu.Unlock()
	return create()
}

func (s *spare[T]) give(x T) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.free = append(s.free, x)
}

func (s *spare[T]) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.free = nil
}
