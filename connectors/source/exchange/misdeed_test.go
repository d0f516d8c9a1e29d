package exchange

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"zhida/connectors/conntest/exchanged"
	"zhida/connectors/source"
	"zhida/schemas"
)

// rowsOf are n rows, from one on.
func rowsOf(from, n int) []string {
	var rows []string
	for i := range n {
		rows = append(rows, fmt.Sprintf(`{"code":"c%03d","amount":%d.50}`, from+i, from+i))
	}
	return rows
}

// trial is a platform with ten rows in pages of four, and a source that notes how long it would wait.
type trial struct {
	*exchanged.Server
	*Interface
	object source.Object
	waited []time.Duration
}

func newTrial(t *testing.T, change func(*source.Config)) *trial {
	t.Helper()
	tr := &trial{Server: exchanged.Start(t, exchanged.Options{HMAC: true, Now: clock(1)})}
	config := taxes(tr.Server, SignHMAC, 4)
	if change != nil {
		change(&config)
	}
	tr.Put("tax", today, exchanged.Rows(rowsOf(0, 10)...))
	var err error
	tr.Interface, err = newInterface(config)
	check(t, err)
	tr.wait = func(ctx context.Context, d time.Duration) error {
		tr.waited = append(tr.waited, d)
		return ctx.Err()
	}
	return tr
}

// list lists the one object.
func (tr *trial) list(t *testing.T) {
	t.Helper()
	objects, err := tr.List(t.Context())
	if err != nil || len(objects) != 1 {
		t.Fatalf("listed %+v, %v", objects, err)
	}
	tr.object = objects[0]
	tr.Asked()
}

// read reads the object.
func (tr *trial) read(ctx context.Context) (string, error) {
	body, err := tr.Open(ctx, tr.object, 0)
	if err != nil {
		return "", err
	}
	content, err := io.ReadAll(body)
	return string(content), errors.Join(err, body.Close())
}

const tenRows = `{"amount":0.50,"code":"c000"}
{"amount":1.50,"code":"c001"}
{"amount":2.50,"code":"c002"}
{"amount":3.50,"code":"c003"}
{"amount":4.50,"code":"c004"}
{"amount":5.50,"code":"c005"}
{"amount":6.50,"code":"c006"}
{"amount":7.50,"code":"c007"}
{"amount":8.50,"code":"c008"}
{"amount":9.50,"code":"c009"}
`

func TestPages(t *testing.T) {
	t.Parallel()
	tr := newTrial(t, nil)
	tr.list(t)
	want := source.Object{Name: "tax/20260616.jsonl", Size: -1, Version: "1 of 10", Dataset: "tax", Date: tr.object.Date, Mode: "full"}
	if tr.object != want || want.Date.String() != today {
		t.Errorf("listed %+v", tr.object)
	}
	if got, err := tr.read(t.Context()); err != nil || got != tenRows {
		t.Errorf("read %s, %v", got, err)
	}
	asked := tr.Asked()
	for i, page := range []int{1, 2, 3, 1} { // the first once more, to see that nothing has moved
		if want := fmt.Sprintf("/api/tax?date=2026-06-16&page=%d&size=4", page); i >= len(asked) || asked[i] != want {
			t.Errorf("asked for %q, want %s as number %d", asked, want, i)
		}
	}
}

