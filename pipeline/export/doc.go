// Package export writes tables for other people's tools: CSV for spreadsheets, Parquet for DuckDB, Spark and pandas,
// Arrow IPC files for whoever wants them in memory. A table is some typed columns and any number of rows; a value that is
// not set is unknown: null, an empty cell in CSV. The same rows give the same bytes, and memory does not grow with them: a
// batch of rows is held, in Parquet a row group, never the table.
//
//	kind      CSV                     Parquet                  Arrow
//	Text      UTF-8, see csv.go       STRING                   utf8
//	Integer   digits                  INT64                    int64
//	Decimal   digits, none too many   DECIMAL(18, scale)       decimal128(38, scale)
//	Real      shortest that is exact  DOUBLE                   float64
//	Date      2026-06-15              DATE                     date32
//	Truth     是, 否                  BOOLEAN                  bool
//
// Read column.go and writer.go first; csv.go, parquet.go and arrow.go each write one format.
package export
