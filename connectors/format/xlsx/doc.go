// Package xlsx reads Excel workbooks, row by row as the sheet is unpacked.
//
// Which sheet. The visible one with content. If several have any, Options.Sheet must name one: a file of which half is
// left out looks like a whole one. Hidden sheets are not looked at; they hold lists to choose from.
//
// Which rows. The header is the first row with two filled cells among the first ten with any; rows above it are
// titles. If none has two, it is the first row with content. Blank rows are skipped, hidden and filtered rows are read.
// Titles, blank rows and gaps count as Stats.Empty. Merged cells within the table are fatal, because only the first of
// them has the value; the sheet lists them behind its rows, so this comes at the end.
//
// What a cell is. Texts as they are, rich ones without their looks, and without how to pronounce them. Numbers by their
// format: days and moments as 2026-06-15 08:30:00, also in Chinese formats and in workbooks that count from 1904; 0.035
// shown in percent is 3.5%; a format of zeros pads, as codes have it. Other numbers as decimals of at most 15 digits,
// which is what Excel keeps and shows: sums end in 0.3 and not in 0.30000000000000004. A whole number of 16 digits or
// more was a code once and has lost its end: a broken row. So is a formula that was never computed. Errors such as #N/A
// are the text that is shown; cleaning knows some of them as nothing and flags the others. A day that none is, such as
// 1900-01-00, is its bare number.
//
// Bounds. Limits.Unpacked, Ratio and Shared; a sheet has 1,048,576 rows and 16,384 columns. Memory is one batch and the
// table of texts (shared.go), which workbooks saved by Excel have: 12 bytes and its length for each different text.
//
// Excel's library of choice, excelize, is left to writing: its reader swallows errors of XML and so takes half a sheet
// for a whole one, gives texts without their kinds, so that neither lost digits nor formulas without value can be
// seen, and unpacks larger parts into files in clear beside the sealed landing. BenchmarkReader: 90,000 to 110,000 rows/s of ten
// columns on one core; BenchmarkExcelize, the same by its reader, 24,000 rows/s.
//
// xml.go cuts XML into tokens, sheet.go rows and cells; cell.go and style.go make texts; shared.go is the table of
// texts, workbook.go the parts, open.go the choice of sheet and header.
package xlsx