// TestPassing is what passes: everything comes, and once.
func TestPassing(t *testing.T) {
	t.Parallel()
	soon := time.Date(2026, 6, 16, 12, 0, 0, 0, time.UTC) // by the platform's clock, which is not ours
	for _, c := range []struct {
		name        string
		page, times int
		misdeed     exchanged.Misdeed
		waited      []time.Duration
	}{
		{"429", 2, 2, exchanged.Refuse(429, "访问过于频繁", "Retry-After", "7"), []time.Duration{7 * time.Second, 7 * time.Second}},
		{"429 until a date", 2, 1, exchanged.Refuse(429, "", "Retry-After", soon.Add(90*time.Second).UTC().Format(http.TimeFormat), "Date", soon.UTC().Format(http.TimeFormat)), []time.Duration{90 * time.Second}},
		{"429 for no time", 1, 1, exchanged.Refuse(429, "", "Retry-After", "0"), []time.Duration{time.Second}},
		{"429 without a word", 1, 1, exchanged.Refuse(429, ""), []time.Duration{unsaid}},
		{"503 with Retry-After", 1, 1, exchanged.Refuse(503, "维护中", "Retry-After", "30"), []time.Duration{30 * time.Second}},
		{"code 429", 3, 1, exchanged.Fail(`{"code":"429","msg":"限流","data":null}`), []time.Duration{unsaid}},
		{"500 once", 2, 1, exchanged.Refuse(500, ""), []time.Duration{time.Second}},
		{"500 three times", 3, 3, exchanged.Refuse(502, ""), []time.Duration{time.Second, 5 * time.Second, 20 * time.Second}},
		{"truncated JSON", 2, 1, exchanged.Half, []time.Duration{time.Second}},
		{"truncated gzip", 2, 1, exchanged.Gzip(12), []time.Duration{time.Second}},
		{"gzip", 2, 1, exchanged.Gzip(0), nil},
		{"login page once", 2, 1, exchanged.LoginPage, []time.Duration{time.Second}},
		{"busy once", 2, 1, exchanged.Fail(`{"code":500,"msg":"数据库忙","data":null}`), []time.Duration{time.Second}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			tr := newTrial(t, nil)
			tr.list(t)
			tr.Misbehave(c.page, c.times, c.misdeed)
			if got, err := tr.read(t.Context()); err != nil || got != tenRows {
				t.Errorf("read %s, %v", got, err)
			}
			if !slices.Equal(tr.waited, c.waited) {
				t.Errorf("waited %v, want %v", tr.waited, c.waited)
			}
		})
	}
}

