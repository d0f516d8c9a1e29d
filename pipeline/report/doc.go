// Package report makes what people read of a night. For now that is the summary: the same figures as text for a
// terminal and as summary.json for machines.
package report
