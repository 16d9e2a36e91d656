package house

import (
	"context"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// How memory is kept small on small machines.
const (
	memoryLimit  = 400 << 20 // beyond it the collector works harder
	collectAt    = 100       // percent of growth between collections
	idleTooMuch  = 8 << 20   // unused bytes that are worth giving back
	memoryReview = 15 * time.Second
)

// tuneMemory sets the collector for a server that shares a small machine.
func tuneMemory() {
	debug.SetMemoryLimit(memoryLimit)
	debug.SetGCPercent(collectAt)
}

// giveBackMemory returns what imports and training no longer use to the
// operating system, until ctx ends. It costs one collection every 15 s at most.
func giveBackMemory(ctx context.Context) {
	unused := []metrics.Sample{{Name: "/memory/classes/heap/free:bytes"}, {Name: "/memory/classes/heap/unused:bytes"}}
	review := time.NewTicker(memoryReview)
	defer review.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-review.C:
		}
		metrics.Read(unused)
		if unused[0].Value.Uint64()+unused[1].Value.Uint64() > idleTooMuch {
			debug.FreeOSMemory()
		}
	}
}
