package item

import "akhra.dev/akhra/api/door"

// room is what the operations of this package share.
type room struct {
	*door.Door
}

// Route serves the operations of this package.
func Route(d *door.Door) {
	a := &room{d}
	a.routeBatches()
	a.routeChanges()
	a.routeDoubles()
	a.routeFind()
	a.routeGold()
	a.routeHistory()
	a.routeItems()
	a.routePictures()
	a.routeReviews()
	a.routeSimilar()
	a.routeSuspects()
	a.routeViews()
}
