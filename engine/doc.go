// Package engine joins the store, the rooms, the log's consumers, the job
// runner, the sweeper and the clock. serve, demo, simulate and tests all run
// the platform through it; it holds no rules of its own.
//
//	e := engine.New(engine.Config{DB: db, Blobs: blobs})
//	go e.Run(ctx)
//	err := e.Drain(ctx) // every consumer at the head, training idle
package engine
