package workspace

import (
	"github.com/goccy/go-yaml/ast"

	"zhida/schemas"
)

// tagsFile is tags.yaml as read.
type tagsFile struct {
	*document
	attributes []attributeDraft
	tags       []tagDraft
	params     []paramDraft
	catalogs   []catalogDraft
}

// attributeDraft is an attribute as written. With sources, what it leaves out it takes from the field of the first; with
// a rule, the rule says all.
type attributeDraft struct {
	name       string
	kind       schemas.FieldType
	unit       schemas.Unit
	scale      int // -1: not stated
	values     []string
	bounds     string // a range: [0,)
	sources    []string
	rule       conditionText
	attainable schemas.Attainable
	note       string
}

// tagDraft is a tag as written.
type tagDraft struct {
	schemas.Tag
	rule conditionText
}

// readTags reads tags.yaml.
func readTags(name string, data []byte) *tagsFile { return tagsOf(parseDocument(name, data)) }

func tagsOf(d *document) *tagsFile {
	f := &tagsFile{document: d}
	if f.root == nil {
		return f
	}
	object("标签文件",
		key{"attributes", required, list(&f.attributes, attribute)},
		key{"tags", optional, list(&f.tags, tag)},
		key{"params", optional, list(&f.params, param)},
		key{"catalogs", optional, list(&f.catalogs, catalog)},
	)(f.document, "", spot{}, f.root)
	return f
}

// attributeTypes are the types an attribute can have: those of fields but phone, which no condition may see.
var attributeTypes = []schemas.FieldType{
	schemas.FieldNumber, schemas.FieldMoney, schemas.FieldDate, schemas.FieldRegion,
	schemas.FieldIndustry, schemas.FieldText, schemas.FieldTruth,
}

func attribute(into *attributeDraft) reader {
	return func(d *document, name string, at spot, n ast.Node) {
		into.scale = -1
		object("指标",
			key{"name", required, text(&into.name)},
			key{"type", optional, choice(&into.kind, attributeTypes...)},
			key{"unit", optional, text(&into.unit)},
			key{"scale", optional, count(&into.scale, 0, maxScale)},
			key{"values", optional, texts(&into.values)},
			key{"range", optional, text(&into.bounds)},
			key{"sources", optional, texts(&into.sources)},
			key{"rule", optional, expression(&into.rule)},
			key{"attainable", optional, choice(&into.attainable, schemas.AttainableYes, schemas.AttainableNo)},
			key{"note", optional, text(&into.note)},
		)(d, name, at, n)
	}
}

func tag(into *tagDraft) reader {
	return func(d *document, name string, at spot, n ast.Node) {
		object("标签",
			key{"name", required, text(&into.Name)},
			key{"class", required, choice(&into.Class, schemas.TagCredit, schemas.TagLicence, schemas.TagOperating, schemas.TagLegal)},
			key{"rule", required, expression(&into.rule)},
			key{"attainable", optional, choice(&into.Attainable, schemas.AttainableYes, schemas.AttainableNo)},
			key{"note", optional, text(&into.Note)},
		)(d, name, at, n)
		into.Rule = into.rule.Text
	}
}
