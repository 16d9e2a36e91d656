// Package loop is the learner of a project: it turns pictures into vectors,
// decides when to train, trains a head whose say on an answered picture never
// comes from that picture's own answers, and orders the tasks by what teaches
// most. It stores heads, versions and out-of-fold probabilities; it never
// writes answers or posteriors. Predictions and the order of tasks live in
// memory and are rebuilt from the store after a restart.
//
//	room := loop.New(db, blobs, networks, time.Now, log)
//	err := room.Vectors(ctx, tenant, progress)
//	err = room.Train(ctx, tenant)
package loop
