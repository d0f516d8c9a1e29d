// Package parquet reads Parquet files, row group by row group and page by page: one page of each column is in memory.
//
// Columns must be flat: a group, list or map is fatal, with the column's name, because no text stands for it. Values
// become the texts of package rows. Moments that the file declares as instants (adjusted to UTC) are written in China's
// time; others as they are. INT96, the older moment of Spark and Hive, cannot say which it is and is taken for an instant:
// that gives the right day for midnight either way. A whole number in a double beyond 2^53, and in a
// float beyond 2^24, has lost digits and makes a broken row: pandas keeps codes so when some are missing. A null is "".
//
// Both #row and #line are the number of the row.
//
// Bounds. Before a column chunk is read, the headers of its pages are walked (pages.go): none may claim more than
// Limits.Block, and together they must be as long as the chunk. parquet-go panics on some damaged files; that is caught and
// fatal. A file without its footer is half a file.
//
// value.go makes texts, column.go reads one column, reader.go puts rows together. BenchmarkReader: 190,000 rows/s of ten
// columns on one core.
package parquet
