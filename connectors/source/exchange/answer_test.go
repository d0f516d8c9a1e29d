package exchange

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"zhida/connectors/source"
)

func wanted(t testing.TB, change func(*source.Request)) *request {
	t.Helper()
	r := source.Request{URL: "/api/tax?d={date}&p={page}&s={size}", Size: 100, Rows: "data.list", Total: "data.total"}
	if change != nil {
		change(&r)
	}
	out, err := newRequest(r)
	check(t, err)
	return out
}

// TestAnswers reads the forms that platforms give their answers.
func TestAnswers(t *testing.T) {
	t.Parallel()
	none := func(*source.Request) {}
	flat := func(r *source.Request) { r.Rows, r.Total = "rows", "total" }
	for _, c := range []struct {
		name, body string
		change     func(*source.Request)
		want       string // lines, or what the error says
		total      int64
	}{
		{"code 0", `{"code":0,"msg":"ok","data":{"total":2,"list":[{"b":1,"a":2}]}}`, none, `{"a":2,"b":1}`, 2},
		{"code 200", `{"data":{"list":[{"a":1}],"total":"1"},"code":"200"}`, none, `{"a":1}`, 1},
		{"code 000000", `{"code":"000000","data":{"total":1,"list":[{}]}}`, none, `{}`, 1},
		{"no code", `{"total":1,"rows":[{"a":null}]}`, flat, `{"a":null}`, 1},
		{"code 1 is good", `{"code":1,"total":1,"rows":[{"a":1}]}`, func(r *source.Request) { flat(r); r.Success = "code=1" }, `{"a":1}`, 1},
		{"status ok is good", `{"result":{"status":"ok"},"total":1,"rows":[{"a":1}]}`, func(r *source.Request) { flat(r); r.Success = "result.status=ok" }, `{"a":1}`, 1},
		{"success is true", `{"success":true,"total":1,"rows":[{"a":1}]}`, func(r *source.Request) { flat(r); r.Success = "success=true" }, `{"a":1}`, 1},
		{"nothing at all", `{"code":0,"msg":"查询成功","data":null}`, none, "", 0},
		{"nothing in the list", `{"code":0,"data":{"total":0,"list":null}}`, none, "", 0},
		{"nothing without a code", `{"data":null}`, none, "no number of rows", 0},
		{"another code", `{"code":1,"total":1,"rows":[]}`, flat, "failed 1 ", 0},
		{"an empty code", `{"code":"","total":1,"rows":[]}`, flat, "failed  ", 0},
		{"a failure in words", `{"code":"E01","message":"无权限"}`, none, "failed E01 无权限", 0},
		{"success is missing", `{"total":1,"rows":[]}`, func(r *source.Request) { flat(r); r.Success = "code=1" }, "has no code", 0},
		{"no rows", `{"code":0,"data":{"total":1}}`, none, "has no data.list", 0},
		{"no total", `{"code":0,"data":{"list":[]}}`, none, "no number of rows as data.total", 0},
		{"total of words", `{"code":0,"data":{"total":"many","list":[]}}`, none, "no number of rows", 0},
		{"total below zero", `{"code":0,"data":{"total":-1,"list":[]}}`, none, "no number of rows", 0},
		{"no version", `{"code":0,"data":{"total":1,"list":[{}]}}`, func(r *source.Request) { r.Version = "data.batch" }, "has no data.batch", 0},
		{"a list at the way", `{"code":0,"data":[]}`, none, "data is no object", 0},
		{"rows that are an object", `{"code":0,"data":{"total":1,"list":{}}}`, none, "data.list is no list", 0},
		{"rows that are lists", `{"code":0,"data":{"total":1,"list":[[1]]}}`, none, "row 1 of the page: want a JSON object", 0},
		{"a list", `[]`, none, "want a JSON object", 0},
		{"nothing", ``, none, "unexpected EOF", 0},
		{"half", `{"code":0,"data":{"total":1,"list":[{"a":1}`, none, "unexpected EOF", 0},
	} {
		a, err := wanted(t, c.change).read(strings.NewReader(c.body))
		var got string
		switch {
		case err != nil:
			got = err.Error()
		case a.failed:
			got = "failed " + a.code + " " + a.message
		default:
			got = strings.TrimSuffix(string(a.lines), "\n")
			if a.total != c.total || got != c.want {
				t.Errorf("%s: %d rows, %s", c.name, a.total, got)
			}
		}
		if !strings.Contains(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// TestRowsStayAsTheyAreWritten: only the order of keys and the space between them are ours.
func TestRowsStayAsTheyAreWritten(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		`{ "b" : 1.10 , "a" : "x, \"y\": {" }`:          `{"a":"x, \"y\": {","b":1.10}`,
		`{"n":12345678901234567890.10,"m":1E+2}`:        `{"m":1E+2,"n":12345678901234567890.10}`,
		`{"z":{"b":1,"a":[1, 2]},"a":[]}`:               `{"a":[],"z":{"b":1,"a":[1,2]}}`,
		`{"a":2,"a":1}`:                                 `{"a":2,"a":1}`,
		`{"企业":"四\u5ddd","a\\":"<&>"}`:                  `{"a\\":"<&>","企业":"四\u5ddd"}`,
		"{\n}":                                          `{}`,
		"{\"a\":\"\xff\"}":                              "{\"a\":\"\xff\"}",
		`{"` + strings.Repeat("k", 100) + `":1,"b":[]}`: `{"b":[],"` + strings.Repeat("k", 100) + `":1}`,
	} {
		var r row
		if got, err := r.append(nil, []byte(raw)); err != nil || string(got) != want {
			t.Errorf("%s: %s, %v; want %s", raw, got, err, want)
		}
	}
}

// FuzzAnswer looks for answers that break the reader, and for rows that are no JSON or mean something else afterwards.
func FuzzAnswer(f *testing.F) {
	f.Add([]byte(`{"code":0,"msg":"ok","data":{"total":2,"list":[{"b":1,"a":{"c":["\"",2]}},{}]}}`))
	f.Add([]byte(`{"data":{"list":null},"code":"1"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		a, err := wanted(t, nil).read(bytes.NewReader(body))
		if err != nil || a.failed {
			return
		}
		if a.total < 0 || bytes.Count(a.lines, []byte("\n")) != len(a.rows) {
			t.Errorf("%d rows of %d: %q", len(a.rows), a.total, a.lines)
		}
		for line := range bytes.Lines(a.lines) {
			var r row
			again, err := r.append(nil, line)
			if err != nil || !json.Valid(line) || string(again)+"\n" != string(line) {
				t.Errorf("%q becomes %q, %v", line, again, err)
			}
		}
	})
}
