package workspace

import (
	"fmt"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"

	"zhida/connectors/source"
)

// completeDraft says when a delivery is complete, as written.
type completeDraft struct {
	marker, manifest string
	rest             int // minutes
}

// maxRest is how long, in minutes, a night may wait for a file to come to rest.
const maxRest = 120

func complete(into *completeDraft) reader {
	return func(d *document, name string, at spot, n ast.Node) {
		object("“complete”",
			key{"marker", optional, text(&into.marker)},
			key{"manifest", optional, text(&into.manifest)},
			key{"rest", optional, count(&into.rest, 1, maxRest)},
		)(d, name, at, n)
	}
}

func (c *completeDraft) of() source.Complete {
	return source.Complete{Marker: c.marker, Manifest: c.manifest, Rest: time.Duration(c.rest) * time.Minute}
}

// checkComplete checks that a delivery is complete in one way, and that its marker's or manifest's name follows from its own.
func (f *configFile) checkComplete(i, k int) {
	d := &f.sources[i].deliveries[k]
	at := func(keys ...any) spot {
		return f.at(append([]any{"sources", i, "deliveries", k, "complete"}, keys...)...)
	}
	if at() == f.at("sources", i, "deliveries", k) {
		return
	}
	var written []string
	for _, key := range []string{"marker", "manifest", "rest"} {
		if at(key) != at() {
			written = append(written, key)
		}
	}
	if len(written) != 1 {
		f.report(at(), "“complete”要写 marker、manifest、rest 中的一个", "写作 {marker: \"{file}.ok\"}、{manifest: \"sums_{date}.txt\"} 或 {rest: 10}")
		return
	}
	if written[0] == "rest" {
		return
	}
	key, name := written[0], d.complete.marker+d.complete.manifest
	where := at(key)
	switch {
	case name == "" || d.files == "":
		return
	case strings.Contains(name, "*"):
		f.report(where, fmt.Sprintf("“%s”不能有 *：它的名字要能从交付的名字推出来", key), "写 {file}（交付的文件名）或“files”里有的 {date}、{mode}、{scope}")
		return
	case !strings.Contains(name, "{file}") && !strings.Contains(name, "{date}"):
		f.report(where, fmt.Sprintf("“%s”里要有 {file} 或 {date}", key), "写作 {file}.ok")
		return
	}
	for rest := name; ; {
		_, after, found := strings.Cut(rest, "{")
		if !found {
			break
		}
		placeholder, tail, closed := strings.Cut(after, "}")
		if !closed || placeholder != "file" && !strings.Contains(d.files, "{"+placeholder+"}") {
			f.report(where, fmt.Sprintf("“%s”里不能有“{%s}”", key, placeholder), "只能写 {file}，和“files”里有的 {date}、{mode}、{scope}")
			return
		}
		rest = tail
	}
	rule := source.Delivery{Dataset: d.dataset, Files: d.files, Mode: d.mode, Complete: d.complete.of()}
	without := rule
	without.Complete = source.Complete{}
	if _, err := source.Compile([]source.Delivery{without}); err != nil {
		return // reported where it belongs
	}
	if _, err := source.Compile([]source.Delivery{rule}); err != nil {
		f.report(where, fmt.Sprintf("“%s”不能这样写：%v", key, err), "")
		d.complete = completeDraft{}
	}
}
