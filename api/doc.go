// Package api speaks JSON over HTTP to people's browsers and to other
// programs: sessions, enforcement of akhra.May, uploads, leases, answers,
// server-sent events and exports. It decides nothing about truth, order or
// models; it asks the store and the engine's rooms.
//
//	handler := api.New(door.Config{DB: db, Engine: e, Blobs: blobs, ...}, web.Handler())
//	http.ListenAndServe(addr, handler)
//
// Its rooms are packages by noun beside it. Every operation stands in the table of
// door/permission.go with the act it needs;
// one that does not is refused at start. The organisation always comes from
// the session; whatever belongs to another one does not exist.
package api
