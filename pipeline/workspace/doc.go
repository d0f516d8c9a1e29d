// Package workspace loads and checks the folder a site keeps: everything that is decided there, as text.
//
//	zhida.yaml        name, store, key, sources of deliveries
//	datasets/*.yaml   one document per dataset
//	tags.yaml         attributes and tags
//	policies/*.yaml   one policy with its items per file
//	codes/*.csv       additions to the region and industry tables
//
// The people who write these files are operators and policy officers, so Load finds every fault of every file in one
// go, says in Chinese what is wrong, points at the place with line and column, and suggests what was meant.
//
// A file goes through three steps. textfile.go checks that it is text; document.go, node.go, object.go and scalar.go
// are a small strict decoder over the YAML tree, and config.go, dataset.go, tags.go and policy.go are the documents
// written as tables of keys; the check_*.go files check what a single value cannot show: names that must be unique,
// references that must lead somewhere, conditions that must compile. Conditions stand inside YAML scalars of any
// style; place.go follows each of their characters back into the file.
//
// Policies also go the other way: policy_text.go writes a policy's file in its canonical form, canonical.go brings the
// conditions into theirs, and revise.go puts policies that come from elsewhere into the workspace, checks all of it, and
// writes the files that change.
package workspace
