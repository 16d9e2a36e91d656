// Package ingest brings pictures in: one upload, a zip or a folder become
// items with upright variants. Each picture is judged by its header before
// anything is decoded, is known by the SHA-256 of its bytes, and a picture
// that cannot be taken is refused with a sentence while the rest goes on. An
// import that was cut off is simply started again: what is known costs a hash.
package ingest
