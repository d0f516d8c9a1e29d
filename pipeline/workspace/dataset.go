package workspace

import (
	"github.com/goccy/go-yaml/ast"

	"zhida/schemas"
)

// datasetFile is datasets/<name>.yaml as read.
type datasetFile struct {
	*document
	schemas.Dataset
	bounds []bounds // one per field
}

// bounds are a field's limits as written; what they mean depends on the field's type and unit.
type bounds struct{ low, high string }

// readDataset reads the document of one dataset. In it, every list of the dataset has the index of the file's list.
func readDataset(name string, data []byte) *datasetFile {
	f := &datasetFile{document: parseDocument(name, data)}
	if f.root == nil {
		return f
	}
	var fields []fieldDraft
	d := &f.Dataset
	d.Gates = schemas.DefaultGates()
	object("数据类文件",
		key{"name", required, text(&d.Name)},
		key{"title", required, text(&d.Title)},
		key{"role", required, choice(&d.Role, schemas.RoleRegistration, schemas.RoleFacts, schemas.RoleContacts, schemas.RoleCrosswalk, schemas.RolePayments)},
		key{"owner", required, text(&d.Owner)},
		key{"list", required, choice(&d.List, schemas.ListOpen, schemas.ListComplete)},
		key{"shelf", optional, span(&d.Shelf)},
		key{"vouch", optional, truth(&d.Vouch)},
		key{"code", required, texts(&d.Code.Columns)},
		key{"key", optional, texts(&d.Key)},
		key{"year", optional, text(&d.Year)},
		key{"scope", optional, text(&d.Scope)},
		key{"operation", optional, operation(&d.Op)},
		key{"duplicates", optional, object("“duplicates”",
			key{"prefer", required, text(&d.Keep.Prefer)})},
		key{"living", optional, living(&d.Living)},
		key{"new_code", optional, text(&d.NewCode)},
		key{"supplement", optional, text(&d.Supplement)},
		key{"paid", optional, paid(&d.Paid)},
		key{"gates", optional, gates(&d.Gates)},
		key{"fields", required, list(&fields, field)},
	)(f.document, "", spot{}, f.root)
	for _, field := range fields {
		d.Fields = append(d.Fields, field.Field)
		f.bounds = append(f.bounds, field.bounds)
	}
	return f
}

func operation(into **schemas.Operation) reader {
	return func(d *document, name string, at spot, n ast.Node) {
		*into = &schemas.Operation{}
		object("“operation”",
			key{"columns", required, texts(&(*into).Columns)},
			key{"delete", required, texts(&(*into).Delete)},
			key{"upsert", optional, texts(&(*into).Upsert)},
			key{"column", optional, choice(&(*into).Column, schemas.ColumnOptional, schemas.ColumnRequired)},
		)(d, name, at, n)
	}
}

func living(into **schemas.Living) reader {
	return func(d *document, name string, at spot, n ast.Node) {
		*into = &schemas.Living{}
		object("“living”",
			key{"field", required, text(&(*into).Field)},
			key{"closed", required, texts(&(*into).Closed)},
		)(d, name, at, n)
	}
}

func paid(into **schemas.Paid) reader {
	return func(d *document, name string, at spot, n ast.Node) {
		*into = &schemas.Paid{}
		object("“paid”",
			key{"item", required, text(&(*into).Item)},
			key{"date", required, text(&(*into).Date)},
		)(d, name, at, n)
	}
}

// fieldDraft is one field as read.
type fieldDraft struct {
	schemas.Field
	bounds
}

// field reads one field. Its column is required of a delivery if each row must have a value, else optional.
func field(into *fieldDraft) reader {
	return func(d *document, name string, at spot, n ast.Node) {
		f := &into.Field
		object("字段",
			key{"name", required, text(&f.Name)},
			key{"columns", optional, texts(&f.Columns)},
			key{"type", required, choice(&f.Type, fieldTypes...)},
			key{"unit", optional, text(&f.Unit)},
			key{"scale", optional, count(&f.Scale, 0, maxScale)},
			key{"personal", optional, choice(&f.Personal, schemas.PersonalAlways, schemas.PersonalSoleTrader)},
			key{"column", optional, choice(&f.Column, schemas.ColumnOptional, schemas.ColumnRequired)},
			key{"required", optional, truth(&f.Required)},
			key{"values", optional, list(&f.Values, value)},
			key{"min", optional, text(&into.low)},
			key{"max", optional, text(&into.high)},
			key{"pattern", optional, text(&f.Pattern)},
			key{"address", optional, texts(&f.Address)},
			key{"empty", optional, texts(&f.Empty)},
		)(d, name, at, n)
		if f.Column == "" {
			f.Column = schemas.ColumnOptional
			if f.Required {
				f.Column = schemas.ColumnRequired
			}
		}
	}
}

// maxScale keeps 12 digits before the point in an int64.
const maxScale = 6

var fieldTypes = []schemas.FieldType{
	schemas.FieldText, schemas.FieldDate, schemas.FieldNumber, schemas.FieldMoney,
	schemas.FieldRegion, schemas.FieldIndustry, schemas.FieldTruth, schemas.FieldPhone,
}

// value reads a member of a closed list: a word, or a word with its spellings.
func value(into *schemas.Value) reader {
	return func(d *document, name string, at spot, n ast.Node) {
		if _, table := entries(n); !table {
			text(&into.Name)(d, name, at, n)
			return
		}
		object("“values”的一项",
			key{"name", required, text(&into.Name)},
			key{"spellings", optional, texts(&into.Spellings)},
		)(d, name, at, n)
	}
}
