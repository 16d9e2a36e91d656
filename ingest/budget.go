package ingest

import "context"

const budgetGrain = 1 << 20

// budget is the memory that decoded pictures may take together, in grains of
// 1 MiB. One taker collects grains at a time, so nobody waits for another's rest.
type budget struct {
	turn   chan struct{}
	grains chan struct{}
}

func newBudget(bytes int64) *budget {
	b := &budget{turn: make(chan struct{}, 1), grains: make(chan struct{}, max(1, bytes/budgetGrain))}
	for range cap(b.grains) {
		b.grains <- struct{}{}
	}
	return b
}

// take waits until the bytes are free; the caller gives them back.
func (b *budget) take(ctx context.Context, bytes int64) (giveBack func(), err error) {
	want := int(min(bytes/budgetGrain+1, int64(cap(b.grains))))
	select {
	case b.turn <- struct{}{}:
		defer func() { <-b.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	for got := range want {
		select {
		case <-b.grains:
		case <-ctx.Done():
			b.give(got)
			return nil, ctx.Err()
		}
	}
	return func() { b.give(want) }, nil
}

func (b *budget) give(grains int) {
	for range grains {
		b.grains <- struct{}{}
	}
}
