package workspace

import (
	"fmt"
	"strconv"

	"github.com/goccy/go-yaml/ast"

	"zhida/connectors/all"
	"zhida/connectors/format"
	"zhida/connectors/source"
	"zhida/schemas"
)

// configFile is zhida.yaml as read.
type configFile struct {
	*document
	name, store, key, region string
	wards                    map[string]int
	sources                  []sourceDraft
	ledger                   *LedgerConfig
	items                    schemas.ItemsGate
	retention                schemas.Retention
}

// sourceDraft is a source as written.
type sourceDraft struct {
	name, kind, path string
	server           ServerConfig
	days             int
	deliveries       []deliveryDraft
}

// deliveryDraft says which files, which rows of a table, or which request, are deliveries of which dataset, as written.
type deliveryDraft struct {
	dataset, files, scope string
	table                 source.Table   // instead of files
	request               source.Request // instead of files
	mode                  schemas.Mode
	delimiter             format.Delimiter
	encoding              format.Encoding
	sheet                 string
	complete              completeDraft
}

// defaultStore is the folder of artefacts, unless the workspace names another.
const defaultStore = "store"

// readConfig reads zhida.yaml.
func readConfig(name string, data []byte) *configFile {
	f := &configFile{document: parseDocument(name, data), store: defaultStore, items: schemas.DefaultItemsGate(), retention: schemas.DefaultRetention()}
	if f.root == nil {
		return f
	}
	object("zhida.yaml ",
		key{"name", required, text(&f.name)},
		key{"store", optional, text(&f.store)},
		key{"key", required, secret(&f.key)},
		key{"region", required, text(&f.region)},
		key{"wards", optional, wards(&f.wards)},
		key{"sources", required, list(&f.sources, sourceOf)},
		key{"ledger", optional, ledgerOf(&f.ledger)},
		key{"gates", optional, object("“gates”",
			key{"items", required, object("“items”",
				key{"swing", optional, count(&f.items.Swing, 0, maxRise)},
				key{"least", optional, count(&f.items.Least, 1, maxLeast)},
				gateLevel(&f.items.Level))})},
		key{"retention", optional, object("“retention”",
			key{"landing", optional, span(&f.retention.Landing)},
			key{"nights", optional, span(&f.retention.Nights)},
			key{"reports", optional, span(&f.retention.Reports)},
			key{"units", optional, span(&f.retention.Units)})},
	)(f.document, "", spot{}, f.root)
	return f
}

func sourceOf(into *sourceDraft) reader {
	return func(d *document, name string, at spot, n ast.Node) {
		object("数据源",
			key{"name", required, text(&into.name)},
			key{"kind", required, choice(&into.kind, all.Kinds()...)},
			key{"path", optional, text(&into.path)},
			key{"host", optional, text(&into.server.Host)},
			key{"user", optional, text(&into.server.User)},
			key{"password", optional, secret(&into.server.Password)},
			key{"key", optional, secret(&into.server.Key)},
			key{"tls", optional, choice(&into.server.TLS, source.TLSModes()...)},
			key{"hostkey", optional, text(&into.server.HostKey)},
			key{"database", optional, text(&into.server.Database)},
			key{"bucket", optional, text(&into.server.Bucket)},
			key{"region", optional, text(&into.server.Region)},
			key{"sign", optional, choice(&into.server.Sign, all.Signs()...)},
			key{"days", optional, count(&into.days, 1, maxDays)},
			key{"deliveries", required, list(&into.deliveries, delivery)},
		)(d, name, at, n)
	}
}

// ledgerOf reads where the ledger is.
func ledgerOf(into **LedgerConfig) reader {
	return func(d *document, name string, at spot, n ast.Node) {
		c := &LedgerConfig{}
		*into = c
		object("“ledger”",
			key{"host", required, text(&c.Server.Host)},
			key{"database", required, text(&c.Database)},
			key{"user", required, text(&c.Server.User)},
			key{"password", required, secret(&c.Server.Password)},
			key{"tls", optional, choice(&c.Server.TLS, source.TLSModes()...)},
			key{"hostkey", optional, text(&c.Server.HostKey)},
		)(d, name, at, n)
	}
}

