// Package format is the contract between delivered files and the stages that read them: a Reader turns the bytes of
// one file into batches of text columns, with the position of each row, and gives back what it could not read.
//
// One file format lives in one package below this one; connectors/all lists them. What a column means is not known
// here: names, types and cleaning are pipeline/standardise's. A reader decides only where a row and a field begin and
// end, and it never drops anything silently: each data row of the file comes back either in a Record or as a RowFault,
// and Stats counts both. A file that is not whole, or not what it says, is a FatalError, and nothing of it may be used.
package format
