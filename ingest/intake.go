package ingest

import (
	"context"
	"iter"
	"slices"
	"sync"
	"time"
)

const (
	abreast = 2               // pictures prepared at once
	lotSize = 32              // items stored at once
	lotWait = 1 * time.Second // and at the latest
)

// intake is one import: entries are prepared side by side and stored in the
// order in which they came.
type intake struct {
	room     *Room
	into     Into
	each     func(Result)
	progress func(Report)
	report   Report
	waiting  []Result
	stored   time.Time
}

type prepared struct {
	result Result
	err    error
}

// bring runs an import over the entries. What was stored before an error or a
// cancellation stays, and is known the next time.
func (r *Room) bring(ctx context.Context, into Into, total int, entries iter.Seq[entry], each func(Result), progress func(Report)) (Report, error) {
	b := &intake{room: r, into: into, each: each, progress: progress, report: Report{Total: total}, stored: r.now()}
	ctx, stop := context.WithCancel(ctx)
	var working sync.WaitGroup
	defer working.Wait()
	defer stop()
	prepare := func(e entry) prepared {
		result, err := r.prepare(ctx, into, e)
		return prepared{result, err}
	}
	for p := range sideBySide(ctx, &working, entries, prepare) {
		if p.err != nil {
			return b.finish(ctx, p.err)
		}
		if err := b.take(ctx, p.result); err != nil {
			return b.report, err
		}
	}
	return b.finish(ctx, ctx.Err())
}

// sideBySide prepares entries two at a time and yields what comes of them in order.
func sideBySide[T any](ctx context.Context, working *sync.WaitGroup, entries iter.Seq[entry], prepare func(entry) T) iter.Seq[T] {
	type work struct {
		entry entry
		out   chan T
	}
	todo, order := make(chan work), make(chan chan T, lotSize)
	for range abreast {
		working.Go(func() {
			for w := range todo {
				w.out <- prepare(w.entry)
			}
		})
	}
	working.Go(func() {
		defer close(todo)
		defer close(order)
		for e := range entries {
			w := work{e, make(chan T, 1)}
			select {
			case order <- w.out:
			case <-ctx.Done():
				return
			}
			todo <- w
		}
	})
	return func(yield func(T) bool) {
		for out := range order {
			if !yield(<-out) {
				return
			}
		}
	}
}

// take adds one result and stores those that wait when they are many or old.
func (b *intake) take(ctx context.Context, result Result) error {
	b.waiting = append(b.waiting, result)
	if len(b.waiting) >= lotSize || b.room.now().Sub(b.stored) >= lotWait {
		return b.store(ctx)
	}
	return nil
}

func (b *intake) store(ctx context.Context) error {
	if err := b.room.keep(ctx, b.into.Tenant, b.waiting); err != nil {
		return err
	}
	for _, result := range b.waiting {
		b.report.count(result)
		if b.each != nil {
			b.each(result)
		}
	}
	b.waiting, b.stored = b.waiting[:0], b.room.now()
	if b.progress != nil {
		told := b.report
		told.Reasons = slices.Clone(told.Reasons)
		b.progress(told)
	}
	return nil
}

// finish stores what is left. After a failure it still tries, so that the
// work done so far counts, but tells the first error.
func (b *intake) finish(ctx context.Context, failure error) (Report, error) {
	if err := b.store(context.WithoutCancel(ctx)); err != nil && failure == nil {
		failure = err
	}
	return b.report, failure
}
