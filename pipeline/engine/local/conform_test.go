package local_test

import (
	"testing"

	"zhida/pipeline/engine"
	"zhida/pipeline/engine/enginetest"
	"zhida/pipeline/engine/local"
)

func TestConformance(t *testing.T) {
	t.Parallel()
	enginetest.Run(t, func(workers int, record engine.Recorder, observe engine.Observer) engine.Engine {
		return local.New(workers, record, observe)
	})
}
