// Package deliver hands out what a project made: its classes and answers as tables, the
// certificate, the taught model.
//
//	deliver.Route(d) // serves its operations at the door
package deliver
