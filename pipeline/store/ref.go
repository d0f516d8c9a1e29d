package store

import (
	"fmt"
	"path"
	"regexp"
	"strings"
)

// Ref names an artefact. It is what manifests and the ledger keep; two artefacts with equal content and kind have equal
// Refs.
type Ref struct {
	Name string `json:"name"` // path below the store's folder, with slashes: "standard/ab/abcdef….parquet"
	Size int64  `json:"size"` // bytes of content; for sealed artefacts of the plaintext
	// Sum is lower-case hex of 32 bytes: SHA-256 of the content, for sealed artefacts HMAC-SHA256 of the plaintext.
	Sum    string `json:"sum"`
	Sealed bool   `json:"sealed,omitempty"`
}

// IsZero reports whether the Ref names nothing.
func (r Ref) IsZero() bool { return r == Ref{} }

// Folders of the store that hold no artefacts.
const (
	nightsFolder = "nights"
	draftsFolder = "tmp"
	sealedSuffix = ".age"
)

var (
	kindForm = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,63}$`)
	extForm  = regexp.MustCompile(`^[a-z0-9]{1,16}(\.[a-z0-9]{1,16})*$`)
	sumForm  = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

// newRef makes the Ref of content; kind and ext have been checked.
func newRef(kind, ext, sum string, size int64, sealed bool) Ref {
	name := path.Join(kind, sum[:2], sum+"."+ext)
	if sealed {
		name += sealedSuffix
	}
	return Ref{Name: name, Size: size, Sum: sum, Sealed: sealed}
}

// check refuses a Ref that no Put can have returned, so that one read from a file cannot lead anywhere else.
func (r Ref) check() error {
	kind, rest, _ := strings.Cut(r.Name, "/")
	folder, file, _ := strings.Cut(rest, "/")
	sum, ext, _ := strings.Cut(file, ".")
	ext, sealed := strings.CutSuffix("."+ext, sealedSuffix)
	ext = strings.TrimPrefix(ext, ".")
	if !sumForm.MatchString(r.Sum) || r.Size < 0 || sum != r.Sum || folder != r.Sum[:2] ||
		sealed != r.Sealed || checkName(kind, ext) != nil {
		return fmt.Errorf("%q is not the name of an artefact", r.Name)
	}
	return nil
}

// checkName checks what callers of Put choose.
func checkName(kind, ext string) error {
	if !kindForm.MatchString(kind) || kind == nightsFolder || kind == draftsFolder {
		return fmt.Errorf("%q cannot be a kind of artefacts", kind)
	}
	if !extForm.MatchString(ext) || ext == sealedSuffix[1:] || strings.HasSuffix(ext, sealedSuffix) {
		return fmt.Errorf("%q cannot be the extension of an artefact", ext)
	}
	return nil
}
