package parquet

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	pqformat "github.com/parquet-go/parquet-go/format"
)

// errPages is a column chunk whose pages are not what its header says.
var errPages = errors.New("the pages of a column are damaged")

// checkPages walks the headers of a column chunk's pages, because parquet-go takes as much memory as a header claims.
// It reads 4 KiB for a page, which has a mebibyte.
func checkPages(file io.ReaderAt, size int64, chunk *pqformat.ColumnMetaData, block int) error {
	at := chunk.DataPageOffset
	if d := chunk.DictionaryPageOffset; d > 0 && d < at {
		at = d
	}
	end := at + chunk.TotalCompressedSize
	if at < 0 || chunk.TotalCompressedSize < 0 || end < at || end > size {
		return errPages
	}
	var protocol thrift.CompactProtocol
	buf := bufio.NewReaderSize(nil, 4096)
	for at < end {
		section := io.NewSectionReader(file, at, end-at)
		buf.Reset(section)
		var header pqformat.PageHeader
		if err := thrift.NewDecoder(protocol.NewReader(buf)).Decode(&header); err != nil {
			return fmt.Errorf("%w: %w", errPages, err)
		}
		read, err := section.Seek(0, io.SeekCurrent)
		if err != nil {
			return fmt.Errorf("%w: %w", errPages, err)
		}
		at += read - int64(buf.Buffered())
		packed, unpacked := int64(header.CompressedPageSize), int64(header.UncompressedPageSize)
		if packed < 0 || unpacked < 0 || packed > end-at {
			return errPages
		}
		if packed > int64(block) || unpacked > int64(block) {
			return &blockError{max(packed, unpacked)}
		}
		if chunk.Codec == pqformat.Snappy && !snappyFits(buf, &header, block) {
			return errPages
		}
		at += packed
	}
	return nil
}

// snappyFits looks at the length by which packed bytes begin: Snappy says once more how much it unpacks to, and that is
// what is believed.
func snappyFits(page *bufio.Reader, header *pqformat.PageHeader, block int) bool {
	packed := header.CompressedPageSize
	if v2 := header.DataPageHeaderV2; v2.Valid {
		levels := v2.V.RepetitionLevelsByteLength + v2.V.DefinitionLevelsByteLength
		if n, err := page.Discard(int(max(levels, 0))); err != nil || n > int(packed) {
			return false
		}
		packed -= levels
		if v2.V.IsCompressed.Valid && !v2.V.IsCompressed.V {
			return true
		}
	}
	if packed <= 0 {
		return true
	}
	start, _ := page.Peek(int(min(packed, binary.MaxVarintLen32)))
	n, width := binary.Uvarint(start)
	return width > 0 && n <= uint64(block)
}

// blockError is a page beyond the limit.
type blockError struct{ bytes int64 }

func (e *blockError) Error() string { return fmt.Sprintf("a page of %d bytes", e.bytes) }
