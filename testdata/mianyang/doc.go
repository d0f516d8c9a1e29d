// Package mianyang is the sample's definitions of datasets, attributes and tags for programs: what invents larger
// workspaces takes them from here, so that there is one truth. README.md tells about the sample itself.
package mianyang
