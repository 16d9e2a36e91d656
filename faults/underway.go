//go:build linux

package main

import (
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// kinds is the work that a kill has to hit, each at least once.
var kinds = []string{"answer", "upload", "export", "retrain", "erase"}

// requests are those on their way. One that was begun before a kill and never
// answered was under way when it came.
type requests struct {
	mu  sync.Mutex
	all map[*request]bool
	cut map[string]bool // kinds that the last kill cut off
}

type request struct {
	kind   string
	struck bool
}

func (q *requests) begin(path string) *request {
	r := &request{}
	for kind, part := range map[string]string{"answer": "/api/sync", "upload": "/pictures?", "export": "/export?"} {
		if strings.Contains(path, part) {
			r.kind = kind
		}
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.all == nil {
		q.all = map[*request]bool{}
	}
	q.all[r] = true
	return r
}

func (q *requests) end(r *request, err error) {
	_, answered := errors.AsType[asked](err)
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.all, r)
	if r.struck && r.kind != "" && err != nil && !answered {
		q.cut[r.kind] = true
	}
}

// strike marks what is under way now.
func (q *requests) strike() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.cut = map[string]bool{}
	for r := range q.all {
		r.struck = true
	}
}

// underWay is what the last kill hit; model is the version of the one a
// retrain was seen to replace just before it, 0 when none was seen. A retrain
// was cut off when the disk has no newer one; an erasing, when it has the
// project still. Everybody must have rested since the kill.
func (h *house) underWay(model int) (map[string]bool, error) {
	h.requests.mu.Lock()
	hit := h.requests.cut
	h.requests.mu.Unlock()
	var newest, erasing int
	err := h.look(func(db *sql.DB) error {
		return db.QueryRow("SELECT (SELECT COALESCE(MAX(version), 0) FROM model WHERE project = $1), (SELECT COUNT(*) FROM project WHERE state = 'erasing')", h.project).Scan(&newest, &erasing)
	})
	hit["retrain"] = model > 0 && newest == model
	hit["erase"] = erasing > 0
	return hit, err
}

// look reads the database file of a house that no server holds.
func (h *house) look(ask func(*sql.DB) error) error {
	db, err := sql.Open("sqlite", "file:"+filepath.Join(h.data, "akhra.db")+"?mode=ro")
	if err != nil {
		return err
	}
	return errors.Join(ask(db), db.Close())
}

// workPatience is how long a server may take for its own work on a machine that
// others use, too.
const workPatience = 5 * time.Minute

// teach lets people answer until there is a model, so that more answers teach
// it again.
func (h *house) teach() error {
	stop := make(chan struct{})
	var all sync.WaitGroup
	for _, w := range h.workers {
		all.Go(func() { w.work(stop) })
	}
	_, err := h.await(workPatience, func(m model) bool { return m.Version > 0 })
	close(stop)
	all.Wait()
	if err != nil {
		return fmt.Errorf("the model was never taught: %w", err)
	}
	return nil
}

type model struct {
	Version  int
	Training bool
}

// await asks for the model until it is as wanted.
func (h *house) await(patience time.Duration, wanted func(model) bool) (model, error) {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(time.Millisecond) {
		var now struct{ Model model }
		if err := h.owner.json("GET", "/api/projects/"+h.project+"/progress", nil, &now); err == nil && wanted(now.Model) {
			return now.Model, nil
		}
	}
	return model{}, errors.New("it did not come about in time")
}
