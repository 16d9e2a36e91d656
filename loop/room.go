package loop

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"akhra.dev/akhra"
)

// Room is the learner of every project. It is safe for concurrent use.
type Room struct {
	store Store
	blobs Blobs
	now   func() time.Time
	log   *slog.Logger

	mu       sync.Mutex
	projects map[akhra.Tenant]*project
}

// New makes the room over a store and the blobs of recipes and vectors.
func New(store Store, blobs Blobs, now func() time.Time, log *slog.Logger) *Room {
	return &Room{store: store, blobs: blobs, now: now, log: log, projects: map[akhra.Tenant]*project{}}
}

// open returns a project with its lock held, read from the store if it was
// not in memory.
func (r *Room) open(ctx context.Context, t akhra.Tenant) (*project, error) {
	r.mu.Lock()
	p, ok := r.projects[t]
	if !ok {
		p = &project{tenant: t}
		r.projects[t] = p
	}
	r.mu.Unlock()
	p.mu.Lock()
	if err := r.load(ctx, p); err != nil {
		p.mu.Unlock()
		return nil, err
	}
	return p, nil
}

// known returns a project only if it is in memory already.
func (r *Room) known(t akhra.Tenant) *project {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.projects[t]
}

// Apply follows the log: answers make a project due for training, answers on
// tasks drawn at random are compared with the model first, new pictures, rules
// and posteriors are read when next needed. Applying an event twice changes
// nothing.
func (r *Room) Apply(ctx context.Context, events []akhra.Event) error {
	blinds := map[akhra.Tenant][]akhra.Blind{}
	for _, e := range events {
		if e.Project == "" {
			continue
		}
		t := akhra.Tenant{Org: e.Org, Project: e.Project}
		blind, err := r.apply(ctx, t, e)
		if err != nil {
			return err
		}
		if blind != nil {
			blinds[t] = append(blinds[t], *blind)
		}
	}
	for t, list := range blinds {
		if err := r.store.PutBlind(ctx, t, list); err != nil {
			return fmt.Errorf("keep blind answers: %w", err)
		}
	}
	return nil
}

func (r *Room) apply(ctx context.Context, t akhra.Tenant, e akhra.Event) (*akhra.Blind, error) {
	switch e.Kind {
	case akhra.EventAnswerStored:
		return r.applyAnswer(ctx, t, e)
	case akhra.EventItemsAdded, akhra.EventAuditDrawn, akhra.EventLooked, akhra.EventConsensus, akhra.EventFitted, akhra.EventVectorsReady,
		akhra.EventLabelsChanged, akhra.EventProjectChanged, akhra.EventReasked, akhra.EventWithdrawn, akhra.EventItemRemoved, akhra.EventItemRestored,
		akhra.EventBatchCreated, akhra.EventBatchChanged, akhra.EventItemBatched:
	default:
		return nil, nil
	}
	p := r.known(t)
	if p == nil {
		return nil, nil // nobody asked for it yet: read whole when somebody does
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.loaded {
		return nil, nil
	}
	switch e.Kind {
	case akhra.EventItemsAdded, akhra.EventAuditDrawn, akhra.EventLooked:
		p.behind = true
	case akhra.EventReasked:
		return nil, p.reasked(e)
	case akhra.EventItemBatched:
		return nil, p.batched(e)
	case akhra.EventBatchCreated, akhra.EventBatchChanged:
		return nil, r.readBatches(ctx, p)
	case akhra.EventItemRemoved:
		p.remove(akhra.ItemID(e.Subject))
	case akhra.EventWithdrawn, akhra.EventItemRestored:
		p.loaded = false // with the answers it had before
	case akhra.EventFitted:
		p.retold = true
	case akhra.EventConsensus:
		return nil, p.retell(e)
	case akhra.EventVectorsReady:
		if p.answers > 0 {
			p.fresh++ // answered pictures may teach only now
		}
	case akhra.EventProjectChanged:
		return nil, r.readRules(ctx, p)
	case akhra.EventLabelsChanged:
		return nil, r.relabel(ctx, p)
	}
	return nil, nil
}

// relabel takes new rules over. With the same classes (a new name, colour or
// word) the model stays; with others the project is read and taught anew.
func (r *Room) relabel(ctx context.Context, p *project) error {
	before := p.classes
	if err := r.readRules(ctx, p); err != nil {
		return err
	}
	p.fresh, p.recall = p.fresh+retrainAfter(p.answers), true
	if !slices.Equal(before, p.classes) {
		p.loaded, p.model = false, taught{}
	}
	return nil
}

func (r *Room) applyAnswer(ctx context.Context, t akhra.Tenant, e akhra.Event) (*akhra.Blind, error) {
	a, err := e.Answer()
	if err != nil {
		return nil, err
	}
	p, err := r.open(ctx, t)
	if err != nil {
		return nil, err
	}
	defer p.mu.Unlock()
	if it := p.at[a.Item]; !p.removed[a.Item] && (it == nil || p.byTask[a.Task] == nil) {
		p.behind = true
	}
	blind := p.compare(a)
	p.answer(a.Annotation)
	return blind, nil
}

// retrainAfter is how many new answers make a retrain due at once.
func retrainAfter(answers int) int { return max(10, answers/100) }

// Due tells whether enough new answers came to retrain now.
func (r *Room) Due(t akhra.Tenant) bool {
	p := r.known(t)
	if p == nil {
		return false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.fresh >= retrainAfter(p.answers)
}

// Waiting counts the answers that came since the last retrain began; with any
// at all a pause of two seconds is worth a retrain.
func (r *Room) Waiting(t akhra.Tenant) int {
	p := r.known(t)
	if p == nil {
		return 0
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.fresh
}
