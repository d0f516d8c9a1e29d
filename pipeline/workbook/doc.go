// Package workbook turns policies into an Excel workbook that a department fills in, and such a workbook back into
// policies, without loss.
//
//	政策   one row per policy
//	事项   one row per item: guide fields, window, and the whole condition, or none if there are rows in 条件
//	条件   one row per requirement of an item: the clause of the document, the condition that encodes it, or both
//	参数   one row per parameter of a policy
//	说明   for the people who fill it in; never read
//
// policies.go, items.go, gates.go and params.go are these sheets written as tables of columns, and both directions use
// the tables: what Write puts into a cell, Read takes out of it. Read is tolerant of how a sheet looks (order of columns,
// other names for them, titles above the header, merged cells, blank rows, dates as text or as Excel's numbers) and strict
// about what it says: each wrong cell is a fault with the cell's name, all of them at once. What is left out gets a
// default, so that a list of titles is enough to begin with: ids are numbered, 草案, 普通, 奖补, and the title stands as a
// clause that nobody has encoded.
//
// Whether conditions compile is for the workspace to say (workspace.Revise); Book.Locate leads what it finds back to the
// cell and the place in its text.
//
// Cells are texts in columns formatted as text: nothing turns into a number, a date or a formula by itself. What a cell
// cannot hold (more than 32,767 characters, control characters) Write refuses.
package workbook
