package export

// PlainText is a text that no spreadsheet takes for a formula, as cells of CSV have it: see formulaStarts.
func PlainText(text string) string { return plain(text) }
