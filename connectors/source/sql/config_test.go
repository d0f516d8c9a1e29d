package sql_test

import (
	"strings"
	"testing"

	"zhida/connectors/source"
	"zhida/connectors/source/sql"
)

func TestConfiguration(t *testing.T) {
	t.Parallel()
	config := source.Config{Name: "front", Host: "h", User: "u", Database: "d", Password: "geheim", Now: now, Deliveries: []source.Delivery{whole("t_tax")}}
	for _, c := range []struct {
		says   string // "": it is taken
		change func(c *source.Config)
	}{
		{"", func(*source.Config) {}},
		{"", func(c *source.Config) { c.TLS, c.HostKey = source.TLSExplicit, strings.Repeat("ab", 32) }},
		{"a host, a user and a database", func(c *source.Config) { c.Host = "" }},
		{"a host, a user and a database", func(c *source.Config) { c.User = "" }},
		{"a host, a user and a database", func(c *source.Config) { c.Database = "" }},
		{"needs a password", func(c *source.Config) { c.Password = "" }},
		{"needs its host key", func(c *source.Config) { c.TLS = source.TLSExplicit }},
		{"a host key only within TLS", func(c *source.Config) { c.HostKey = strings.Repeat("ab", 32) }},
		{"the host key cannot be read", func(c *source.Config) { c.TLS, c.HostKey = source.TLSExplicit, "ab" }},
		{"needs a table", func(c *source.Config) {
			c.Deliveries = []source.Delivery{{Dataset: "tax", Files: "{date}.csv", Mode: "full"}}
		}},
		{"needs a mode", func(c *source.Config) {
			c.Deliveries = []source.Delivery{{Dataset: "tax", Table: source.Table{Name: "t_tax"}}}
		}},
	} {
		config := config
		c.change(&config)
		for _, open := range []func(source.Config) (source.Source, error){sql.NewPostgres, sql.NewMySQL} {
			_, err := open(config)
			if (err == nil) != (c.says == "") || err != nil && (!strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "geheim")) {
				t.Errorf("%v; want %q", err, c.says)
			}
		}
	}
}
