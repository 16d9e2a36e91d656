// Package people speaks of people over HTTP: signing in and out, one-time links, who belongs
// to the organisation and what she may do.
//
//	people.Route(d) // serves its operations at the door
package people
