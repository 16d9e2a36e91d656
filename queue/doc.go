// Package queue decides which task goes to whom: leases of half an hour, an
// open place for every answer a task still wants, an order it is given by a
// Ranking, and tasks with a known answer mixed in, which look like all others. It keeps only the leases that are open now in memory, so a lease
// costs one short transaction however large the project is.
//
//	room := queue.New(db, ranking, time.Now, log)
//	assignments, err := room.Lease(ctx, tenant, annotator, 10)
package queue
