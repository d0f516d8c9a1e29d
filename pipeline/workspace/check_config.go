package workspace

import (
	"fmt"
	"path"
	"strings"

	"zhida/connectors/all"
	"zhida/connectors/format"
	"zhida/connectors/source"
	"zhida/matcher/profile"
	"zhida/schemas"
)

// checkConfig checks zhida.yaml against the rest of the workspace and makes the sources.
func (c *check) checkConfig() {
	if c.config == nil || c.config.root == nil {
		return
	}
	c.checkRegion()
	f := c.config
	for home := range f.wards {
		if info, ok := c.codes.Region(home); f.wards[home] > 0 && (!ok || info.Code == "") {
			f.report(f.atKey("wards", home), fmt.Sprintf("“wards”的行政区划代码 %s 不在代码表里", home), "可以在 codes/regions.csv 里补上")
		}
	}
	switch clean := path.Clean(strings.ReplaceAll(f.store, `\`, "/")); clean {
	case ".", "..", "/", datasetsDir, policiesDir, codesDir:
		f.report(f.at("store"), fmt.Sprintf("“store”不能是“%s”：要有自己的文件夹", f.store), "写作 store")
	}
	f.checkLedger()
	names := map[string]bool{}
	if len(f.sources) == 0 && f.at("sources") != f.at() {
		f.report(f.at("sources"), "“sources”至少要有一个数据源", "")
	}
	for i := range f.sources {
		draft := &f.sources[i]
		if draft.name != "" && names[draft.name] {
			f.report(f.at("sources", i, "name"), fmt.Sprintf("数据源“%s”重复", draft.name), "")
		}
		names[draft.name] = true
		if draft.kind == all.KindDir && draft.path != "" && path.Clean(draft.path) == path.Clean(f.store) {
			f.report(f.at("sources", i, "path"), "数据源的文件夹就是“store”", "交付文件与产出要分开放")
		}
		c.sources = append(c.sources, c.makeSource(i))
	}
}

// checkRegion checks that the region attribute is one.
func (c *check) checkRegion() {
	f := c.config
	if f.region == "" || c.tags == nil || c.tags.root == nil {
		return
	}
	var regions []string
	for _, a := range c.attributes {
		isRegion := a.Type.System == schemas.SystemRegion && profile.IsStored(&a)
		if isRegion {
			regions = append(regions, a.Name)
		}
		if a.Name != f.region {
			continue
		}
		switch {
		case isRegion:
		case a.Yearly || a.Rule.Text != "":
			f.report(f.at("region"), fmt.Sprintf("“region”不能用指标“%s”：它每年一个值，或由别的指标算出", f.region), suggest(f.region, regions))
		case a.Type.Kind != 0:
			f.report(f.at("region"), fmt.Sprintf("“region”所指的指标“%s”不是行政区划", f.region), "它的类型应是 region")
		}
		return
	}
	f.report(f.at("region"), fmt.Sprintf("“region”所指的指标“%s”不存在", f.region), suggest(f.region, regions))
}

// makeSource checks one source.
func (c *check) makeSource(i int) SourceConfig {
	f, draft := c.config, &c.config.sources[i]
	s := SourceConfig{Name: draft.name, Kind: draft.kind, Path: draft.path, Server: draft.server, Days: draft.days}
	f.checkPlace(i)
	if len(draft.deliveries) == 0 && f.at("sources", i, "deliveries") != f.at("sources", i) {
		f.report(f.at("sources", i, "deliveries"), "“deliveries”至少要有一项", "")
	}
	before := len(f.faults)
	for k := range draft.deliveries {
		d := &draft.deliveries[k]
		at := func(key string) spot { return f.at("sources", i, "deliveries", k, key) }
		if d.dataset != "" {
			c.checkDelivered(d.dataset, at("dataset"))
			c.checkNotFull(d, at)
		}
		switch {
		case all.IsDatabase(draft.kind):
			f.checkTable(i, k)
		case draft.kind == all.KindHTTP:
			f.checkRequest(i, k)
		case f.checkFiles(i, k):
			f.checkPattern(d, at)
			f.checkExtension(d, at)
		}
		f.checkComplete(i, k)
		s.Deliveries = append(s.Deliveries, DeliveryConfig{
			Dataset: d.dataset, Files: d.files, Table: d.table, Request: d.request, Mode: d.mode, Scope: c.deliveryScope(d.scope, at("scope")),
			Delimiter: d.delimiter, Encoding: d.encoding, Sheet: d.sheet, Complete: d.complete.of(),
		})
	}
	if len(f.faults) == before {
		f.checkTogether(i, s.Deliveries)
	}
	return s
}

// checkTogether asks the rules that will read file names for what was not found here: patterns that can match one file.
func (f *configFile) checkTogether(i int, deliveries []DeliveryConfig) {
	rules := make([]source.Delivery, len(deliveries))
	for k, d := range deliveries {
		if d.Dataset == "" || d.Files == "" && d.Table.Name == "" && d.Request.URL == "" {
			return
		}
		rules[k] = source.Delivery{Dataset: d.Dataset, Files: d.Files, Table: d.Table, Request: d.Request, Mode: d.Mode, Scope: d.Scope, Complete: d.Complete}
	}
	for k, rule := range rules {
		key, same, advice := "files", "可能认同一个文件", "一个文件只能归一个数据类：把样式写得更细"
		switch {
		case rule.Table.Name != "":
			key, same, advice = "table", "是同一张表", "一张表只能归一个数据类：可以请对方另建视图"
		case rule.Request.URL != "":
			key, same, advice = "request", "是同一数据类、同一范围的接口", "一个数据类的一个范围只能有一个接口"
		}
		at := f.at("sources", i, "deliveries", k, key)
		if _, err := source.Compile(rules[k : k+1]); err != nil {
			f.report(at, fmt.Sprintf("“%s”不能这样写：%v", key, err), "")
			continue
		}
		for before, other := range rules[:k] {
			if _, err := source.Compile([]source.Delivery{other, rule}); err != nil {
				f.report(at, fmt.Sprintf("“%s”与第 %d 项的“%s”%s", key, before+1, other.Files+other.Table.Name+other.Request.URL, same), advice)
			}
		}
	}
}

// checkDelivered checks that a delivery's dataset exists.
func (c *check) checkDelivered(name string, at spot) {
	var names []string
	for _, d := range c.datasets {
		own := stem(d.name) // what its name must be
		if own == name {
			return
		}
		names = append(names, own)
	}
	c.config.report(at, fmt.Sprintf("数据类“%s”不存在", name), suggest(name, names))
}

// checkPattern checks the pattern of file names: it must say the date, and the mode unless that is given beside it.
func (f *configFile) checkPattern(d *deliveryDraft, at func(string) spot) {
	where := at("files")
	count := map[string]int{}
	for rest := d.files; ; {
		_, after, found := strings.Cut(rest, "{")
		if !found {
			break
		}
		name, tail, closed := strings.Cut(after, "}")
		if !closed {
			f.report(where, "“files”的花括号没有闭合", "")
			return
		}
		if name != "date" && name != "mode" && name != "scope" {
			f.report(where, fmt.Sprintf("“files”里不能有“{%s}”", name), "只能用 {date}、{mode}、{scope}、*")
		}
		count[name]++
		rest = tail
	}
	switch {
	case strings.Contains(d.files, `\`) || path.IsAbs(d.files) || path.Clean("/"+d.files) != "/"+d.files:
		f.report(where, "“files”应是数据源文件夹里的路径，不能有 .、..、反斜杠，不能以 / 开头", "文件夹写在 path")
	case count["date"] != 1:
		f.report(where, "“files”里要有一个 {date}：交付的业务日期", "写作 registration_{date}_{mode}.csv")
	case count["mode"] > 1 || count["scope"] > 1:
		f.report(where, "“files”里 {mode}、{scope} 各只能有一个", "")
	case count["mode"] == 0 && d.mode == "":
		f.report(where, "不知道交付是全量、增量还是追加：“files”里没有 {mode}，也没有写“mode”", "写上 mode: full、mode: increment 或 mode: append")
	case count["mode"] == 1 && d.mode != "":
		f.report(at("mode"), "“files”里有 {mode}，不能再写“mode”", "删去其中一个")
	case count["scope"] == 1 && d.scope != "":
		f.report(at("scope"), "“files”里有 {scope}，不能再写“scope”", "删去其中一个")
	}
}

// checkExtension checks that files of the pattern can be read. A pattern that leaves the end open is left to the night.
func (f *configFile) checkExtension(d *deliveryDraft, at func(key string) spot) {
	extension := format.Extension(d.files)
	if strings.ContainsAny(extension, "*{}") || strings.HasSuffix(d.files, "*") || strings.HasSuffix(d.files, "}") {
		return
	}
	if !all.Readable(d.files) {
		f.report(at("files"), fmt.Sprintf("“files”的扩展名“%s”不是能读的格式", extension), "能读的有："+strings.Join(all.Extensions(), "、")+"；gz 里要是文本：csv.gz、jsonl.gz")
	}
	if d.sheet != "" && extension != "xlsx" {
		f.report(at("sheet"), "只有工作簿（xlsx）才写“sheet”", "删去它")
	}
}

// deliveryScope is the normalised region of a declared scope.
func (c *check) deliveryScope(text string, at spot) string {
	if text == "" {
		return ""
	}
	if info, ok := c.codes.Region(text); ok {
		return info.Code
	}
	suggestion := ""
	if near := c.codes.Suggest(schemas.SystemRegion, text); near != "" {
		suggestion = "写作 " + near
	}
	c.config.report(at, fmt.Sprintf("“scope”应是行政区划代码，“%s”不在代码表里", text), suggestion)
	return ""
}
