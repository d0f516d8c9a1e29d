package department

import "testing"

// TestFits counts rows at the true limit of a sheet, with the two of its head: 1,048,576 in all.
func TestFits(t *testing.T) {
	t.Parallel()
	for n, want := range map[int64]bool{1: true, 1_048_573: true, 1_048_574: true, 1_048_575: false, 1_048_576: false, 10_000_000_000: false} {
		if fits(n, MaxRows) != want {
			t.Errorf("the %d-th row of a list fits: %v", n, !want)
		}
	}
}
