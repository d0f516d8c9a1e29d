// Package department writes the workbook that a department gets of a night: who meets its items, what is missing and who
// can say it, near misses with their distances, readiness for 免申即享, and what changed since the last night.
//
//	data.go      what is handed in: plain values, and lists that are gone through once
//	book.go      a workbook whose sheets are written row by row, in flat memory
//	overflow.go  what a sheet cannot hold goes on in a CSV file beside the workbook
//	style.go     looks
//	overview.go  概览: the figures, the sheets, and where lists go on
//	lists.go     the other sheets
//	corrections.go  another workbook, and CSV files: what a department that delivers data should put right (校核)
//	fill.go      a sheet on which it fills in what is missing, which comes back as a delivery (补充采集)
//
// No cell starts a formula: texts are typed as texts, and one that begins like a formula has an apostrophe in front
// (export.PlainText), so that it stays a text when somebody edits the cell or saves the sheet as CSV. The CSV files beside
// the workbook follow the same rule. The same data gives the same bytes.
package department