func delivery(into *deliveryDraft) reader {
	return func(d *document, name string, at spot, n ast.Node) {
		object("“deliveries”的一项",
			key{"dataset", required, text(&into.dataset)},
			key{"files", optional, text(&into.files)},
			key{"table", optional, text(&into.table.Name)},
			key{"date", optional, text(&into.table.Date)},
			key{"watermark", optional, text(&into.table.Watermark)},
			key{"changes", optional, object("“changes”",
				key{"table", required, text(&into.table.Changes.Table)},
				key{"key", required, list(&into.table.Changes.Key, text)},
				key{"time", required, text(&into.table.Changes.Time)},
				key{"flag", required, text(&into.table.Changes.Flag)})},
			key{"request", optional, text(&into.request.URL)},
			key{"size", optional, count(&into.request.Size, 1, maxSize)},
			key{"rows", optional, text(&into.request.Rows)},
			key{"total", optional, text(&into.request.Total)},
			key{"version", optional, text(&into.request.Version)},
			key{"success", optional, text(&into.request.Success)},
			key{"mode", optional, choice(&into.mode, schemas.Modes()...)},
			key{"scope", optional, text(&into.scope)},
			key{"delimiter", optional, delimiter(&into.delimiter)},
			key{"encoding", optional, encoding(&into.encoding)},
			key{"sheet", optional, text(&into.sheet)},
			key{"complete", optional, complete(&into.complete)},
		)(d, name, at, n)
	}
}

// Of interfaces: how far back they are asked for, and how many rows a page may have.
const (
	maxDays = 366
	maxSize = 10_000
)

// delimiter reads the character between two fields; it may be white space.
func delimiter(into *format.Delimiter) reader {
	return func(d *document, name string, at spot, n ast.Node) {
		value, _ := scalarToken(n)
		read, err := format.ParseDelimiter(value)
		if err != nil || value == "" {
			d.report(at, fmt.Sprintf("“%s”应是一个半角标点，或者 tab", name), "常用的有：\",\"、tab、\"|\"、\";\"；不写则自动识别")
			return
		}
		*into = read
	}
}

// encoding reads the name of a text encoding.
func encoding(into *format.Encoding) reader {
	return func(d *document, name string, at spot, n ast.Node) {
		value, ok := d.word(name, at, n)
		if !ok {
			return
		}
		read, err := format.ParseEncoding(value)
		if err != nil {
			d.report(at, fmt.Sprintf("“%s”不能是“%s”", name, value), "可用的有：utf-8、gb18030（即 GBK）、utf-16le、utf-16be；不写则自动识别")
			return
		}
		*into = read
	}
}

// maxLeast is more enterprises than a nation has.
const maxLeast = 1_000_000_000

// maxWards is the greatest number of wards of one home: 1,000 blocks of 65,536.
const maxWards = 1000

// wards reads a table from homes, six digits each, to the number of parts each is divided into.
func wards(into *map[string]int) reader {
	return func(d *document, name string, at spot, n ast.Node) {
		pairs, ok := entries(n)
		if !ok {
			d.wrongShape(at, "“"+name+"”", "若干“行政区划代码: 片数”", n)
			return
		}
		*into = map[string]int{}
		for _, p := range pairs {
			home, _ := keyText(p.Key)
			where := d.spot(p.Key)
			if _, err := strconv.ParseUint(home, 10, 32); err != nil || len(home) != 6 {
				d.report(where, fmt.Sprintf("“wards”的键“%s”应是六位行政区划代码", home), "")
				continue
			}
			if _, twice := (*into)[home]; twice {
				d.report(where, fmt.Sprintf("键“%s”重复", home), "删去其中一个")
				continue
			}
			var number int
			count(&number, 1, maxWards)(d, home, d.valueSpot(p), p.Value)
			(*into)[home] = number
		}
	}
}
