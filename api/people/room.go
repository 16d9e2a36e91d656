package people

import "akhra.dev/akhra/api/door"

// room is what the operations of this package share.
type room struct {
	*door.Door
	passwords *passwords
}

// Route serves the operations of this package.
func Route(d *door.Door) {
	a := &room{Door: d, passwords: newPasswords(d.Now, d.Chance)}
	a.routeDevices()
	a.routeInstall()
	a.routeLinks()
	a.routeMe()
	a.routeMembers()
	a.routePeople()
	a.routePIN()
	a.routeSession()
	a.routeSessions()
}
