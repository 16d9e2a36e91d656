// Package load lets many people answer at once and measures what a server
// makes of it: how long each waited, how many answers a second are durable,
// what an answer costs in bytes, and whether all that was acknowledged is there
// once.
//
//	plan := load.Plan{Rate: 5000, Length: 10 * time.Second, Think: 3 * time.Second, Connections: 64, Listeners: 1000, Seed: 1}
//	target, err := load.Furnish(ctx, db, org, plan) // or a server that runs already
//	result, err := load.Run(ctx, target, plan)
//
// Arrivals are open-loop: a person's next answer falls due when she has thought,
// whatever became of the last one, and its time counts from there. A server
// that stalls is charged for everybody who had to wait.
//
// The people: each leases ten pictures ahead, thinks lognormally long (sigma
// 0.6) and sends one answer a request; one in fifty takes an answer back within
// five seconds; one in twenty is without a network for a part of the time and
// one site in ten loses all its devices together, and what they answered comes
// in a burst; one manager in fifty people looks at her project's page. Pictures
// have rows and no bytes, and everybody is signed in before the start.
package load
