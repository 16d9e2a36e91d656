//go:build linux

package main

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"akhra.dev/akhra/faults/gate"
)

func TestMain(m *testing.M) {
	gate.Through()
	os.Exit(m.Run())
}

// TestEveryFaultCostsNothingAndEveryControlIsCaught tries everything a little;
// `make faults` tries it long.
func TestEveryFaultCostsNothingAndEveryControlIsCaught(t *testing.T) {
	var lines bytes.Buffer
	err := breakAll(&lines, os.Stderr, "..", "", 1, least)
	t.Log("\n" + lines.String())
	if err != nil {
		t.Fatal(err)
	}
	if os.Getuid() != 0 {
		if os.Getenv("CI") == "true" {
			t.Fatal("power cuts and full disks need root")
		}
		t.Skip("power cuts and full disks need root; the rest was tried")
	}
	for n, all := 0, json.NewDecoder(&lines); ; n++ {
		var one line
		if err := all.Decode(&one); err != nil {
			if n != len(faults) {
				t.Errorf("%d lines for %d faults: %v", n, len(faults), err)
			}
			return
		}
		if one.Acked == 0 && !one.Control {
			t.Errorf("%s: nothing was acknowledged, so nothing could be lost", one.Fault)
		}
	}
}
