package object

import (
	"fmt"
	"strings"

	"zhida/connectors/source"
)

// pageKeys is how many keys a server lists at once; none lists more.
const pageKeys = 1000

// read lists a folder. The store has none of its own: one that is not there is empty.
func (c *call) read(folder string) ([]source.Entry, error) {
	l := &listing{prefix: c.bucket.prefix, seen: map[string]bool{}}
	if folder != "." {
		l.prefix += folder + "/"
	}
	for token := ""; ; {
		page, err := c.core.ListObjectsV2(c.bucket.config.Bucket, l.prefix, "", token, "/", pageKeys)
		switch {
		case err != nil:
			return nil, c.known(err)
		case page.Name != c.bucket.config.Bucket: // any other document would pass for the listing of an empty folder
			return nil, fmt.Errorf("the answer is no listing of the bucket %s: see that host is that of the object store", c.bucket.config.Bucket)
		}
		for _, o := range page.Contents {
			err := l.add(o.Key, o.Key, source.Entry{Kind: source.EntryFile, Size: o.Size, Version: strings.Trim(o.ETag, `"`)})
			if err != nil {
				return nil, err
			}
		}
		for _, p := range page.CommonPrefixes {
			if err := l.add(p.Prefix, strings.TrimSuffix(p.Prefix, "/"), source.Entry{Kind: source.EntryFolder}); err != nil {
				return nil, err
			}
		}
		if !page.IsTruncated {
			return l.entries, nil
		}
		if page.NextContinuationToken == token {
			return nil, fmt.Errorf("the server lists the same page of folder %s again and again", folder)
		}
		token = page.NextContinuationToken
	}
}

// listing is what has been listed of a folder.
type listing struct {
	prefix  string
	entries []source.Entry
	seen    map[string]bool
}

// add takes over a key, which path names without what marks a folder.
func (l *listing) add(key, path string, e source.Entry) error {
	name, below := strings.CutPrefix(path, l.prefix)
	switch {
	case key == l.prefix: // some stores keep an object that marks a folder
		return nil
	case !below:
		return fmt.Errorf("asked for what is below %q, the server lists %q", l.prefix, key)
	case l.seen[key]:
		return fmt.Errorf("the server lists %q twice", key)
	}
	l.seen[key] = true
	e.Name = name
	l.entries = append(l.entries, e)
	return nil
}
