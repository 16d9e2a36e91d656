// Package loop is the learner of a project: it decides when to train, trains a
// head whose say on an answered picture never comes from that picture's own
// answers, and orders the tasks by what teaches most. The vectors it learns from
// are given to it (package sight). It stores heads, versions and out-of-fold
// probabilities; it never writes answers or posteriors. Predictions and the
// order of tasks live in memory and are rebuilt from the store after a restart.
//
//	room := loop.New(db, blobs, time.Now, log)
//	err := room.Train(ctx, tenant)
//	slots, err := room.Rank(ctx, tenant, 100, annotator)
package loop
