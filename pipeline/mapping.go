package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"zhida/pipeline/engine"
)

// mapLargestFirst runs the map tasks, those of large deliveries first, and returns their outputs in the order of the
// specs. One delivery, the registrations, is half of all bytes: begun last, it would keep one core busy while the
// others wait. An engine begins tasks in the order they are given, and no output depends on it.
func (n *Night) mapLargestFirst(ctx context.Context, eng engine.Engine, specs []MapSpec) ([]MapOutput, error) {
	order := largestFirst(specs)
	sorted := make([]MapSpec, len(specs))
	for i, at := range order {
		sorted[i] = specs[at]
	}
	outputs, err := do[MapSpec, MapOutput](ctx, n, eng, kindMap, sorted, func(s MapSpec) string { return fmt.Sprintf("%s-%d", s.Delivery.Dataset, s.Delivery.Seq) })
	if err != nil {
		return nil, err
	}
	back := make([]MapOutput, len(specs))
	for i, at := range order {
		back[at] = outputs[i]
	}
	return back, nil
}

// largestFirst is the order of the specs by falling size of their deliveries, and as they stand among equals.
func largestFirst(specs []MapSpec) []int {
	order := make([]int, len(specs))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(specs[b].Raw.Size, specs[a].Raw.Size) })
	return order
}
