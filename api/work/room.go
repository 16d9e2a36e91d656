package work

import (
	"akhra.dev/akhra/api/door"
)

// room is what the operations of this package share.
type room struct {
	*door.Door
	parts *door.Kept[partOf, part]
}

// Route serves the operations of this package.
func Route(d *door.Door) {
	a := &room{d, door.Keep[partOf, part](d.Now, partRest)}
	a.routeGrid()
	a.routeLease()
	a.routePacks()
	a.routeOutbox()
	a.routeSkills()
	a.routeSync()
	a.routeWork()
}
