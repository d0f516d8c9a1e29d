// Package local is the engine that runs tasks on goroutines of this process. Its memory is that of the units in
// flight: as many as it has workers, whatever the number of tasks.
package local
