// Package work speaks of an annotator's work over HTTP: leases and packs, the answers of a device,
// what she did herself and how well people answer.
//
//	work.Route(d) // serves its operations at the door
package work
