// Package exchange is the source that is the HTTP interface (数据接口) of an exchange platform: JSON, page by page, one request for
// each business date.
//
// The source has no memory. List asks for the first row of each of the last dates, and those that have rows are its objects; Open
// asks for all pages of one and gives its rows as JSON lines. So a night can be repeated, and a late delivery comes by itself.
// Keys of a row are put in order and numbers stay as they are written, so that the same rows are the same bytes.
//
// # Signing
//
// All requests are GET, with the application's id in X-App-Id. With token, the token is in Authorization: Bearer. With hmac there
// are X-Timestamp, milliseconds since 1970, X-Nonce, which is never used twice, and X-Sign: HMAC-SHA256 in lower-case hexadecimal,
// by the key, of these six lines, without a line end after the last:
//
//	GET
//	the path, as it is sent
//	the query, as it is sent: sorted by name
//	the application's id
//	the timestamp
//	the nonce
//
// By the key "secret", the request /api/tax?date=2026-06-15&page=1&size=1000 of app-3701 at 1781488800000 with the nonce
// n-0001 has the sign
// c5524d66ca258f03901605d8679009b18efe893221d44313af8b5e28ef38f51a.
//
// # Drift
//
// Rows that come or go while pages are read move others from page to page: some would be missing, others there twice. The number of
// rows, and the version where the interface has one, must stay the same from page to page; no row may stand on two pages in
// succession; and when all have come, the first page must be what it was. Anything else is source.ErrChanged. A row taken out in
// the middle while another is added behind it is seen by the version only.
//
// # Patience
//
// A page that fails for a reason that may pass is asked for again, four times within half a minute, since nobody else can go on
// in the middle (connectors/source/retry); then all pages are, from the first. A platform that says 429, or 503 with Retry-After,
// is left alone for as long as it asks, five minutes for a page. Redirects are not followed: whoever they lead to would be shown the token.
package exchange
