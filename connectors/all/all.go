package all

import (
	"fmt"
	"io"
	"strings"

	"zhida/connectors/format"
	"zhida/connectors/format/archive"
	"zhida/connectors/format/arrow"
	"zhida/connectors/format/csv"
	"zhida/connectors/format/jsonl"
	"zhida/connectors/format/parquet"
	"zhida/connectors/format/xlsx"
	"zhida/connectors/source"
	"zhida/connectors/source/dir"
	"zhida/connectors/source/exchange"
	"zhida/connectors/source/ftp"
	"zhida/connectors/source/object"
	"zhida/connectors/source/retry"
	"zhida/connectors/source/sftp"
	"zhida/connectors/source/sql"
	"zhida/connectors/source/wire"
	"zhida/schemas"
)

// Kinds of sources.
const (
	KindDir  = "dir"  // a folder
	KindSFTP = "sftp" // a folder of an SFTP server
	KindFTP  = "ftp"  // a folder of an FTP server
	KindS3   = "s3"   // a folder of a bucket of an object store that speaks Amazon S3's protocol
	KindOSS  = "oss"  // a folder of a bucket of Alibaba Cloud's OSS

	KindPostgres = "postgresql" // tables of a database on PostgreSQL
	KindMySQL    = "mysql"      // tables of a database on MySQL or MariaDB

	KindHTTP = "http" // the interfaces of an exchange platform
)

// Kinds lists the kinds of sources.
func Kinds() []string {
	return []string{KindDir, KindSFTP, KindFTP, KindS3, KindOSS, KindPostgres, KindMySQL, KindHTTP}
}

// IsDatabase reports whether the deliveries of a kind of sources are tables.
func IsDatabase(kind string) bool { return kind == KindPostgres || kind == KindMySQL }

// Source makes the source a configuration describes; that of a server is patient. Errors about its deliveries are
// *source.ConfigError.
func Source(config source.Config) (source.Source, error) {
	open, err := Sources(config.Kind)
	if err != nil {
		return nil, fmt.Errorf("source %s: %w", config.Name, err)
	}
	s, err := open(config)
	if err != nil || config.Kind == KindDir {
		return s, err
	}
	return retry.New(s), nil
}

// CheckHostKey says what is wrong with how the host key of a kind's server is written.
func CheckHostKey(kind, text string) error {
	if kind == KindSFTP {
		return sftp.CheckHostKey(text)
	}
	_, err := wire.ReadPin(text)
	return err
}

// Signs lists how the requests of KindHTTP can be signed.
func Signs() []string { return exchange.Signs() }

// CheckHost says what is wrong with how the address of a platform of KindHTTP is written.
func CheckHost(text string) error { return exchange.CheckHost(text) }

// CheckRequest says what is wrong with a request of KindHTTP.
func CheckRequest(r source.Request) error { return exchange.CheckRequest(r) }

// Since is the first business date that a source speaks of; zero: it speaks of all.
func Since(config source.Config) schemas.Date {
	days := 0
	switch config.Kind {
	case KindPostgres, KindMySQL:
		days = sql.Window
	case KindHTTP:
		days = config.Days - 1
	default:
		return 0
	}
	y, m, d := config.Now().Date()
	return schemas.NewDate(y, int(m), d) - schemas.Date(days)
}

// Sources is the constructor of a kind of sources.
func Sources(kind string) (func(source.Config) (source.Source, error), error) {
	switch kind {
	case KindDir:
		return dir.New, nil
	case KindSFTP:
		return sftp.New, nil
	case KindFTP:
		return ftp.New, nil
	case KindS3:
		return object.S3, nil
	case KindOSS:
		return object.OSS, nil
	case KindPostgres:
		return sql.NewPostgres, nil
	case KindMySQL:
		return sql.NewMySQL, nil
	case KindHTTP:
		return exchange.New, nil
	}
	return nil, fmt.Errorf("unknown kind of source %q: known are %s", kind, strings.Join(Kinds(), ", "))
}

// Extensions lists the extensions of files that can be read.
func Extensions() []string {
	return []string{"csv", "tsv", "txt", "xlsx", "jsonl", "ndjson", "parquet", "arrow", "arrows", "feather", "gz", "zip"}
}

// Readable reports whether files can be read, as far as their name tells.
func Readable(name string) bool {
	extension := format.Extension(name)
	open := Formats
	if extension == "gz" {
		open, extension = text, strings.TrimSuffix(strings.ToLower(name), ".gz")
	}
	_, err := open(extension)
	return err == nil
}

// text is the opener for the name of a packed file: one that is read once from its beginning to its end.
func text(name string) (format.Opener, error) {
	switch extension := format.Extension(name); extension {
	case "csv", "tsv", "txt", "jsonl", "ndjson":
		return Formats(extension)
	default:
		return nil, fmt.Errorf("a file of format %q is in it", extension)
	}
}

// Formats is the opener for files with an extension, in any case, with or without the dot.
func Formats(extension string) (format.Opener, error) {
	switch strings.ToLower(strings.TrimPrefix(extension, ".")) {
	case "csv", "tsv", "txt":
		return csv.Open, nil
	case "jsonl", "ndjson":
		return jsonl.Open, nil
	case "xlsx":
		return xlsx.Open, nil
	case "arrow", "arrows", "feather":
		return arrow.Open, nil
	case "parquet":
		return parquet.Open, nil
	case "gz":
		return archive.Gzip(text), nil
	case "zip":
		return archive.Zip(text), nil
	}
	return nil, fmt.Errorf("unknown format %q: known are %s", extension, strings.Join(Extensions(), ", "))
}

// Open opens a file by the extension of its name. An unknown extension is a *format.FatalError.
func Open(name string, file *io.SectionReader, options format.Options) (format.Reader, error) {
	open, err := Formats(format.Extension(name))
	if err != nil {
		return nil, &format.FatalError{File: name, Reason: err.Error(), Suggestion: "deliver it in a known format"}
	}
	return open(file, name, options)
}
