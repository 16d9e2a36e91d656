// Package door is the way in to the API: the one table of operations, who
// calls and whether she may, problems, the guard before every request, and the
// few views that several rooms show. It serves nothing itself.
//
//	d := door.Open(door.Config{DB: db, Engine: e, Blobs: blobs, ...})
//	door.Register(d, "projects", handler) // typed; d.Plain for streams and uploads
package door
