//go:build linux

package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/history"
)

// What a clock did by mistake: the server's goes back and forth by hours, days
// and a year, and devices say whatever they like.
var jumps = []time.Duration{0, time.Hour, -time.Hour, 24 * time.Hour, -24 * time.Hour, -365 * 24 * time.Hour, time.Minute, 365 * 24 * time.Hour}

const (
	clockPictures = 40
	clockPeople   = 3
)

// clock lets the same people give the same answers twice, once by a good clock
// and once by one that jumps: the same answers must stand, and be believed as
// much.
func (r *run) clock(n int) (sum history.Account, err error) {
	for i := range n {
		seed := r.seed<<20 + uint64(i)
		still, err := r.worked(seed, nil)
		if err != nil {
			return sum, err
		}
		jumped, err := r.worked(seed, jumps)
		if err != nil {
			return sum, err
		}
		sum.Acked += len(still)
		for place, want := range still {
			if got := jumped[place]; got != want {
				sum.Lost = append(sum.Lost, fmt.Sprintf("world %d, %s: %s by a good clock, %s by a bad one", i, place, want, got))
			}
		}
		if len(jumped) > len(still) {
			sum.Twice = append(sum.Twice, fmt.Sprintf("world %d: %d facts instead of %d", i, len(jumped), len(still)))
		}
	}
	return sum, nil
}

// worked is what is known at the end, by picture and person.
func (r *run) worked(seed uint64, jumps []time.Duration) (facts map[string]string, err error) {
	var off atomic.Int64
	rm, err := openRoom(filepath.Join(r.folder(), "data"), func() time.Time { return time.Now().Add(time.Duration(off.Load())) })
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rm.db.Close()) }()
	ctx, from := context.Background(), chance(seed)
	t, classes, err := rm.project(ctx, clockPictures, clockPeople)
	if err != nil {
		return nil, err
	}
	for i := range clockPeople {
		u, _, err := rm.annotator(ctx, fmt.Sprint("person", i), time.Now())
		if err != nil {
			return nil, err
		}
		jump := func(luck int) akhra.Millis {
			if len(jumps) == 0 {
				return 0
			}
			off.Store(int64(jumps[luck%len(jumps)]))
			return akhra.MillisOf(time.Now().Add(jumps[luck/7%len(jumps)]))
		}
		if err := rm.answerAll(ctx, t, u.ID, classes, from, jump); err != nil {
			return nil, err
		}
	}
	if err := rm.engine.Drain(ctx); err != nil {
		return nil, err
	}
	return rm.facts(ctx, t, classes)
}

// answerAll gives one person's answers, in the order of the pictures' names.
// jump moves the clock before each and tells what the device's clock reads.
func (r *room) answerAll(ctx context.Context, t akhra.Tenant, who akhra.UserID, classes []akhra.Class, from *rand.Rand, jump func(int) akhra.Millis) error {
	leased, err := r.engine.Queue.Lease(ctx, t, who, clockPictures)
	if err != nil || len(leased) != clockPictures {
		return fmt.Errorf("%d tasks leased: %w", len(leased), err)
	}
	items, err := r.names(ctx, t)
	if err != nil {
		return err
	}
	slices.SortFunc(leased, func(a, b akhra.Assignment) int { return cmp.Compare(items[a.Item], items[b.Item]) })
	for _, one := range leased {
		luck, said := from.IntN(1<<30), classes[from.IntN(len(classes))].ID
		a := akhra.Annotation{ID: akhra.AnnotationID(newID()), Assignment: one.ID, Task: one.Task, Answer: akhra.AnswerClass, Class: said, DeviceTime: jump(luck)}
		if v, err := r.db.Submit(ctx, t, who, []akhra.Annotation{a}); err != nil || v[0].Outcome != akhra.Stored {
			return fmt.Errorf("answer: %+v, %w", v, err)
		}
		if luck%5 == 0 { // leases run out, or do not, by a clock that is wrong
			if _, err := r.engine.Queue.Sweep(ctx, r.org.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// names are the pictures' names, which are the same in every world.
func (r *room) names(ctx context.Context, t akhra.Tenant) (map[akhra.ItemID]string, error) {
	items, err := r.db.Items(ctx, t, 0, clockPictures)
	names := make(map[akhra.ItemID]string, len(items))
	for _, one := range items {
		names[one.ID] = one.Name
	}
	return names, err
}

// facts are the answers that stand and what is believed, in words that are the
// same in every world.
func (r *room) facts(ctx context.Context, t akhra.Tenant, classes []akhra.Class) (map[string]string, error) {
	names, err := r.names(ctx, t)
	if err != nil {
		return nil, err
	}
	className := map[akhra.ClassID]string{}
	for _, c := range classes {
		className[c.ID] = c.Name
	}
	facts, ids := map[string]string{}, []akhra.ItemID{}
	for id := range names {
		ids = append(ids, id)
	}
	who := map[akhra.UserID]string{}
	users, err := r.db.Users(ctx, r.org.ID)
	if err != nil {
		return nil, err
	}
	for _, u := range users {
		who[u.ID] = u.Login
	}
	if err := r.db.Standing(ctx, t, func(a akhra.Annotation) error {
		facts[who[a.Annotator]+" on "+names[a.Item]] = className[a.Class]
		return nil
	}); err != nil {
		return nil, err
	}
	truths, err := r.db.ConsensusOf(ctx, t, ids)
	for item, c := range truths {
		facts["truth of "+names[item]] = fmt.Sprintf("%s %.4f %s", className[c.Class], c.Tempered, c.State)
	}
	return facts, err
}
