// Package project speaks of projects over HTTP: their classes and rules, their promise and
// its price, how far they are, live, their long jobs, and trained networks.
//
//	project.Route(d) // serves its operations at the door
package project
