package workbook

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"zhida/schemas"
)

// Limits of a workbook. The real ones have some hundred rows; 10,488 items with their guides come to 2 MB, 40 MB unpacked.
const (
	maxFile     = 32 << 20  // bytes
	maxUnpacked = 256 << 20 // bytes
	maxRows     = 100_000   // rows with something in them, per sheet
	maxColumns  = 200
)

// open opens the workbook's bytes; what cannot be opened is a fault.
func (r *reader) open(data []byte) (ok bool) {
	defer func() { // the library panics on some files that are no workbooks
		if recover() != nil {
			r.whole("工作簿坏了，打不开", "用 Excel 或 WPS 打开它，另存为 .xlsx")
			ok = false
		}
	}()
	if message, suggestion := foreign(data); message != "" {
		r.whole(message, suggestion)
		return false
	}
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked,
	})
	switch {
	case err != nil && strings.Contains(err.Error(), "unzip size exceeds"):
		r.whole(fmt.Sprintf("工作簿解压后超过 %d MB", maxUnpacked>>20), "删去图片和空白的行列，或者拆成几个工作簿")
		return false
	case err != nil:
		r.whole("工作簿坏了，打不开", "用 Excel 或 WPS 打开它，另存为 .xlsx")
		return false
	}
	r.file = f
	r.merged = r.anyMerges()
	if props, err := f.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		r.from1904 = *props.Date1904
	}
	return true
}

// foreign recognises files that are no XLSX, and those that are too large.
func foreign(data []byte) (message, suggestion string) {
	compound := []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1} // of old .xls files, and around encrypted ones
	switch {
	case len(data) == 0:
		return "文件是空的", ""
	case len(data) > maxFile:
		return fmt.Sprintf("工作簿有 %d MB，超过上限 %d MB", len(data)>>20, maxFile>>20), "删去图片和空白的行列，或者拆成几个工作簿"
	case bytes.HasPrefix(data, compound) && bytes.Contains(data, wide("EncryptedPackage")):
		return "工作簿设了打开密码", "在 Excel 里去掉密码（文件 → 信息 → 保护工作簿），再保存"
	case bytes.HasPrefix(data, compound):
		return "这是旧的 .xls 格式（或 WPS 的 .et）", "用 Excel 或 WPS 另存为 .xlsx"
	case !bytes.HasPrefix(data, []byte("PK")):
		return "不是 XLSX 工作簿", "用 Excel 或 WPS 打开它，另存为 .xlsx；只改文件名的后缀没有用"
	case bytes.Contains(data[:min(len(data), 200)], []byte("opendocument")):
		return "这是 OpenDocument 表格（.ods）", "另存为 .xlsx"
	}
	return "", ""
}

// wide is text as compound files spell names: UTF-16, little-endian.
func wide(text string) []byte {
	var out []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		out = binary.LittleEndian.AppendUint16(out, unit)
	}
	return out
}

// whole reports a fault of the whole workbook.
func (r *reader) whole(message, suggestion string) {
	r.faults = append(r.faults, schemas.Fault{File: r.name, Message: message, Suggestion: suggestion})
}
