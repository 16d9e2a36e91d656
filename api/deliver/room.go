package deliver

import "akhra.dev/akhra/api/door"

// room is what the operations of this package share.
type room struct {
	*door.Door
}

// Route serves the operations of this package.
func Route(d *door.Door) {
	a := &room{d}
	a.routeExport()
	a.routeFamily()
	a.routeDatasets()
	a.routeModel()
}
