// Package sql is the source that is tables of a database: the front-end database (前置库) of an exchange platform, on PostgreSQL or on
// MySQL (8) and MariaDB (10.2).
//
// A source has no memory, so that a night can be repeated. What a table holds is made into deliveries by the day that a column
// says: List names a day's rows by how many they are, the last of their times and a digest, all counted by the server; rows that
// come late, or leave their day because they were changed again, make a corrected delivery of that day. Days are those of the
// site's time zone. Only the last 40 are looked at: what is older has to come some other way, once. A table without such a column
// is one full delivery each night.
//
// What is read is one state of the table: a read-only transaction, REPEATABLE READ, that locks the table against being altered
// (not against being written) before it looks. It becomes UTF-8 CSV with a header, ordered by primary key, so that the same rows
// are the same bytes: PostgreSQL by COPY, MySQL row by row. Of a table or view without a primary key the rows are ordered by all
// their values, which the server has to sort.
package sql
