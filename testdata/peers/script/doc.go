// Package script writes a night as a script of SQL for DuckDB: what people would write who have DuckDB and the deliveries, and
// no zhida. It reads the CSV and Parquet deliveries of all datasets and cleans their cells, keeps the rows that hold, joins
// them into a table with a row for each enterprise, works out derived attributes and tags, asks a query for each item, and
// writes who is sure to a Parquet file.
//
//	script.go     the statements in their order, by stage
//	ingest.go     a delivery becomes a table of rows with typed columns; cells.go how a cell is read, region.go where one lies
//	profile.go    the wide table, in levels: a column is worked out from columns of the levels below
//	truth.go      conditions, with NULL for unknown; amount.go numbers and dates, rows.go what rows come to
//
// The statements are made from the checked conditions of the workspace, before any clock runs: it is the script that is
// measured and not the writing of it. What cannot be said in SQL as written here is an item or tag that is refused by name.
//
// It is written to be quick rather than complete, which is in DuckDB's favour. Left says what a night of zhida does and it does
// not.
package script
