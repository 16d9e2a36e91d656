package engine

import (
	"context"
	"sync"
	"time"

	"akhra.dev/akhra"
)

const (
	quietAfter = 2 * time.Second // without an answer, or without a new picture
	embedAfter = 6 * time.Second // that new pictures wait for vectors while more keep coming
)

// learner is the background goroutine of one project.
type learner struct {
	engine *Engine
	tenant akhra.Tenant

	mu       sync.Mutex
	running  bool
	retired  bool // its project is being erased: it works no more
	done     chan struct{}
	pictures time.Time // when the first picture since the last look came, zero for none
	last     time.Time // when the last event came, by the wall clock
}

// notice wakes the learners of the projects that events are about. While
// nothing runs (Drain does the work itself) it only notes them.
func (e *Engine) notice(ctx context.Context, events []akhra.Event) {
	e.Certify.Notice(events)
	e.Propose.Notice(events)
	for _, ev := range events {
		if ev.Project == "" {
			continue
		}
		switch ev.Kind {
		case akhra.EventAnswerStored, akhra.EventVectorsReady, akhra.EventLabelsChanged, akhra.EventModelSwapped,
			akhra.EventGoldChanged, akhra.EventReviewSettled, akhra.EventReasked, akhra.EventWithdrawn, akhra.EventItemRemoved:
			e.learner(akhra.Tenant{Org: ev.Org, Project: ev.Project}).wake(ctx, false)
		case akhra.EventItemsAdded, akhra.EventItemRestored, akhra.EventProjectChanged: // the rules may name another embedder
			e.learner(akhra.Tenant{Org: ev.Org, Project: ev.Project}).wake(ctx, true)
		}
	}
}

func (e *Engine) learner(t akhra.Tenant) *learner {
	e.mu.Lock()
	defer e.mu.Unlock()
	l, ok := e.learners[t]
	if !ok {
		l = &learner{engine: e, tenant: t}
		e.learners[t] = l
	}
	return l
}

// drainKey marks the context of a Drain: it trains in its own goroutine.
type drainKey struct{}

func (l *learner) wake(ctx context.Context, pictures bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last = time.Now()
	if pictures && l.pictures.IsZero() {
		l.pictures = l.last
	}
	if l.running || l.retired || ctx.Value(drainKey{}) != nil {
		return
	}
	l.running, l.done = true, make(chan struct{})
	go l.work(ctx)
}

// work fits annotators, trains and embeds until nothing is left to do.
func (l *learner) work(ctx context.Context) {
	defer close(l.done)
	for ctx.Err() == nil && !l.isRetired() {
		l.fit(ctx)
		quiet := l.quiet() >= quietAfter
		if l.engine.Loop.Due(l.tenant) || quiet && l.engine.Loop.Waiting(l.tenant) > 0 {
			if err := l.engine.Loop.Train(ctx, l.tenant); err != nil && ctx.Err() == nil {
				l.engine.log.Error("training failed; the model before it stays", "project", l.tenant.Project, "error", err)
				pause(ctx, quietAfter)
			}
			l.tend(ctx)
			continue
		}
		if quiet && l.engine.Consensus.Hurry(l.tenant) {
			continue
		}
		if quiet {
			l.tend(ctx)
		}
		if l.takePictures(quiet) {
			l.embed(ctx)
		}
		if quiet && l.rest() {
			return
		}
		pause(ctx, 100*time.Millisecond)
	}
	l.rest()
}

// tend does what the project's promise wants now.
func (l *learner) tend(ctx context.Context) {
	if _, err := l.engine.Certify.Tend(ctx, l.tenant); err != nil && ctx.Err() == nil {
		l.engine.log.Error("the promise was not tended; it is tried again", "project", l.tenant.Project, "error", err)
		pause(ctx, quietAfter)
	}
}

// fit estimates annotators and truth anew when that is due.
func (l *learner) fit(ctx context.Context) {
	if !l.engine.Consensus.Due(l.tenant) {
		return
	}
	if err := l.engine.Consensus.Fit(ctx, l.tenant); err != nil && ctx.Err() == nil {
		l.engine.log.Error("the annotators were not fitted; what was known of them stays", "project", l.tenant.Project, "error", err)
		pause(ctx, quietAfter)
	}
}

func (l *learner) quiet() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return time.Since(l.last)
}

// takePictures tells, once, that new pictures should get their vectors: when
// no more come, or when the first has waited long enough.
func (l *learner) takePictures(quiet bool) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.pictures.IsZero() || !quiet && time.Since(l.pictures) < embedAfter {
		return false
	}
	l.pictures = time.Time{}
	return true
}

// retire lets no work begin any more and gives what closes when the work under
// way has ended, nil where there is none.
func (l *learner) retire() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.retired = true
	if !l.running {
		return nil
	}
	return l.done
}

func (l *learner) isRetired() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.retired
}

// rest ends the goroutine unless something came meanwhile.
func (l *learner) rest() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.pictures.IsZero() || l.engine.Consensus.Due(l.tenant) || time.Since(l.last) < quietAfter && l.engine.Loop.Waiting(l.tenant) > 0 {
		return false
	}
	l.running = false
	return true
}

// embed adds the job that gives new pictures their vectors, unless an import
// under way will do it at its end or one waits already.
func (l *learner) embed(ctx context.Context) {
	if err := l.engine.wantVectors(ctx, l.tenant); err != nil && ctx.Err() == nil {
		l.engine.log.Error("pictures wait for their vectors", "project", l.tenant.Project, "error", err)
	}
}

func (e *Engine) waitLearners() {
	e.mu.Lock()
	var done []chan struct{}
	for _, l := range e.learners {
		l.mu.Lock()
		if l.running {
			done = append(done, l.done)
		}
		l.mu.Unlock()
	}
	e.mu.Unlock()
	for _, ch := range done {
		<-ch
	}
}
