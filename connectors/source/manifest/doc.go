// Package manifest reads the files with which a sender says what it delivered, and checks deliveries against them. Two forms are
// known, told apart by their content:
//
//   - checksum lines, as md5sum, sha256sum and openssl write them: "<hex>  <file>", "<hex> *<file>", "SM3 (<file>) = <hex>"
//   - a table (CSV) with a header that has the column file and any of rows, bytes and sum, in English or Chinese
//
// A checksum is known by its length: 32 digits are MD5 (RFC 1321), 40 SHA-1 and 64 SHA-256 (FIPS 180-4) or SM3 (GB/T 32905-2016).
// Of those two nobody need say which: a file that has the sum by either of them is the file that was meant.
package manifest
