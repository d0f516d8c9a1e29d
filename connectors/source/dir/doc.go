// Package dir is the source that is a folder: the exchange platform, a mount or an upload page puts files there.
//
// Everything is opened below an os.Root, so no name leads out of the folder, whatever changes between listing and
// opening. Links and other files that are not regular ones are listed with the reason and never opened.
package dir
