// Package consensus turns the answers of a project into its inferred truth. It
// follows the log: an answer moves the posterior of its task and what is known
// of its annotators at once, a correction or an undo moves them back. A new
// model, or enough new answers, make a fit over all answers due; it works on a
// copy, beside the answering, and is swapped in whole. Known answers and
// reviews are fixed points of every fit. It is the only room that runs package
// truth over stored answers, and it decides when a task has been asked enough.
//
//	room := consensus.New(db, log)
//	err := room.Apply(ctx, events)
//	for room.Due(tenant) {
//		err = room.Fit(ctx, tenant)
//	}
package consensus
