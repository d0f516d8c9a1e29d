// Package chart draws the pictures of a report as SVG that stands in the page: bars, stacked bars, funnels and lines of
// nights. A picture holds no letters: those are the page's, so that they stay legible at every width, on a phone as on
// paper. Each picture says in words what it shows (its aria-label).
//
// The colours are those of Okabe and Ito, which people with any kind of colour vision tell apart; they differ in
// brightness too, for printers without colour.
package chart
