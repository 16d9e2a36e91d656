package project

import (
	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/portrait"
)

// room is what the operations of this package share.
type room struct {
	*door.Door
	reports *door.Kept[akhra.Tenant, portrait.Report]
	feeds   *feeds
}

// Route serves the operations of this package.
func Route(d *door.Door) {
	a := &room{Door: d, reports: door.Keep[akhra.Tenant, portrait.Report](d.Now, 0), feeds: newFeeds(d.DB)}
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