// TestLasting is what does not pass: nothing is taken for whole, and the message says what to do.
func TestLasting(t *testing.T) {
	t.Parallel()
	var again error // worth a retry
	put := func(rows ...string) func(*trial) exchanged.Misdeed {
		return func(tr *trial) exchanged.Misdeed {
			return exchanged.Before(func() { tr.Put("tax", today, exchanged.Rows(rows...)) })
		}
	}
	always := func(m exchanged.Misdeed) func(*trial) exchanged.Misdeed {
		return func(*trial) exchanged.Misdeed { return m }
	}
	same := func(change func(*exchanged.Table)) func(*trial) exchanged.Misdeed { // the total stays
		return func(tr *trial) exchanged.Misdeed {
			return exchanged.Before(func() {
				table := exchanged.Rows(rowsOf(0, 10)...)
				change(&table)
				table.Total = 10
				tr.Put("tax", today, table)
			})
		}
	}
	for _, c := range []struct {
		name    string
		page    int
		misdeed func(*trial) exchanged.Misdeed
		want    error
		says    string
	}{
		{"429 for hours", 2, always(exchanged.Refuse(429, "今日次数已用完", "Retry-After", "36000")), source.ErrDenied, "more than the 5m0s we wait in all: run later"},
		{"429 for ever", 2, always(exchanged.Refuse(429, "", "Retry-After", "60")), source.ErrDenied, "allow more requests"},
		{"500 for ever", 2, always(exchanged.Refuse(500, "内部错误")), again, `after 4 attempts: the platform answers 500, "内部错误"`},
		{"503 for ever", 1, always(exchanged.Refuse(503, "")), again, "the platform answers 503"},
		{"login page", 2, always(exchanged.LoginPage), again, "a page for people, perhaps one to log in at"},
		{"half the JSON", 2, always(exchanged.Half), again, "unexpected EOF"},
		{"half the gzip", 2, always(exchanged.Gzip(12)), again, "unexpected EOF"},
		{"more than JSON", 2, always(exchanged.Fail(`{"code":0,"data":{"total":10,"batch":"1","list":[]}}{}`)), again, "something follows"},
		{"page of 65 MiB", 2, always(exchanged.Huge(65 << 20)), source.ErrRefused, "ask for fewer rows a page (size)"},
		{"page of 10,001 rows", 2, always(exchanged.Replace(`"list": [`, `"list": [`+strings.Repeat("{},", 10_001))), source.ErrRefused, "more than 10000 rows, whatever is asked for"},
		{"code 500", 2, always(exchanged.Fail(`{"code":500,"msg":"系统异常","data":null}`)), again, `answers code "500", "系统异常"`},
		{"code 401", 2, always(exchanged.Fail(`{"code":401,"msg":"未登录","data":null}`)), source.ErrDenied, "see that application id and key are right"},
		{"403", 2, always(exchanged.Refuse(403, "未授权")), source.ErrDenied, "has been granted"},
		{"404", 2, always(exchanged.Refuse(404, "")), source.ErrDenied, "see that the request's path"},
		{"400", 2, always(exchanged.Refuse(400, "缺少参数 areaCode")), source.ErrDenied, `"缺少参数 areaCode": see that the request has what`},
		{"redirect elsewhere", 2, always(exchanged.Redirect("https://evil.example/tax")), source.ErrDenied, `it leads to "https://evil.example/tax", where we do not follow`},
		{"the page before once more", 2, always(exchanged.Page(1)), source.ErrChanged, "row 1 of page 2 stands on the page before too"},
		{"an empty page", 3, always(exchanged.Page(9)), again, "page 3 has 0 rows where 4 were asked for and more are to come, 2 of 10"},
		{"a page without its rows", 2, always(exchanged.Replace(`"list"`, `"none"`)), again, "the answer has no data.list"},
		{"a page without total", 2, always(exchanged.Replace(`"total"`, `"none"`)), again, "no number of rows as data.total"},
		{"a row was added in front", 2, put(append(rowsOf(100, 1), rowsOf(0, 10)...)...), source.ErrChanged, "and has 11"},
		{"added in front, total kept", 2, same(func(table *exchanged.Table) {
			rows := append(rowsOf(100, 1), rowsOf(0, 9)...)
			table.Row = func(i int) string { return rows[i] }
		}), source.ErrChanged, "rows were added while they were read"},
		{"taken out in front, one added behind", 2, put(rowsOf(1, 10)...), source.ErrChanged, "the first page has other rows"},
		{"rows were taken away", 3, put(rowsOf(0, 9)...), source.ErrChanged, "it had 10 rows"},
		{"another batch", 2, same(func(table *exchanged.Table) { table.Batch = "2" }), source.ErrChanged, `version "2 of 10"`},
		{"more rows than told", 3, same(func(table *exchanged.Table) {
			rows := rowsOf(0, 12)
			table.Rows, table.Row = 12, func(i int) string { return rows[i] }
		}), again, "12 rows came by page 3, and the platform says that there are 10"},
		{"more rows than asked for", 2, always(exchanged.Replace(`"list": [`, `"list": [{"x":1},{"y":2},`)), again, "page 2 has 6 rows where 4 were asked for"},
		{"a row that is none", 2, always(exchanged.Replace(`"list": [`, `"list": ["x",`)), again, "row 1 of the page: want a JSON object"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			tr := newTrial(t, nil)
			tr.list(t)
			tr.Misbehave(c.page, exchanged.Always, c.misdeed(tr))
			_, err := tr.read(t.Context())
			if err == nil || !strings.Contains(err.Error(), c.says) || c.want != nil && !errors.Is(err, c.want) {
				t.Errorf("%v; want %v, saying %s", err, c.want, c.says)
			}
			for _, final := range []error{source.ErrDenied, source.ErrChanged, source.ErrRefused, source.ErrGone} {
				if c.want == nil && errors.Is(err, final) {
					t.Errorf("%v is final", err)
				}
			}
		})
	}
}

func TestChangedSinceListing(t *testing.T) {
	t.Parallel()
	tr := newTrial(t, nil)
	tr.list(t)
	tr.Put("tax", today, exchanged.Rows(rowsOf(0, 11)...))
	if _, err := tr.read(t.Context()); !errors.Is(err, source.ErrChanged) {
		t.Errorf("more rows: %v", err)
	}
	tr.Remove("tax", today)
	if _, err := tr.read(t.Context()); !errors.Is(err, source.ErrGone) {
		t.Errorf("no rows: %v", err)
	}
	if objects, err := tr.List(t.Context()); err != nil || len(objects) != 0 {
		t.Errorf("listed %+v, %v", objects, err)
	}
}

