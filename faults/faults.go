//go:build linux

package main

import (
	"akhra.dev/akhra/faults/gate"
	"akhra.dev/akhra/faults/weak"
	"akhra.dev/akhra/history"
)

// faults is everything that is tried, in this order.
var faults = []fault{
	{name: "kill", do: func(r *run, binary string) (history.Account, int, error) { return r.kill(binary, r.size.kills) }},
	{name: "power-cut", root: true, do: func(r *run, binary string) (history.Account, int, error) {
		sum, err := r.power(binary, r.size.cuts, nil)
		return sum, r.size.cuts, err
	}},
	{name: "each-call-killed", do: func(r *run, binary string) (history.Account, int, error) { return r.points(binary, killed) }},
	{name: "each-call-EIO", do: func(r *run, binary string) (history.Account, int, error) { return r.points(binary, ioError) }},
	{name: "each-call-ENOSPC", do: func(r *run, binary string) (history.Account, int, error) { return r.points(binary, noSpace) }},
	{name: "disk-full", root: true, do: func(r *run, binary string) (history.Account, int, error) {
		sum, err := r.full(binary, r.size.fills)
		return sum, r.size.fills, err
	}},
	{name: "rot", do: func(r *run, binary string) (history.Account, int, error) {
		sum, err := r.rot(binary)
		return sum, 1, err
	}},
	{name: "bad-line", do: func(r *run, binary string) (history.Account, int, error) {
		sum, err := r.resend(binary, r.size.resends)
		return sum, r.size.resends, err
	}},
	{name: "sync-one-device", do: func(r *run, _ string) (history.Account, int, error) {
		sum, err := r.sync(r.size.syncs, 1)
		return sum, r.size.syncs, err
	}},
	{name: "sync-two-devices", do: func(r *run, _ string) (history.Account, int, error) {
		sum, err := r.sync(r.size.syncs, 2)
		return sum, r.size.syncs, err
	}},
	{name: "clock-jumps", do: func(r *run, _ string) (history.Account, int, error) {
		sum, err := r.clock(r.size.clocks)
		return sum, r.size.clocks, err
	}},
	{name: "answers-without-identity", control: true, weak: weak.Forgetful, do: func(r *run, binary string) (history.Account, int, error) {
		sum, err := r.resend(binary, controlResends)
		return sum, controlResends, err
	}},
	{name: "disk-that-lies", root: true, control: true, do: func(r *run, binary string) (history.Account, int, error) {
		sum, err := r.power(binary, controlCuts, func(c gate.Call) bool { return c.Name == "fsync" })
		return sum, controlCuts, err
	}},
	{name: "commits-synced-late", root: true, control: true, weak: weak.SyncedLate, do: func(r *run, binary string) (history.Account, int, error) {
		sum, err := r.power(binary, controlCuts, nil)
		return sum, controlCuts, err
	}},
	{name: "pictures-not-synced", root: true, control: true, weak: weak.PictureUnsynced, do: func(r *run, binary string) (history.Account, int, error) {
		sum, err := r.power(binary, controlCuts, nil)
		return sum, controlCuts, err
	}},
}

// How often the power is cut in a control, and how many answers travel.
const (
	controlCuts    = 3
	controlResends = 200
)
