// Package browser looks at the pages of a night with a real browser: headless Chromium, driven over a pipe, as its
// DevTools protocol has it. Its tests (make browser) open the reports that make run has left and check what only a browser
// can tell: that nothing is fetched, no script complains, nothing is wider than a phone, and no printed page is empty.
// The program shoot takes the pictures of the README.
//
// It is a package of its own beside the tests of ./..., because those need no browser.
package browser
