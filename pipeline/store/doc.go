// Package store keeps the artefacts of a workspace: files that are written once, named by their content and visible
// only through the manifest of a night that names them.
//
// A store is a folder:
//
//	landing/3f/3f9c….csv.age   an artefact: kind / first two digits / checksum . extension; .age if it is sealed
//	nights/2026-06-15/…json    manifests, and under units/ what the finished units of a running night put out
//	tmp/                       drafts, and scratches (stores over this one); whatever a killed process left here is swept
//	                           when the store is next opened
//	lock                       held (flock) by the process that runs a night, with its process number inside
//	key.txt                    the public half of the key the sealed artefacts belong to
//
// An artefact is drafted in tmp, synced, renamed to its name, and its folder synced, before its Ref is handed out.
// So a Ref that was handed out outlives a power cut, and a crash leaves nothing under an artefact's name. The same
// content always gets the same name and Ref, whichever process wrote it and however often.
//
// Sealed artefacts are encrypted with age (https://age-encryption.org/v1) to the workspace's X25519 key and named by
// HMAC-SHA256 of their plaintext under a key derived from it by HKDF-SHA256 (RFC 5869): the name is the same on every
// run though the ciphertext is not, and does not tell which public file is inside. The command `age -d -i KEYFILE`
// opens one without zhida.
//
// Size and checksum are checked before an artefact is first read. What fails is ErrDamaged, and the message names the
// file and says what to do. Writing the same artefact again mends it.
package store
