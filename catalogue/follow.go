package catalogue

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"akhra.dev/akhra"
)

const (
	logStep = 2000   // events read at a time
	atOnce  = 4000   // events somebody who looks waits for; more are followed behind her
	tooMany = 200000 // events at which reading everything anew is quicker
	soon    = 4000   // pictures that she waits for
	most    = 5      // changed is more than one picture in so many: reading everything anew is quicker
)

// news is what events say has changed.
type news struct {
	items map[akhra.ItemID]bool
	tasks map[akhra.TaskID]bool
	added [][2]int64 // pictures that came, by place
	all   bool       // everything may have changed
	model int64      // version that is in force, 0 when that did not change
}

// follow brings a shelf up to date with the log; the caller holds catching.
func (r *Room) follow(ctx context.Context, sh *shelf) error {
	head, err := r.store.Head(ctx, sh.tenant.Org)
	if err != nil {
		return fmt.Errorf("read the end of the log: %w", err)
	}
	behind := head - sh.seen
	switch {
	case sh.reading:
		return nil // what is being read anew knows it all
	case behind > tooMany:
		return r.reread(ctx, sh)
	case behind > atOnce:
		r.catchUp(ctx, sh, head)
		return nil
	}
	n, seen, err := r.gather(ctx, sh, head)
	if err == nil && n.size() > soon {
		r.catchUp(ctx, sh, head)
		return nil
	}
	if err != nil {
		return err
	}
	return r.apply(ctx, sh, &n, seen)
}

// reread reads everything anew: at once when that is quick, else behind whoever
// looks. The caller holds catching.
func (r *Room) reread(ctx context.Context, sh *shelf) error {
	if len(sh.table.rows) <= lot {
		return r.swap(ctx, sh, nil)
	}
	if sh.reading {
		return nil
	}
	sh.reading = true
	go func() {
		fresh, seen, err := r.readAll(context.WithoutCancel(ctx), sh.tenant, nil)
		sh.catching.Lock()
		defer sh.catching.Unlock()
		if sh.reading = false; err == nil { // else the next who looks tries again
			sh.take(fresh, seen)
		}
	}()
	return nil
}

func (r *Room) swap(ctx context.Context, sh *shelf, step func(pictures int)) error {
	fresh, seen, err := r.readAll(ctx, sh.tenant, step)
	if err == nil {
		sh.take(fresh, seen)
	}
	return err
}

// readAll reads a table and tells from where on the log is to be followed.
func (r *Room) readAll(ctx context.Context, t akhra.Tenant, step func(pictures int)) (fresh *table, seen akhra.Seq, err error) {
	if seen, err = r.store.Head(ctx, t.Org); err != nil {
		return nil, 0, fmt.Errorf("read the end of the log: %w", err)
	}
	if fresh, err = r.read(ctx, t, step); err != nil {
		return nil, 0, err
	}
	return fresh, seen, r.hear(ctx, t, fresh)
}

func (sh *shelf) take(fresh *table, seen akhra.Seq) {
	sh.mu.Lock()
	sh.table, sh.seen = fresh, seen
	sh.rows.Store(int64(len(fresh.rows)))
	sh.mu.Unlock()
}

// catchUp follows the log behind whoever looks, who sees the pictures as they
// were; what fails is tried by the next.
func (r *Room) catchUp(ctx context.Context, sh *shelf, head akhra.Seq) {
	if !sh.behind.CompareAndSwap(false, true) {
		return
	}
	ctx = context.WithoutCancel(ctx)
	go func() {
		defer sh.behind.Store(false)
		sh.catching.Lock()
		defer sh.catching.Unlock()
		for sh.seen < head && !sh.reading {
			n, seen, err := r.gather(ctx, sh, min(head, sh.seen+logStep))
			if err != nil || r.apply(ctx, sh, &n, seen) != nil {
				return
			}
		}
	}()
}

// gather reads what the log says has changed, up to a place.
func (r *Room) gather(ctx context.Context, sh *shelf, head akhra.Seq) (n news, seen akhra.Seq, err error) {
	n = news{items: map[akhra.ItemID]bool{}, tasks: map[akhra.TaskID]bool{}}
	seen = sh.seen
	for seen < head {
		events, err := r.store.Events(ctx, sh.tenant.Org, seen, logStep)
		if err != nil {
			return n, seen, fmt.Errorf("follow the log: %w", err)
		}
		for _, e := range events {
			if e.Project == sh.tenant.Project {
				if err := n.add(e); err != nil {
					return n, seen, err
				}
			}
			seen = e.Seq
		}
		if len(events) == 0 {
			seen = head
		}
	}
	return n, seen, nil
}

