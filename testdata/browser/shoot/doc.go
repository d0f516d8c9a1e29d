// Command shoot takes pictures of pages for the README: shoot [-width 1280] [-height 1000] [-id funnel] page.html picture.png.
// With -png it only makes a picture smaller that another program took: shoot -png [-height 1000] big.png picture.png.
package main
