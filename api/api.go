package api

import (
	"net/http"
	"sync"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/connect"
	"akhra.dev/akhra/api/deliver"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/api/item"
	"akhra.dev/akhra/api/people"
	"akhra.dev/akhra/api/project"
	"akhra.dev/akhra/api/table"
	"akhra.dev/akhra/api/upkeep"
	"akhra.dev/akhra/api/work"
)

// API answers HTTP. Make it with New.
type API struct {
	*door.Door
	chain http.Handler
}

// New joins every operation of the table to its handler; web is the browser
// app and gets what no operation takes. It panics when a handler is missing:
// that is a fault of this package, found by any test.
func New(c door.Config, web http.Handler) *API {
	a := &API{Door: door.Open(c)}
	a.routeHealth()
	a.routeDocument()
	people.Route(a.Door)
	project.Route(a.Door)
	item.Route(a.Door)
	work.Route(a.Door)
	deliver.Route(a.Door)
	table.Route(a.Door)
	connect.Route(a.Door)
	upkeep.Route(a.Door)
	if err := a.Complete(); err != nil {
		panic(err)
	}
	a.Mux.HandleFunc("/api/", func(w http.ResponseWriter, _ *http.Request) {
		door.Refuse(w, door.ProblemFor(http.StatusNotFound))
	})
	if web != nil {
		a.Mux.Handle("/", web)
	}
	a.chain = a.Guard(a.Mux)
	return a
}

// ServeHTTP answers one request from the network.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.chain.ServeHTTP(w, r) }

// routeDocument serves the description of every operation, made at the first
// request.
func (a *API) routeDocument() {
	text := sync.OnceValues(a.Document)
	a.Plain("document", func(w http.ResponseWriter, _ *http.Request) error {
		body, err := text()
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", door.JSONType)
		_, err = w.Write(body)
		return err
	}, door.BytesOut(door.JSONType))
}

func (a *API) routeHealth() {
	a.Plain("traffic", func(w http.ResponseWriter, _ *http.Request) error {
		door.WriteJSON(w, http.StatusOK, door.JSONType, a.Traffic.View())
		return nil
	}, door.Answers[door.TrafficView](a.Door))
	ok := func(w http.ResponseWriter, _ *http.Request) error {
		door.WriteJSON(w, http.StatusOK, door.JSONType, map[string]bool{"ok": true})
		return nil
	}
	a.Plain("live", ok, door.Answers[map[string]bool](a.Door))
	a.Plain("ready", func(w http.ResponseWriter, r *http.Request) error {
		switch {
		case a.Leaving.Load():
			return akhra.Errorf(akhra.Unavailable, "The server is stopping. Please try again in a moment.")
		case a.DB.DiskLow():
			return akhra.Errorf(akhra.Unavailable, "The disk is nearly full. What was stored is safe; this could not be stored yet and will be tried again.")
		}
		if done, total, over := a.Engine.Filling(); !over {
			return akhra.Errorf(akhra.Unavailable, "The server has started and reads its pictures: %d of %d. Answers are taken already.", done, total)
		}
		if _, err := a.DB.Head(r.Context(), a.Org.ID); err != nil {
			return akhra.Errorf(akhra.Unavailable, "The store does not answer.")
		}
		return ok(w, r)
	}, door.Answers[map[string]bool](a.Door))
}
