//go:build linux

// Command faults breaks a real Akhra in every way a village can and accounts
// for each answer: killed processes, power cuts, disks that fail, fill up, rot
// or lie, lines that repeat and reorder, clocks that jump. `make faults` runs
// it; each fault prints one line of JSON, and the exit code is 1 when anything
// acknowledged was lost, counted twice or served damaged.
//
// Its own eyes are tested, too: each control breaks the product on purpose (a
// disk that lies about fsync, commits that are not synced, pictures that are
// not synced, answers without identity), and a control that is not caught
// fails the run. What is broken is the source, at build time, by an overlay:
// the product has no switch for it.
//
// It needs Linux 5.19, the Go tool and its own source; power cuts and full
// disks need root and loop devices.
package main
