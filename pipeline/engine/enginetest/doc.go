// Package enginetest is the suite that every engine passes: results in the order of the tasks and the same bytes whatever the
// engine and its workers, failures that stop a stage and name their task, contexts that end, units that are remembered.
//
// The tasks do what their specs say (Work) and leave a mark in a folder each time they begin, so that the suite sees what
// ran although it may have run in another process. An engine that has workers of its own lets them call Work for
// tasks of kind Kind, and hands on ErrGone.
package enginetest
