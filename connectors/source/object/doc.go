// Package object is the source that is a bucket of an object store: one that speaks the protocol of Amazon S3, or Alibaba Cloud's
// OSS.
//
// OSS speaks that protocol too, with signatures of version 4 (its documentation, "S3 API on OSS: supported operations", has
// ListObjectsV2, GetObject and HeadObject), so one client serves both, and is tested against a real server; the signature of OSS's own
// protocol is one that no server for tests checks. The two differ in how a bucket is addressed: S3's as the first part of the path,
// which every server understands; OSS's as the first part of the host's name, as OSS takes nothing else.
//
// The place is what lies below a prefix, and what stands between two '/' of a key is a folder, listed by itself. An object is replaced
// as a whole, and its entity tag becomes another when the content does: that is the Version, and a part of an object is asked for only
// if the tag is still the same. Each call has connections of its own; nothing is held open in between. The client's own retries and
// redirects are switched off: connectors/source/retry tries again, and nobody but the server that the site names is spoken to.
package object
