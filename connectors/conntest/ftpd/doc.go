// Package ftpd starts FTP servers for tests: ProFTPD, on a port of the loopback interface.
package ftpd
