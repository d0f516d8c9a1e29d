// Package engine is the seam behind which the tasks of a night run. A task is a small descriptor; its data moves
// through the store; its output is a small JSON document that names what it stored. An engine only places, retries
// and restarts tasks, so the same tasks give the same results on any engine with any number of workers.
//
// Subpackage local runs them on goroutines of this process, proc each in a fresh process; enginetest is the
// suite that both pass.
package engine
