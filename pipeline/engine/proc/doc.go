// Package proc is the engine that runs each task in a fresh process, which is given the task's descriptor and nothing else.
// It proves that no task leans on the process that happens to run it, it gives back all memory after each task, and it is the
// seam at which a cluster would place tasks on other machines.
//
// The protocol is two JSON documents: the engine.Task on the worker's standard input, a reply on its standard output (Serve
// writes it). What the worker says on standard error goes through. A worker that ends without a reply was killed or
// crashed: the task is tried again, up to Tries times. A reply that tells a failure is final, as it would be in one process.
//
// Specs and outputs keep their bytes on the way, so that artefacts are the same as in one process; enginetest holds both
// engines to that. Bookkeeping (order, memory of finished units, progress, failures) is that of package local: only how one
// unit is run differs.
package proc
