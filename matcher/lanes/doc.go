// Package lanes does arithmetic on columns of floating-point numbers that carry a bound of their error: each number is
// off by at most what stands in the same place of the second slice. How the bounds are made says package plan, whose
// programs run on this.
//
// Every function has one meaning in plain Go (plain.go). On amd64 kernels take four lanes at a time as long as these are
// ordinary, and stop at the first that are not (something that underflows): plain Go does these. Results are the same to
// the last bit, but where a number was lost anyway (its bound infinite or not a number).
package lanes
