package workspace

import (
	"fmt"

	"zhida/connectors/source"
	"zhida/schemas"
)

// deliveryKey is where a key of a delivery stands, and whether it is written.
func (f *configFile) deliveryKey(i, k int, name string) (spot, bool) {
	at := f.at("sources", i, "deliveries", k, name)
	return at, at != f.at("sources", i, "deliveries", k)
}

// tableKeys are the keys that only deliveries of tables have, fileKeys those that only files have, requestKeys those of interfaces.
func tableKeys() []string    { return []string{"table", "date", "watermark", "changes"} }
func fileKeys() []string     { return []string{"files", "delimiter", "encoding", "sheet"} }
func completeKeys() []string { return []string{"complete"} } // a transaction, and the number of rows, say it
func requestKeys() []string {
	return []string{"request", "size", "rows", "total", "version", "success"}
}

// refuse reports the keys that have no meaning for a kind of sources.
func (f *configFile) refuse(i, k int, keys []string) {
	for _, name := range keys {
		if at, written := f.deliveryKey(i, k, name); written {
			f.report(at, fmt.Sprintf("kind: %s 的数据源，交付不写“%s”", f.sources[i].kind, name), "删去它")
		}
	}
}

// checkFiles checks that a delivery is of files, and reports whether it says which.
func (f *configFile) checkFiles(i, k int) bool {
	f.refuse(i, k, tableKeys())
	f.refuse(i, k, requestKeys())
	at, written := f.deliveryKey(i, k, "files")
	if !written {
		f.report(at, "“deliveries”的一项缺少键“files”", "")
	}
	return f.sources[i].deliveries[k].files != ""
}

// checkTable checks a delivery of a table: which rows, and of what mode.
func (f *configFile) checkTable(i, k int) {
	f.refuse(i, k, fileKeys())
	f.refuse(i, k, requestKeys())
	f.refuse(i, k, completeKeys())
	d := &f.sources[i].deliveries[k]
	at := func(name string) spot { s, _ := f.deliveryKey(i, k, name); return s }
	written := func(name string) bool { _, is := f.deliveryKey(i, k, name); return is }
	const (
		asFull      = "全量写 mode: full"
		asIncrement = "增量写 mode: increment"
	)
	switch {
	case !written("table"):
		f.report(at("table"), "“deliveries”的一项缺少键“table”", "写上表或视图的名称：t_tax 或 public.t_tax")
		return
	case !written("mode"):
		f.report(at("mode"), "“deliveries”的一项缺少键“mode”", "整张表或按日期的写 mode: full；按水位或变更表的写 mode: increment")
		return
	}
	ways := 0
	for _, name := range []string{"date", "watermark", "changes"} {
		if written(name) {
			ways++
		}
	}
	switch {
	case ways > 1:
		f.report(at("table"), "“date”、“watermark”、“changes”只能写一个", "按日期的全量写 date，按更新时间的增量写 watermark，有变更表的写 changes")
	case written("date") && d.mode != schemas.ModeFull:
		f.report(at("mode"), "“date”是按业务日期的全量，“mode”应是 full", asFull+"；增量写 watermark 或 changes")
	case written("watermark") && d.mode == schemas.ModeFull:
		f.report(at("mode"), "“watermark”只取当天更新的行，不是全量", asIncrement+" 或 mode: append")
	case written("changes") && d.mode != schemas.ModeIncrement:
		f.report(at("mode"), "“changes”取变更的行，“mode”应是 increment", asIncrement)
	case ways == 0 && d.mode != schemas.ModeFull:
		f.report(at("mode"), "整张表是全量，“mode”应是 full", asFull+"；增量要写 watermark（更新时间的列）或 changes（变更表）")
	}
	for key, name := range map[string]string{"table": d.table.Name, "changes": d.table.Changes.Table} {
		if name != "" && source.CheckTableName(name) != nil {
			f.report(at(key), fmt.Sprintf("表名“%s”不能这样写", name), `写作 表名 或 模式.表名，名称里不能有 { } * / \`)
		}
	}
}
