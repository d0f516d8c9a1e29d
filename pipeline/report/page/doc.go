// Package page makes the pages that people read: the run report an operator opens in the morning, its short form for a
// night that is held, and the clear card and guide of each item (明白卡, 办事指南) with their index.
//
// A page is one HTML file that needs no network, no script and no file beside it: fonts are the reader's own, pictures
// stand in it as SVG, and its policy (Content-Security-Policy) forbids to load anything. Scripts only add the sorting
// of a table. Each page reads on a phone and prints on A4.
//
//	run.go run_*.go    a night's summary -> what the run report says, section by section
//	held.go            why a night is held, and what to do
//	guide.go clause.go an item -> its card and guide
//	words.go           the words of a summary in Chinese
//	number.go          how numbers and their origin in summary.json are written
//	render.go          templates and styles, in template/
//
// Each number that stands in summary.json carries its name there (data-of), so that a test can hold the two together.
package page
