package table

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"os"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
)

func goldenFile(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/v2.parquet")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// readAll opens a file and reads all of it. It returns what was found wrong.
func readAll(data []byte) error {
	rd, err := OpenReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	for _, g := range rd.Groups() {
		if _, err := rd.Read(g.Name); err != nil {
			return err
		}
	}
	return nil
}

// reseal makes the sums of an altered file right again, as a forger would.
func reseal(data []byte) []byte {
	data = bytes.Clone(data)
	footer := int(binary.LittleEndian.Uint32(data[len(data)-endSize:])) + endSize
	record := len(data) - footer - recordSize
	if footer > len(data) || record < 0 {
		return data
	}
	size := binary.LittleEndian.Uint64(data[record+len(sumsMagic):])
	if size > uint64(record) || record-int(size) != 4*((int(size)+stretch-1)/stretch) {
		return data
	}
	for i := 0; i*stretch < int(size); i++ {
		part := data[i*stretch : min((i+1)*stretch, int(size))]
		binary.LittleEndian.PutUint32(data[int(size)+4*i:], crc32.Checksum(part, castagnoli()))
	}
	at := record + recordSize - 4
	sum := crc32.Update(crc32.Checksum(data[size:at], castagnoli()), castagnoli(), data[at+4:])
	binary.LittleEndian.PutUint32(data[at:], sum)
	return data
}

func TestEveryFlippedBitIsFound(t *testing.T) {
	t.Parallel()
	good := goldenFile(t)
	for at := range good {
		for _, mask := range []byte{1, 0x80, 0xff} {
			data := bytes.Clone(good)
			data[at] ^= mask
			err := readAll(data)
			if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrVersion) {
				t.Errorf("byte %d of %d with %#x: %v", at, len(good), mask, err)
			}
		}
	}
}

func TestEveryCutIsFound(t *testing.T) {
	t.Parallel()
	good := goldenFile(t)
	for at := range good {
		if err := readAll(good[:at]); !errors.Is(err, ErrDamaged) {
			t.Errorf("cut off at %d of %d: %v", at, len(good), err)
		}
	}
	for _, data := range [][]byte{append(bytes.Clone(good), 0), append([]byte{0}, good...), append(bytes.Clone(good), good...)} {
		if err := readAll(data); !errors.Is(err, ErrDamaged) {
			t.Errorf("with %d bytes more: %v", len(data)-len(good), err)
		}
	}
}

// A file whose sums are right may still hold anything: it must give an error or a table, never a panic.
func TestForgedFilesDoNotPanic(t *testing.T) {
	t.Parallel()
	good := goldenFile(t)
	for at := range good {
		for _, mask := range []byte{1, 2, 0x80} {
			data := bytes.Clone(good)
			data[at] ^= mask
			if err := readAll(reseal(data)); err != nil && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrVersion) {
				t.Errorf("byte %d of %d with %#x: %v", at, len(good), mask, err)
			}
		}
	}
}

func TestForeignFiles(t *testing.T) {
	t.Parallel()
	var foreign bytes.Buffer
	w := parquet.NewGenericWriter[struct{ A int64 }](&foreign)
	if _, err := w.Write([]struct{ A int64 }{{1}, {2}}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	good := goldenFile(t)
	newer := bytes.Replace(good, []byte(sumsMagic), []byte("ZHDSUMS2"), 1)
	format := []byte(keyFormat + "\x18\x012")
	newerNote := reseal(bytes.Replace(good, format, []byte(keyFormat+"\x18\x013"), 1))
	for _, c := range []struct {
		name, data string
		want       error
		says       string
	}{
		{"empty", "", ErrDamaged, "too few"},
		{"text", strings.Repeat("企业名称,统一社会信用代码\n", 9), ErrDamaged, "no Parquet file"},
		{"Parquet of another program", foreign.String(), ErrDamaged, "another program"},
		{"newer sums", string(newer), ErrVersion, `"2"`},
		{"newer format", string(newerNote), ErrVersion, `"3"`},
		{"footer before the file", strings.Repeat("\xff", 100) + "PAR1", ErrDamaged, "before the file"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			err := readAll([]byte(c.data))
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v; want %v, saying %s", err, c.want, c.says)
			}
		})
	}
}

// failing is a disk that breaks: ReadAt fails from some call on.
type failing struct {
	*bytes.Reader
	after int
}

var errDisk = errors.New("input/output error")

func (f *failing) ReadAt(p []byte, off int64) (int, error) {
	if f.after--; f.after < 0 {
		return 0, errDisk
	}
	return f.Reader.ReadAt(p, off)
}

func TestErrorsOfTheMediumAreNotDamage(t *testing.T) {
	t.Parallel()
	good := goldenFile(t)
	for after := range 100 {
		disk := &failing{Reader: bytes.NewReader(good), after: after}
		rd, err := OpenReader(disk, int64(len(good)))
		if err == nil {
			_, err = rd.Read("group 0")
		}
		if err == nil {
			if after < 4 {
				t.Errorf("all read in %d reads", after)
			}
			return
		}
		if !errors.Is(err, errDisk) || errors.Is(err, ErrDamaged) {
			t.Errorf("after %d reads: %v", after, err)
		}
	}
	t.Error("not read in 100 reads")
}

func FuzzOpenReader(f *testing.F) {
	good := goldenFile(f)
	f.Add(good, false)
	f.Add(good, true)
	f.Add(good[:len(good)/2], false)
	f.Add([]byte("PAR1PAR1"), false)
	f.Fuzz(func(t *testing.T, data []byte, forged bool) {
		if forged && len(data) > endSize {
			data = reseal(data)
		}
		if err := readAll(data); err != nil && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrVersion) {
			t.Error(err)
		}
	})
}
