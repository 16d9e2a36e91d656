// Package sim replays recorded or simulated answers through the engine, so
// through the server's own queue, consensus and loop, over SQLite in a
// temporary folder and a virtual clock (learning.md 14). The true class
// decides only the score.
//
//	result, err := sim.Run(ctx, sim.Options{Images: dir, Labels: csv, Strategy: "margin", Target: 0.95, Seed: 1})
package sim
