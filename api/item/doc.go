// Package item speaks of pictures over HTTP: bringing one in, showing it and what is known
// of it, gold, those that look alike, and what people could not settle.
//
//	item.Route(d) // serves its operations at the door
package item
