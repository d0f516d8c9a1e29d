package files

import "embed"

//go:embed *.schema.json
var schemas embed.FS

// Ending is the ending of a schema's file name.
const Ending = ".schema.json"

// Names lists the kinds of files that have a schema: zhida for zhida.yaml, dataset, tags, policy.
func Names() []string { return []string{"zhida", "dataset", "tags", "policy"} }

// Schema is the schema of a kind of files, as JSON; false if there is none of that name.
func Schema(name string) ([]byte, bool) {
	text, err := schemas.ReadFile(name + Ending)
	return text, err == nil
}
