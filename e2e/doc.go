// Package e2e holds tests of the whole product: the real binary, its real
// HTTP server and store, and real Chromium. There is nothing to import.
package e2e
