// Package sim replays recorded or simulated answers through the engine, so
// through the server's own ranking, consensus and loop, over SQLite in a
// temporary folder and a virtual clock (docs/LEARNING.md 6). The true class
// decides only the score.
//
//	result, err := sim.Run(ctx, sim.Options{Images: dir, Labels: csv, Strategy: "full", Target: 0.95, Seed: 1})
//
// Simulated and nameless people take what the queue leases them. People whose
// names are recorded can only answer as they did: the ranking says which task
// comes next, the recording, shuffled by the seed, who answers it.
package sim
