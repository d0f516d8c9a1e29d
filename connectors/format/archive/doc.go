// Package archive reads text files that were packed: gzip (tax_20260615_full.csv.gz) and zip archives with one file in them.
//
// Departments pack what is long, and the landing zone keeps it as it came. Nothing is unpacked to disk: the text readers go
// through a file once, from its beginning to its end, and so does the unpacker below them; memory is that of its window. Workbooks,
// Parquet and Arrow files are read here and there, and packed already; inside an archive they are refused.
//
// What a person must be told rather than left to find out: an archive with several files (which one is the delivery?), with a
// password, cut off, or made to fill the disk of whoever unpacks it (Limits.Unpacked, Limits.Ratio).
package archive
