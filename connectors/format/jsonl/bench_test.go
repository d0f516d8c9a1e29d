package jsonl_test

import (
	"testing"

	"zhida/connectors/conntest"
)

func BenchmarkReader(b *testing.B) { conntest.Benchmark(b, suite(write)) }
