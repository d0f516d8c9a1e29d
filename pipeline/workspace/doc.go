// Package workspace loads and checks the folder a site keeps: everything that is decided there, as text.
//
//	zhida.yaml        name, store, key, sources of deliveries
//	datasets/*.yaml   one document per dataset
//	tags.yaml         attributes from sources and derived ones, tags, parameters, catalogs
//	policies/*.yaml   one policy with its items per file
//	codes/*.csv       additions to the region and industry tables
//
// The people who write these files are operators and policy officers, so Load finds every fault of every file in one
// go, says in Chinese what is wrong, points at the place with line and column, and suggests what was meant.
//
// A file goes through three steps. textfile.go checks that it is text; document.go, node.go, object.go and scalar.go
// are a small strict decoder over the YAML tree, and config.go, dataset.go, tags.go, policy.go and item.go are the
// documents written as tables of keys; the check_*.go files check what a single value cannot show: names that must be
// unique, references that must lead somewhere.
//
// Then the texts in the condition language are compiled, in the order in which they use one another: param.go and
// catalog.go, derived.go, tag_order.go, and compile_policy.go, which joins the scope of a policy and the gates of an item.
// They stand inside YAML scalars of any style; place.go follows each of their characters back into the file, and
// glued.go keeps the places of texts put together. What uses a definition that is wrong says nothing (doubt.go).
//
// The other way: reformat.go and edit.go bring the texts of files into their canonical form and touch nothing else;
// revise.go puts whole policies in, written by policy_text.go.
//
// A night keeps the files it was judged by (definitions.go); definitions_part.go tells what two nights' say differently and
// loads one part of the one with the rest of the other.
package workspace