// TestWaitingIsCancelled ends the call while the platform keeps us waiting.
func TestWaitingIsCancelled(t *testing.T) {
	t.Parallel()
	tr := newTrial(t, nil)
	tr.list(t)
	tr.Misbehave(2, exchanged.Always, exchanged.Refuse(429, "", "Retry-After", "60"))
	ctx, cancel := context.WithCancel(t.Context())
	tr.wait = func(ctx context.Context, _ time.Duration) error {
		cancel()
		return context.Cause(ctx)
	}
	if _, err := tr.read(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// TestWho is who may not ask, in the words of a platform that repeats the secret.
func TestWho(t *testing.T) {
	t.Parallel()
	const secret = "geheim-geheim"
	for _, c := range []struct {
		name   string
		change func(*source.Config)
		says   string
	}{
		{"token where a signature is wanted", func(c *source.Config) { c.Sign, c.Password = SignToken, secret }, "签名错误"},
		{"wrong key", func(c *source.Config) { c.Password = secret }, `"签名错误": see that application id and key`},
		{"wrong application", func(c *source.Config) { c.User = "app-1" }, "应用 app-1 没有申请"},
		{"a clock that is wrong", func(c *source.Config) {
			c.Now = func() time.Time { return clock(1)().Add(-time.Hour) }
		}, "apart, and signatures hold for minutes only: set the clock that is wrong"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			tr := newTrial(t, c.change)
			_, err := tr.List(t.Context())
			if !errors.Is(err, source.ErrDenied) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v; want %v, saying %s", err, source.ErrDenied, c.says)
			}
			if strings.Contains(err.Error(), secret) {
				t.Errorf("the secret is in %v", err)
			}
		})
	}
}

func TestTokenIsNotRepeated(t *testing.T) {
	t.Parallel()
	const secret = "geheim-geheim"
	s := exchanged.Start(t, exchanged.Options{Now: clock(1)})
	config := taxes(s, SignToken, 4)
	config.Password = secret
	made, err := New(config)
	check(t, err)
	_, err = made.List(t.Context())
	if !errors.Is(err, source.ErrDenied) || !strings.Contains(err.Error(), "令牌 *** 无效") || strings.Contains(err.Error(), secret) {
		t.Errorf("%v", err)
	}
	for _, asked := range s.Asked() {
		if strings.Contains(asked, secret) {
			t.Errorf("asked for %s", asked)
		}
	}
}

func TestCertificates(t *testing.T) {
	t.Parallel()
	s := exchanged.Start(t, exchanged.Options{TLS: true, Now: clock(1)})
	s.Put("tax", today, exchanged.Rows(rowsOf(0, 1)...))
	for _, c := range []struct{ name, pin, says string }{
		{"nobody has signed it", "", "pin it as hostkey"},
		{"pinned", s.Fingerprint(), ""},
		{"another is pinned", strings.Repeat("AB", 32), "is pinned"},
	} {
		config := taxes(s, SignToken, 4)
		config.HostKey = c.pin
		made, err := New(config)
		check(t, err)
		objects, err := made.List(t.Context())
		if c.says == "" {
			if err != nil || len(objects) != 1 {
				t.Errorf("%s: listed %+v, %v", c.name, objects, err)
			}
			continue
		}
		if !errors.Is(err, source.ErrDenied) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// TestPlatformLooks is for the platform of these tests: it takes no nonce twice, and no signature of another request.
func TestPlatformLooks(t *testing.T) {
	t.Parallel()
	tr := newTrial(t, nil)
	u, err := tr.requests[0].url(tr.base, schemas.NewDate(2026, 6, 16), 1, 4)
	check(t, err)
	signed, err := http.NewRequestWithContext(t.Context(), http.MethodGet, u.String(), nil)
	check(t, err)
	tr.sign(signed.Header, u)
	ask := func(query string) (status int, words string) {
		signed.URL.RawQuery = query
		response, err := http.DefaultClient.Do(signed)
		check(t, err)
		defer response.Body.Close()
		return response.StatusCode, message(response.Body)
	}
	if status, words := ask("date=2026-06-16&page=2&size=4"); status != 401 || words != "签名错误" {
		t.Errorf("another page: %d, %s", status, words)
	}
	if status, words := ask(u.RawQuery); status != 200 || words != "成功" {
		t.Errorf("once: %d, %s", status, words)
	}
	if status, words := ask(u.RawQuery); status != 401 || words != "随机数已使用过" {
		t.Errorf("twice: %d, %s", status, words)
	}
}
