// Package backup copies a data folder while people work, and proves that a copy
// is one: the database first, then every blob there is, which includes all that
// it names, then a manifest that makes the copy a backup. Blobs lie in a
// backup's folder once, however many snapshots name them, so that the next
// snapshot costs only what is new. The data folder remembers its last backup and
// the last one that was restored and compared.
//
//	OUT/blobs/ab/cd/SHA256
//	OUT/20260102-150405/akhra.db  ca.key ...  manifest.json
package backup
