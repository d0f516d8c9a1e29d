package exchanged

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// fresh is how far a timestamp may be from the platform's clock.
const fresh = 5 * time.Minute

// refuse says with which status, and why, a request is refused; 0: it is not. Like some platforms it repeats what it was given.
func (s *Server) refuse(r *http.Request) (status int, why string) {
	app := r.Header.Get("X-App-Id")
	if app != App {
		return http.StatusForbidden, "应用 " + app + " 没有申请这个接口"
	}
	if !s.hmac {
		if token, bears := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); !bears || token != Key {
			return http.StatusUnauthorized, fmt.Sprintf("令牌 %s 无效", token)
		}
		return 0, ""
	}
	timestamp, nonce := r.Header.Get("X-Timestamp"), r.Header.Get("X-Nonce")
	path, query, _ := strings.Cut(r.RequestURI, "?")
	if values, err := url.ParseQuery(query); err != nil || values.Encode() != query {
		return http.StatusBadRequest, "参数没有排序"
	}
	mac := hmac.New(sha256.New, []byte(Key))
	mac.Write([]byte(r.Method + "\n" + path + "\n" + query + "\n" + app + "\n" + timestamp + "\n" + nonce))
	if want := hex.EncodeToString(mac.Sum(nil)); !hmac.Equal([]byte(want), []byte(r.Header.Get("X-Sign"))) {
		return http.StatusUnauthorized, "签名错误"
	}
	milliseconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || s.now().Sub(time.UnixMilli(milliseconds)).Abs() > fresh {
		return http.StatusUnauthorized, "时间戳已过期"
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if nonce == "" || s.nonces[nonce] {
		return http.StatusUnauthorized, "随机数已使用过"
	}
	s.nonces[nonce] = true
	return 0, ""
}