// apply brings a shelf up to a place of the log, or has all of it read anew.
func (r *Room) apply(ctx context.Context, sh *shelf, n *news, seen akhra.Seq) error {
	if n.size()*most > len(sh.table.rows) && len(sh.table.rows) > lot {
		return r.reread(ctx, sh)
	}
	if err := r.renew(ctx, sh, n); err != nil {
		return err
	}
	if sh.seen = seen; n.all {
		return r.reread(ctx, sh)
	}
	return nil
}

// size is how many pictures have to be read.
func (n *news) size() int { return len(n.items) + len(n.tasks) }

// add notes what one event changes.
func (n *news) add(e akhra.Event) error {
	var body struct {
		Item    akhra.ItemID   `json:"item"`
		Tasks   []akhra.TaskID `json:"tasks"`
		After   int64          `json:"after"`
		Last    int64          `json:"last"`
		Version int64          `json:"version"`
	}
	switch e.Kind {
	case akhra.EventAnswerStored, akhra.EventConsensus, akhra.EventItemsAdded, akhra.EventModelSwapped:
		if err := json.Unmarshal([]byte(e.Body), &body); err != nil {
			return fmt.Errorf("read event %d of kind %s: %w", e.Seq, e.Kind, err)
		}
	}
	switch e.Kind {
	case akhra.EventAnswerStored:
		n.items[body.Item] = true
	case akhra.EventConsensus:
		n.all = n.all || len(body.Tasks) == 0
		for _, id := range body.Tasks {
			n.tasks[id] = true
		}
	case akhra.EventItemsAdded:
		n.added = append(n.added, [2]int64{body.After, body.Last})
	case akhra.EventModelSwapped:
		n.model = body.Version
	case akhra.EventGoldChanged, akhra.EventReasked, akhra.EventWithdrawn, akhra.EventItemRemoved, akhra.EventItemRestored, akhra.EventItemBatched:
		n.items[akhra.ItemID(e.Subject)] = true
	case akhra.EventAuditDrawn, akhra.EventLooked:
		n.all = true
	}
	return nil
}

// renewed is one picture read anew.
type renewed struct {
	entry  akhra.Entry
	voices []akhra.Voice
	came   bool // it is new: who answered it since is told by other events
}

// renew reads what has changed and puts it in its place. Whoever looks
// meanwhile sees the table as it was.
func (r *Room) renew(ctx context.Context, sh *shelf, n *news) error {
	for id := range n.tasks {
		task, err := r.store.Task(ctx, sh.tenant, id)
		if akhra.CodeOf(err) == akhra.NotFound {
			continue // it was withdrawn
		}
		if err != nil {
			return fmt.Errorf("read a task: %w", err)
		}
		n.items[task.Item] = true
	}
	var entries []renewed
	for id := range n.items {
		one, err := r.readOne(ctx, sh.tenant, id)
		if akhra.CodeOf(err) == akhra.NotFound {
			continue
		}
		if err != nil {
			return err
		}
		entries = append(entries, one)
	}
	for _, places := range n.added {
		if err := r.store.Entries(ctx, sh.tenant, places[0], places[1], func(c akhra.Entry) error {
			entries = append(entries, renewed{entry: c, came: true})
			return nil
		}); err != nil {
			return fmt.Errorf("read new pictures: %w", err)
		}
	}
	return r.place(ctx, sh, entries, n.model)
}

func (r *Room) readOne(ctx context.Context, t akhra.Tenant, id akhra.ItemID) (one renewed, err error) {
	if one.entry, err = r.store.Entry(ctx, t, id); err != nil {
		return one, err
	}
	err = r.store.VoicesOf(ctx, t, id, func(v akhra.Voice) error {
		one.voices = append(one.voices, v)
		return nil
	})
	if err != nil {
		return one, fmt.Errorf("read the answers of a picture: %w", err)
	}
	return one, nil
}

// place puts renewed entries into the table and hears a new model.
func (r *Room) place(ctx context.Context, sh *shelf, entries []renewed, model int64) error {
	sh.mu.Lock()
	defer sh.mu.Unlock()
	for i := range entries {
		c := &entries[i]
		if c.came && sh.table.has(c.entry.Item) {
			continue
		}
		row, err := sh.table.put(&c.entry)
		if err != nil {
			return err
		}
		row.voices, row.answered, row.differ = nil, 0, false
		for j := range c.voices {
			sh.table.say(row, &c.voices[j])
		}
	}
	sh.table.wanted = max(sh.table.wanted, model)
	if sh.table.wanted <= sh.table.heard {
		return nil
	}
	return r.hear(ctx, sh.tenant, sh.table)
}

func (t *table) has(id akhra.ItemID) bool {
	key, err := uuid.Parse(string(id))
	if err != nil {
		return false
	}
	_, known := t.at[key]
	return known
}
