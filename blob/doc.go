// Package blob keeps bytes in files: pictures under their SHA-256, and the
// vectors of a project's pictures.
//
// A blob is durable when Put returns: the bytes are written beside their
// place, synced, renamed, and the folders synced. Get verifies what it reads,
// so a rotten file is an error and never a wrong picture. Vector files can be
// computed again and belong in no backup.
package blob
