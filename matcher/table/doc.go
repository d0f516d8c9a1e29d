// Package table holds typed columns in memory and as Parquet files: rows of datasets on their way through the night,
// and the columns of profiles.
//
// A Table is a list of columns of one length. A value is known or not; one that is not known reads as 0 or "". Rows are
// made one at a time by a Builder or column by column on a Table made by Blank.
//
// A file holds named groups of rows (a home, a block) and is written and read group by group, so that memory is bounded by the
// largest group and not by the file. A group is a Parquet row group; small ones that follow each other share one. DuckDB, pandas and Spark open the files as
// they are: dates are DATE, amounts DECIMAL, texts STRING, unknown is NULL, and columns stand in the order of Fields.
// The same content gives the same bytes.
//
// # The file, version 2
//
//	"PAR1", row groups, page index                      P bytes: an ordinary Parquet file up to its footer
//	CRC-32C of each stretch of 16 KiB of those P bytes  4 bytes each, the last stretch may be shorter
//	"ZHDSUMS1", P, CRC-32C                              8 + 8 + 4 bytes; the sum covers all from the first stretch's sum
//	                                                    to the end of the file, itself left out
//	Parquet footer, its length, "PAR1"
//
// The groups fill the row groups one after the other: a group of 4,096 rows or more has one of its own, smaller ones share one
// of at most as many. In version 1 each had its own.
//
// Numbers are little-endian. Parquet readers go by the offsets in the footer and never look at the sums. Parquet has
// checksums of its own, but only for page bodies and only in some pages; a flipped bit in a page header or in the footer
// makes decoders return other values, ask for gigabytes, or panic. Here every byte is checked before it is decoded.
// The footer's key-value pairs are zhida.format (the version), zhida.fields and zhida.groups (JSON), and the caller's
// notes under zhida.note.
package table
