package main

import (
	"os"
	"runtime/debug"
)

// What the collector may do with memory. A night lives in some hundred megabytes and makes garbage by the gigabyte: with
// twice the room a full night of 300,000 enterprises and its reports takes 129 s of CPU instead of 143, and 1.9 GB at its
// peak instead of 1.7. Beyond the limit it collects as often as it must, so that memory stays flat.
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
