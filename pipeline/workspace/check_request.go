package workspace

import (
	"fmt"
	"slices"
	"strings"

	"zhida/connectors/all"
	"zhida/connectors/source"
)

// defaultDays and defaultSize are what an interface is asked for unless the site says otherwise: the last three business dates, as
// many rows a page as most platforms give.
const (
	defaultDays = 3
	defaultSize = 1000
)

// checkPlatform checks where a platform is, and fills in what is not written.
func (f *configFile) checkPlatform(i int) {
	draft := &f.sources[i]
	host, _ := f.placeKey(i, "host")
	hostKey, hasHostKey := f.placeKey(i, "hostkey")
	switch {
	case draft.server.Host != "" && all.CheckHost(draft.server.Host) != nil:
		f.report(host, "“host”应是 https://10.1.2.3:8443 这样的地址，不带路径和口令", "路径写在各交付的 request 里")
	case hasHostKey && strings.HasPrefix(draft.server.Host, "http:"):
		f.report(hostKey, "“host”不是 https，“hostkey”没有意义", "改用 https，或删去它")
	}
	if draft.days == 0 {
		draft.days = defaultDays
	}
}

// checkRequest checks a delivery of an interface: what is asked, and what the answer looks like.
func (f *configFile) checkRequest(i, k int) {
	f.refuse(i, k, fileKeys())
	f.refuse(i, k, tableKeys())
	f.refuse(i, k, completeKeys())
	d := &f.sources[i].deliveries[k]
	for _, needed := range []struct{ name, suggestion string }{
		{"request", "写上接口的路径和参数：/api/tax?date={date}&page={page}&size={size}"},
		{"rows", "写上行在应答的哪里：data.list"},
		{"total", "写上总行数在应答的哪里：data.total"},
		{"mode", "写上 mode: full、mode: increment 或 mode: append"},
	} {
		if at, written := f.deliveryKey(i, k, needed.name); !written {
			f.report(at, fmt.Sprintf("“deliveries”的一项缺少键“%s”", needed.name), needed.suggestion)
		}
	}
	if d.request.Size == 0 {
		d.request.Size = defaultSize
	}
	if d.request.URL != "" {
		f.checkURL(i, k, d.request)
	}
	if name, value, _ := strings.Cut(d.request.Success, "="); d.request.Success != "" && (name == "" || value == "") {
		at, _ := f.deliveryKey(i, k, "success")
		f.report(at, "“success”应写作 code=1：应答里哪个值、等于什么才算成功", "不写则 code 是 0 或 200 算成功")
	}
}

// checkURL checks the path and query of a request.
func (f *configFile) checkURL(i, k int, r source.Request) {
	names := placeholders(r.URL)
	count := map[string]int{}
	for _, name := range names {
		count[name]++
	}
	unknown := slices.IndexFunc(names, func(name string) bool { return !slices.Contains([]string{"date", "yyyymmdd", "page", "size"}, name) })
	where, _ := f.deliveryKey(i, k, "request")
	err := all.CheckRequest(source.Request{URL: r.URL, Size: r.Size, Rows: "-", Total: "-"})
	const form = "写作 /api/tax?date={date}&page={page}&size={size}"
	switch {
	case !strings.HasPrefix(r.URL, "/"):
		f.report(where, "“request”应是接口的路径和参数，以 / 开头", "平台的地址写在 host")
	case unknown >= 0:
		f.report(where, fmt.Sprintf("“request”里不能有“{%s}”", names[unknown]), "只能用 {date}（2026-06-15）、{yyyymmdd}（20260615）、{page}、{size}")
	case count["date"]+count["yyyymmdd"] == 0:
		f.report(where, "“request”里要有业务日期：{date} 或 {yyyymmdd}", form)
	case count["page"] != 1 || count["size"] != 1:
		f.report(where, "“request”里 {page}（第几页）和 {size}（每页几行）要各有一个", form)
	case err != nil:
		f.report(where, "“request”不能这样写："+err.Error(), "")
	}
}

// placeholders are the names in braces, in order.
func placeholders(text string) []string {
	var names []string
	for {
		_, after, found := strings.Cut(text, "{")
		if !found {
			return names
		}
		name, rest, _ := strings.Cut(after, "}")
		names, text = append(names, name), rest
	}
}
