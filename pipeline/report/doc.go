// Package report makes what people read of a night. Here is the summary: the same figures as text for a terminal and as
// summary.json for machines. Its folders make the rest: page the pages of HTML, chart their pictures, department the
// workbooks.
package report
