package engine

import (
	"context"
	"fmt"
	"time"

	"akhra.dev/akhra"
)

const (
	logBatch  = 2048
	logPause  = 50 * time.Millisecond // between steps, so that answers to one task are taken together
	saveEvery = time.Second
	keepEvery = 10 * time.Second // what a consumer keeps in memory meanwhile; after a kill it follows so much of the log again
	retryLog  = 500 * time.Millisecond
	maxRetry  = 20 // failed steps in a row before Run gives up
)

// tail is one consumer of the log with its own cursor. After a kill it applies
// again what came after the saved cursor; every consumer allows that.
type tail struct {
	name  string
	apply func(context.Context, []akhra.Event) error
	at    akhra.Seq
	saved akhra.Seq
	save  func(context.Context) error // stores what it keeps in memory, whose events are owed until then; nil for nothing
	owed  func() akhra.Seq            // the event since which work is due that is not done; nil for consumers without such work
}

// safe is the place from which the log must be followed after a kill.
func (t *tail) safe() akhra.Seq {
	if t.owed == nil {
		return t.at
	}
	if owed := t.owed(); owed > 0 {
		return min(t.at, owed-1)
	}
	return t.at
}

// followLog steps through the log and waits for it to grow.
func (e *Engine) followLog(ctx context.Context) error {
	last, failures := saves{time.Now(), time.Now()}, 0
	for ctx.Err() == nil {
		n, err := e.step(ctx)
		if ctx.Err() != nil {
			break // what was cut short is followed again from the cursor
		}
		if err != nil {
			if akhra.CodeOf(err) == akhra.Unavailable {
				failures = 0 // a full disk: work goes on when there is space
			}
			if failures++; failures > maxRetry {
				return fmt.Errorf("follow the log: %w", err)
			}
			e.log.Error("a consumer of the log failed and will try again", "error", err)
			pause(ctx, retryLog)
			continue
		}
		failures = 0
		if err := e.saveDue(ctx, &last); err != nil && ctx.Err() == nil {
			e.log.Error("cursors not saved", "error", err)
		}
		switch {
		case n == 0:
			e.waitForLog(ctx)
		case n < logBatch:
			pause(ctx, logPause)
		}
	}
	return nil
}

func (e *Engine) waitForLog(ctx context.Context) {
	timer := time.NewTimer(saveEvery)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	case <-e.db.Changed(e.org, e.position()):
	}
}

// Position is the place in the log up to which every consumer has applied it.
func (e *Engine) Position() akhra.Seq { return e.position() }

// position is the seq up to which every consumer has applied the log.
func (e *Engine) position() akhra.Seq {
	e.follow.Lock()
	defer e.follow.Unlock()
	return e.behind()
}

func (e *Engine) behind() akhra.Seq {
	at := e.tails[0].at
	for _, t := range e.tails {
		at = min(at, t.at)
	}
	return at
}

// step applies one batch of events to the consumers in their order: truth,
// then learning, then the queue. It returns how many events there were.
func (e *Engine) step(ctx context.Context) (int, error) {
	e.follow.Lock()
	defer e.follow.Unlock()
	events, err := e.db.Events(ctx, e.org, e.behind(), logBatch)
	if err != nil {
		return 0, fmt.Errorf("read the log: %w", err)
	}
	if len(events) == 0 {
		return 0, nil
	}
	for _, t := range e.tails {
		if err := t.take(ctx, events); err != nil {
			return 0, err
		}
	}
	e.notice(ctx, events)
	return len(events), nil
}

func (t *tail) take(ctx context.Context, events []akhra.Event) error {
	for len(events) > 0 && events[0].Seq <= t.at {
		events = events[1:]
	}
	if len(events) == 0 {
		return nil
	}
	if err := t.apply(ctx, events); err != nil {
		return fmt.Errorf("%s: %w", t.name, err)
	}
	t.at = events[len(events)-1].Seq
	return nil
}

// infer is the consumer that keeps posteriors. The learners fit in the
// background; a Drain, which has none, fits at once, so that its order is fixed.
func (e *Engine) infer(ctx context.Context, events []akhra.Event) error {
	if err := e.Consensus.Apply(ctx, events); err != nil {
		return err
	}
	if ctx.Value(drainKey{}) == nil {
		return nil
	}
	for _, ev := range events {
		if t := (akhra.Tenant{Org: ev.Org, Project: ev.Project}); e.Consensus.Due(t) {
			if err := e.Consensus.Fit(ctx, t); err != nil {
				return err
			}
		}
	}
	return nil
}

// saves is when cursors, and what consumers keep in memory, were last stored.
type saves struct{ cursors, kept time.Time }

// saveDue stores what was not stored for long enough.
func (e *Engine) saveDue(ctx context.Context, last *saves) error {
	switch now := time.Now(); {
	case now.Sub(last.kept) >= keepEvery:
		*last = saves{now, now}
		return e.save(ctx)
	case now.Sub(last.cursors) >= saveEvery:
		last.cursors = now
		return e.saveCursors(ctx)
	}
	return nil
}

// save stores what the consumers keep in memory, and their cursors.
func (e *Engine) save(ctx context.Context) error {
	if err := e.saveKept(ctx); err != nil {
		return err
	}
	return e.saveCursors(ctx)
}

func (e *Engine) saveKept(ctx context.Context) error {
	e.follow.Lock()
	defer e.follow.Unlock()
	for _, t := range e.tails {
		if t.save == nil {
			continue
		}
		if err := t.save(ctx); err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
	}
	return nil
}

func (e *Engine) saveCursors(ctx context.Context) error {
	e.follow.Lock()
	defer e.follow.Unlock()
	for _, t := range e.tails {
		at := t.safe()
		if at == t.saved {
			continue
		}
		if err := e.db.SetCursor(ctx, e.org, t.name, at); err != nil {
			return fmt.Errorf("save cursor of %s: %w", t.name, err)
		}
		t.saved = at
	}
	return nil
}
