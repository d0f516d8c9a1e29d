package main

import (
	"os"
	"runtime/debug"
)

// What the collector may do with memory. A night lives in some hundred megabytes and makes garbage by the gigabyte: with
// twice the room a full night of 300,000 enterprises and its reports takes 129 s of CPU instead of 143. Beyond the limit it
// collects as often as it must, so that memory stays flat: a night of a million enterprises lives in 950 MB, and below
// 1,800 MiB took 183 s of CPU up to its first reports where it took 167 below this.
const (
	roomPercent = 200
	roomBytes   = 2600 << 20
)

// giveRoom sets both, unless the operator has: GOGC and GOMEMLIMIT are the run-time's own.
func giveRoom() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(roomPercent)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(roomBytes)
	}
}
