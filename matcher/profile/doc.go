// Package profile holds what is known of a block of enterprises at one business date: a typed column per attribute,
// with where each value came from and when it was last confirmed; tags as yes/no/unknown; the rows of datasets that have
// many per enterprise; and which of the block's enterprises are living.
//
// Build makes a block from the current rows of its datasets. WriteAttributes and ReadBlock keep the attributes as one
// group of a Parquet file, Bitmaps keeps tags and verdicts as roaring bitmaps of whole nights.
//
// Nothing here depends on today. An attribute lists its sources in order and the first that knows wins, but whether a
// source still knows depends on its shelf life and the day it is asked; so an attribute keeps, per door, the value of
// the first source that has one, beneath it that of the second, and so on (Layers), and Attribute.On picks by the day.
// Where two of them are in date and differ, Block.Conflicts tells, for the departments to settle.
package profile
