// Package text opens files of text for the formats made of lines: it recognises the encoding and the line end from the
// first mebibyte, cuts physical lines, can go back to an earlier one of the same row, and makes UTF-8 of one line, so
// that a fault of encoding is found on its line.
package text
