package engine_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"zhida/pipeline/engine"
)

func TestSpecHash(t *testing.T) {
	t.Parallel()
	hash := func(spec string) string {
		h, err := engine.Task{Spec: json.RawMessage(spec)}.SpecHash()
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	if hash(`{"a": 1}`) != hash("{\n\t\"a\":1}") || hash("") != hash("null") || hash("1") == hash("2") {
		t.Error("the hash of a spec depends on its spaces, or on nothing")
	}
}

func TestUnitError(t *testing.T) {
	t.Parallel()
	cause := errors.New("cause")
	err := error(&engine.UnitError{Task: "map/tax-1", Err: cause, Stack: "goroutine 7"})
	if !errors.Is(err, cause) || !strings.Contains(err.Error(), "unit map/tax-1: cause\ngoroutine 7") {
		t.Errorf("%v", err)
	}
}
