package nation

import "context"

// usualChunk is the number of enterprises of a chunk, about 3 MB of rows.
const usualChunk = 2048

// chunk is what the departments have on an interval of enterprises, by department and night.
type chunk struct {
	nights  int
	csv     []bool // by department
	batches []batch
	texts   [][]byte // of CSV deliveries
	done    chan struct{}
}

func newChunk(nights int, csv []bool) *chunk {
	n := len(csv) * nights
	return &chunk{nights: nights, csv: csv, batches: make([]batch, n), texts: make([][]byte, n), done: make(chan struct{}, 1)}
}

func (k *chunk) batch(matter, night int) *batch { return &k.batches[matter*k.nights+night] }

func (k *chunk) reset() {
	for i := range k.batches {
		k.batches[i].reset()
		k.texts[i] = k.texts[i][:0]
	}
}

// encode makes the text of CSV deliveries; Parquet files are written row group by row group, in order.
func (k *chunk) encode() {
	for i := range k.batches {
		if k.csv[i/k.nights] {
			k.texts[i] = appendCSV(k.texts[i], &k.batches[i])
		}
	}
}

// interval is a chunk's part of a province: numbers, or arrivals of a later night.
type interval struct {
	from, to uint64
	night    int
}

// intervals cut a province into chunks: those that are there on the first night, and after them those that arrive.
func (g *generator) intervals(p *province, size uint64) func(yield func(interval) bool) {
	return func(yield func(interval) bool) {
		for from := p.from; from < p.to; from += size {
			if !yield(interval{from, min(from+size, p.to), 0}) {
				return
			}
		}
		for night := 1; night < g.Nights && p.from < p.to; night++ {
			for from, all := uint64(0), p.arrivals(); from < all; from += size {
				if !yield(interval{from, min(from+size, all), night}) {
					return
				}
			}
		}
	}
}

// fill writes an interval's enterprises into the chunk.
func (c *clerk) fill(k *chunk, p *province, part interval) {
	var e enterprise
	for i := part.from; i < part.to; i++ {
		number := i
		if part.night > 0 {
			number = c.arrival(p, i, part.night)
		}
		c.enter(&e, p, number, part.night)
		c.live(&e)
		for matter := range c.departments {
			c.record(k, &e, matter)
		}
	}
	k.encode()
}

// order makes the chunks of a province, several at a time, and takes them in their order.
func (g *generator) order(ctx context.Context, p *province, csv []bool, take func(*chunk) error) error {
	size := uint64(g.Chunk)
	if g.Chunk == 0 {
		size = usualChunk
	}
	type job struct {
		*chunk
		interval
	}
	workers := max(1, g.Workers)
	ctx, stop := context.WithCancel(ctx)
	jobs, ordered, free := make(chan job), make(chan *chunk, workers+1), make(chan *chunk, workers+2)
	defer func() { // the workers end with the jobs
		stop()
		for range ordered {
		}
	}()
	for range cap(free) {
		free <- newChunk(g.Nights, csv)
	}
	for range workers {
		go func() {
			c := &clerk{generator: g}
			for j := range jobs {
				c.fill(j.chunk, p, j.interval)
				j.done <- struct{}{}
			}
		}()
	}
	go func() {
		defer close(ordered)
		defer close(jobs)
		for part := range g.intervals(p, size) {
			var k *chunk
			select {
			case k = <-free:
			case <-ctx.Done():
				return
			}
			k.reset()
			select {
			case jobs <- job{k, part}:
				ordered <- k
			case <-ctx.Done():
				return
			}
		}
	}()
	for k := range ordered {
		<-k.done
		if err := take(k); err != nil {
			return err
		}
		free <- k
	}
	return ctx.Err()
}
