package exchange_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"zhida/connectors/source"
	"zhida/connectors/source/exchange"
	"zhida/schemas"
)

func TestConfiguration(t *testing.T) {
	t.Parallel()
	request := func(change func(*source.Request)) func(*source.Config) {
		return func(c *source.Config) { change(&c.Deliveries[0].Request) }
	}
	url := func(text string) func(*source.Config) {
		return request(func(r *source.Request) { r.URL = text })
	}
	for _, c := range []struct {
		name   string
		change func(*source.Config)
		says   string // "": it is right
	}{
		{"right", func(*source.Config) {}, ""},
		{"port", func(c *source.Config) { c.Host = "http://10.1.2.3:8080/" }, ""},
		{"date in the path", url("/tax/{yyyymmdd}?p={page}&s={size}"), ""},
		{"no scheme", func(c *source.Config) { c.Host = "share.example.gov.cn" }, "write https://name"},
		{"path", func(c *source.Config) { c.Host = "https://share.example.gov.cn/api" }, "write https://name"},
		{"password in the address", func(c *source.Config) { c.Host = "https://u:geheim@h" }, "write https://name"},
		{"no user", func(c *source.Config) { c.User = "" }, "the application's id as user"},
		{"no password", func(c *source.Config) { c.Password = "" }, "its token or key as password"},
		{"sign", func(c *source.Config) { c.Sign = "md5" }, `unknown way to sign "md5": known are token, hmac`},
		{"days", func(c *source.Config) { c.Days = 0 }, "at least one day"},
		{"host key", func(c *source.Config) { c.HostKey = "SHA256:AAAA" }, "the host key cannot be read"},
		{"host key in the clear", func(c *source.Config) { c.Host, c.HostKey = "http://h", strings.Repeat("AB", 32) }, "only https has a host key"},
		{"no request", url(""), "needs a request"},
		{"whole address", url("https://h/tax?d={date}&p={page}&s={size}"), "with '/' in front"},
		{"other host", url("//h/tax?d={date}&p={page}&s={size}"), "with '/' in front"},
		{"no page", url("/tax?d={date}&s={size}"), "want one {page}"},
		{"two sizes", url("/tax?d={date}&p={page}&s={size}{size}"), "want one {size}"},
		{"no date", url("/tax?p={page}&s={size}"), "want {date}"},
		{"unknown", url("/tax?d={date}&p={page}&s={size}&x={scope}"), "known are {date}"},
		{"no query", url("/tax?d={date}&p={page}&s={size}&x=%zz"), "is no path and query"},
		{"no rows", request(func(r *source.Request) { r.Rows = "" }), "where in the answer"},
		{"no total", request(func(r *source.Request) { r.Total = "" }), "where in the answer"},
		{"success", request(func(r *source.Request) { r.Success = "code" }), "write code=1"},
		{"size", request(func(r *source.Request) { r.Size = 10_001 }), "want 1 to 10000"},
		{"mode", func(c *source.Config) { c.Deliveries[0].Mode = "" }, "has no {mode}: give the delivery's mode"},
		{"twice", func(c *source.Config) { c.Deliveries = append(c.Deliveries, c.Deliveries[0]) }, "can match the same file"},
	} {
		config := source.Config{
			Name: "platform", Host: "https://share.example.gov.cn", User: "app", Password: "geheim", Sign: exchange.SignHMAC, Days: 3, Now: time.Now,
			Deliveries: []source.Delivery{{Dataset: "tax", Mode: schemas.ModeFull, Request: source.Request{
				URL: "/tax?d={date}&p={page}&s={size}", Size: 1000, Rows: "data.list", Total: "data.total",
			}}},
		}
		c.change(&config)
		_, err := exchange.New(config)
		if c.says == "" && err != nil || c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)) {
			t.Errorf("%s: %v, want %q", c.name, err, c.says)
		}
		if err != nil && strings.Contains(err.Error(), "geheim") {
			t.Errorf("the secret is in %v", err)
		}
		var fault *source.ConfigError
		if c.name == "no rows" && !errors.As(err, &fault) {
			t.Errorf("%v does not say which delivery", err)
		}
	}
}
