package exchange

import (
	"net/url"
	"os"
	"strings"
	"testing"
)

// TestSignatureIsWhatTheDocumentationSays signs the example of doc.go.
func TestSignatureIsWhatTheDocumentationSays(t *testing.T) {
	t.Parallel()
	u, err := url.Parse("https://share.example.gov.cn/api/tax?date=2026-06-15&page=1&size=1000")
	check(t, err)
	got := signature("secret", u, "app-3701", "1781488800000", "n-0001")
	text, err := os.ReadFile("doc.go")
	check(t, err)
	if !strings.Contains(string(text), "has the sign\n// "+got) {
		t.Errorf("the sign is %s, which doc.go does not say", got)
	}
}
