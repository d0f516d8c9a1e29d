package manifest

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"strings"

	"github.com/emmansun/gmsm/sm3"
)

// method is a way to make a checksum.
type method struct {
	name string
	make func() hash.Hash
}

// methods are those whose checksums have so many bytes.
func methods(bytes int) []method {
	switch bytes {
	case md5.Size:
		return []method{{"MD5", md5.New}}
	case sha1.Size:
		return []method{{"SHA-1", sha1.New}}
	case sha256.Size:
		return []method{{"SHA-256", sha256.New}, {"SM3", sm3.New}}
	}
	return nil
}

// Digest takes the checksums of a file while it is read, to compare them with what the manifest says. It is an io.Writer that
// never fails.
type Digest struct {
	io.Writer
	said    Entry
	methods []method
	hashes  []hash.Hash
}

// Digest returns a new digest for the file.
func (e Entry) Digest() *Digest {
	d := &Digest{said: e, methods: methods(hex.DecodedLen(len(e.Sum)))}
	writers := make([]io.Writer, len(d.methods))
	for i, m := range d.methods {
		d.hashes = append(d.hashes, m.make())
		writers[i] = d.hashes[i]
	}
	d.Writer = io.MultiWriter(writers...)
	return d
}

// Check says what is wrong with the file that has been written to the digest.
func (d *Digest) Check() error {
	if d.said.Sum == "" {
		return nil
	}
	var own []string
	for i, h := range d.hashes {
		sum := hex.EncodeToString(h.Sum(nil))
		if sum == d.said.Sum {
			return nil
		}
		own = append(own, d.methods[i].name+" "+sum)
	}
	return fmt.Errorf("it has the checksum %s, its manifest says %s", strings.Join(own, ", or "), d.said.Sum)
}
