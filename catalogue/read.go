package catalogue

import (
	"context"
	"fmt"
	"runtime"
	"sync"

	"github.com/google/uuid"

	"akhra.dev/akhra"
)

// lot is how many pictures are read at a time when all are.
const lot = 20_000

// read makes a project's table: entries in lots on every core, then the answers.
// step, if any, is told of each lot.
func (r *Room) read(ctx context.Context, t akhra.Tenant, step func(pictures int)) (*table, error) {
	out := newTable()
	for first := int64(0); ; {
		lots, err := r.readLots(ctx, t, first, runtime.GOMAXPROCS(0))
		if err != nil {
			return nil, fmt.Errorf("read entries: %w", err)
		}
		got := 0
		for _, entries := range lots {
			for i := range entries {
				if _, err := out.put(&entries[i]); err != nil {
					return nil, err
				}
			}
			if got += len(entries); step != nil {
				step(len(entries))
			}
		}
		if first += lot * int64(len(lots)); got == 0 {
			break
		}
	}
	err := r.store.Voices(ctx, t, func(v akhra.Voice) error {
		id, err := uuid.Parse(string(v.Item))
		if err != nil {
			return err
		}
		if i, known := out.at[id]; known {
			out.say(&out.rows[i], &v)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read answers: %w", err)
	}
	return out, nil
}

func (r *Room) readLots(ctx context.Context, t akhra.Tenant, first int64, n int) ([][]akhra.Entry, error) {
	lots, errs := make([][]akhra.Entry, n), make([]error, n)
	var wait sync.WaitGroup
	for k := range n {
		wait.Go(func() {
			from := first + int64(k)*lot
			errs[k] = r.store.Entries(ctx, t, from, from+lot, func(c akhra.Entry) error {
				if last := len(lots[k]) - 1; last >= 0 && lots[k][last].Item == c.Item {
					lots[k][last] = c // a further round
					return nil
				}
				lots[k] = append(lots[k], c)
				return nil
			})
		})
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return lots, nil
}

// hear takes over what the model in force thinks of every picture.
func (r *Room) hear(ctx context.Context, t akhra.Tenant, out *table) error {
	_, labels, err := r.store.Project(ctx, t)
	if err != nil {
		return fmt.Errorf("read classes: %w", err)
	}
	var live []akhra.ClassID
	for _, c := range labels.Classes {
		if !c.Deleted {
			live = append(live, c.ID)
		}
	}
	err = r.model.Predictions(ctx, t, func(q akhra.Prediction) {
		out.heard = q.Version
		if k, sure := q.Top(); k >= 0 && len(q.Probabilities) == len(live) {
			out.think(q.Item, live[k], sure)
		}
	})
	if err != nil {
		return fmt.Errorf("ask what the model thinks: %w", err)
	}
	return nil
}
