package exchange

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// sign says in the headers of a request who asks, and proves it.
func (s *Interface) sign(header http.Header, u *url.URL) {
	header.Set("X-App-Id", s.config.User)
	if s.config.Sign == SignToken {
		header.Set("Authorization", "Bearer "+s.config.Password)
		return
	}
	timestamp, nonce := strconv.FormatInt(s.config.Now().UnixMilli(), 10), rand.Text()
	header.Set("X-Timestamp", timestamp)
	header.Set("X-Nonce", nonce)
	header.Set("X-Sign", signature(s.config.Password, u, s.config.User, timestamp, nonce))
}

// signature is what package documentation says under Signing.
func signature(key string, u *url.URL, app, timestamp, nonce string) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(strings.Join([]string{http.MethodGet, u.EscapedPath(), u.RawQuery, app, timestamp, nonce}, "\n")))
	return hex.EncodeToString(mac.Sum(nil))
}
