package project

import "akhra.dev/akhra/api/door"

// room is what the operations of this package share.
type room struct {
	*door.Door
	feeds *feeds
}

// Route serves the operations of this package.
func Route(d *door.Door) {
	a := &room{Door: d, feeds: newFeeds(d.DB)}
	a.routeEvents()
	a.routeFamily()
	a.routeGuideline()
	a.routeJobs()
	a.routeNetworks()
	a.routeProgress()
	a.routeExplain()
	a.routeClasses()
	a.routeProjects()
	a.routeState()
	a.routePromise()
}
