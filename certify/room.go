package certify

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"akhra.dev/akhra"
)

// Room keeps the promises of every project. It is safe for concurrent use.
type Room struct {
	store Store
	model Model
	judge Judge
	now   func() time.Time
	log   *slog.Logger

	mu       sync.Mutex
	projects map[akhra.Tenant]*watch
}

// watch is what the room remembers of one project. All of it can be found
// again: a project it does not know is looked at whole.
type watch struct {
	mu      sync.Mutex
	drawn   bool // the audit is that of the pictures, classes and rules of now
	seen    bool // nothing happened since the promise was last weighed
	course  course
	outlook Outlook
}

// New makes the room over a store, the model's say and the judges.
func New(store Store, model Model, judge Judge, now func() time.Time, log *slog.Logger) *Room {
	return &Room{store: store, model: model, judge: judge, now: now, log: log, projects: map[akhra.Tenant]*watch{}}
}

func (r *Room) watch(t akhra.Tenant) *watch {
	r.mu.Lock()
	defer r.mu.Unlock()
	w, ok := r.projects[t]
	if !ok {
		w = &watch{}
		r.projects[t] = w
	}
	return w
}

// Notice hears of events; Tend then does what follows from them.
func (r *Room) Notice(events []akhra.Event) {
	for _, e := range events {
		if e.Project == "" {
			continue
		}
		switch e.Kind {
		case akhra.EventItemsAdded, akhra.EventProjectChanged, akhra.EventLabelsChanged:
			w := r.watch(akhra.Tenant{Org: e.Org, Project: e.Project})
			w.mu.Lock()
			w.drawn, w.seen = false, false
			w.mu.Unlock()
		case akhra.EventModelSwapped, akhra.EventConsensus, akhra.EventFitted, akhra.EventReviewSettled, akhra.EventGoldChanged,
			akhra.EventReasked, akhra.EventWithdrawn, akhra.EventItemRemoved, akhra.EventItemRestored:
			w := r.watch(akhra.Tenant{Org: e.Org, Project: e.Project})
			w.mu.Lock()
			w.seen = false
			w.mu.Unlock()
		}
	}
}

// Tend does what a project's promise wants now: it draws the audit, and looks
// at it when that is due. It tells whether it changed anything; with no promise
// and no news it costs nothing. Weighing a promise reads the posteriors of the
// project: about a second for a hundred thousand pictures.
func (r *Room) Tend(ctx context.Context, t akhra.Tenant) (worked bool, err error) {
	w := r.watch(t)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.drawn && w.seen {
		return false, nil
	}
	project, labels, err := r.store.Project(ctx, t)
	if err != nil {
		return false, fmt.Errorf("read project: %w", err)
	}
	promises, err := r.store.Promises(ctx, t)
	if err != nil {
		return false, fmt.Errorf("read promises: %w", err)
	}
	if !w.drawn {
		d := &drawing{settings: project.Settings, classes: labels.Live(), promises: promises}
		if worked, err = r.draw(ctx, t, d); err != nil {
			return false, err
		}
		promises = d.promises
		w.drawn = true
	}
	w.seen = true
	if len(promises) == 0 || !promises[len(promises)-1].Open() {
		w.outlook = Outlook{}
		return worked, nil
	}
	weighed, err := r.weigh(ctx, t, w, promises[len(promises)-1], labels)
	return worked || weighed, err
}
