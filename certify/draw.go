package certify

import (
	"cmp"
	"context"
	"fmt"
	"hash/fnv"
	"math"
	"slices"

	"akhra.dev/akhra"
	"akhra.dev/akhra/learn"
)

// drawing is one run over a project's pictures that brings its audit up to
// what is promised now.
type drawing struct {
	settings akhra.Settings
	classes  []akhra.ClassID
	promises []akhra.Promise

	places      []place
	changed     []akhra.Promise
	audit, free []akhra.TaskID
}

// place is one picture in the order of arrival.
type place struct {
	task    akhra.TaskID
	audit   bool
	touched bool   // somebody answered it, decided it or took it out
	number  uint64 // drawn by chance
}

// draw brings the audit up to date and tells whether anything changed.
func (r *Room) draw(ctx context.Context, t akhra.Tenant, d *drawing) (bool, error) {
	if !d.settings.Rungs().Has(akhra.RungAccept) {
		d.settings.Target = 0
	}
	last := len(d.promises) - 1
	if d.settings.Target == 0 && (last < 0 || d.promises[last].State == akhra.PromiseVoid) {
		return false, nil
	}
	if err := r.survey(ctx, t, d); err != nil {
		return false, err
	}
	d.void()
	d.promise()
	if len(d.changed) == 0 {
		return false, nil
	}
	if err := r.store.DrawAudit(ctx, t, d.changed, d.audit, d.free); err != nil {
		return false, fmt.Errorf("draw the audit: %w", err)
	}
	return true, nil
}

// survey reads the pictures of a project and which of them have answers.
func (r *Room) survey(ctx context.Context, t akhra.Tenant, d *drawing) error {
	at, item := map[akhra.TaskID]int{}, akhra.ItemID("")
	err := r.store.Tasks(ctx, t, func(one akhra.Task) error {
		if one.Item != item {
			d.places = append(d.places, place{number: number(one.Item, d.settings.Seed)})
		}
		item = one.Item
		at[one.ID] = len(d.places) - 1
		p := &d.places[len(d.places)-1]
		p.task, p.audit = one.ID, one.Purpose == akhra.ForAudit
		p.touched = one.Removed || one.Round > 0
		return nil
	})
	if err != nil {
		return fmt.Errorf("read tasks: %w", err)
	}
	touch := func(task akhra.TaskID) {
		if i, ok := at[task]; ok {
			d.places[i].touched = true
		}
	}
	if err := r.store.Standing(ctx, t, func(a akhra.Annotation) error { touch(a.Task); return nil }); err != nil {
		return fmt.Errorf("read answers: %w", err)
	}
	err = r.store.AllConsensus(ctx, t, func(c akhra.Consensus) error {
		if c.Asked > 0 || c.State != akhra.TaskOpen {
			touch(c.Task)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read posteriors: %w", err)
	}
	return nil
}

// number is what a picture draws: chance by the seed, the same whenever it is
// asked for, so that a draw can be repeated.
func number(item akhra.ItemID, seed uint64) uint64 {
	h := fnv.New64a()
	_, _ = fmt.Fprintf(h, "audit %d %s", seed, item) // a hash takes everything
	x := h.Sum64()                                   // spread evenly by the finisher of SplitMix64 (Steele, Lea, Flood 2014)
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// void ends promises that speak of other classes, and the newest when another
// is wanted and its audit was not looked at.
func (d *drawing) void() {
	for i := range d.promises {
		p := &d.promises[i]
		untouched := p.Open() && len(p.Taken) == 0 || p.State == akhra.PromiseSmall
		other := p.Target != d.settings.Target || p.Delta != d.settings.Delta || p.Looks != looks(d.settings)
		if p.State == akhra.PromiseVoid || sameClasses(p.Classes, d.classes) && !(untouched && other) {
			continue
		}
		p.State = akhra.PromiseVoid
		d.changed = append(d.changed, *p)
		d.release(p)
	}
}

// sameClasses compares without regard to order: people may sort their list.
func sameClasses(a, b []akhra.ClassID) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// release makes the audit tasks of a promise ordinary ones.
func (d *drawing) release(p *akhra.Promise) {
	for i := p.First; i < min(p.Last, int64(len(d.places))); i++ {
		if one := &d.places[i]; one.audit {
			one.audit = false
			d.free = append(d.free, one.task)
		}
	}
}

func looks(s akhra.Settings) int { return max(1, s.Looks) }

// promise draws the audit of the newest population: a new one where there is
// none that still grows.
func (d *drawing) promise() {
	if d.settings.Target == 0 {
		return
	}
	p := d.growing()
	if int64(len(d.places)) <= max(p.First, p.Last) {
		return // nothing new
	}
	d.extend(&p)
	if p.No > len(d.promises) {
		d.promises = append(d.promises, p)
	} else {
		d.promises[p.No-1] = p
	}
	d.changed = append(d.changed, p)
}

// growing is the promise whose population the newest pictures belong to: the
// newest one while nobody has looked at its audit.
func (d *drawing) growing() akhra.Promise {
	next := akhra.Promise{No: len(d.promises) + 1, Target: d.settings.Target, Delta: d.settings.Delta,
		Looks: looks(d.settings), Classes: d.classes, Seed: d.settings.Seed, Taken: []akhra.Look{}}
	for i := len(d.promises) - 1; i >= 0; i-- {
		p := d.promises[i]
		if p.State == akhra.PromiseVoid {
			continue
		}
		if len(p.Taken) == 0 {
			return p
		}
		next.First = p.Last // its population is closed
		break
	}
	return next
}

// extend takes new pictures into a population and draws the audit anew: those
// with the smallest numbers among the audit so far and the new pictures nobody
// has answered. Older pictures never come in late, so the audit stays a
// uniform draw from pictures that had no answers.
func (d *drawing) extend(p *akhra.Promise) {
	if p.State == akhra.PromiseSmall {
		p.Last, p.Items = p.First, 0 // nothing was drawn yet
	}
	var may []int
	for i := p.First; i < int64(len(d.places)); i++ {
		if one := d.places[i]; one.audit || i >= p.Last && !one.touched {
			may = append(may, int(i))
			if i >= p.Last {
				p.Items++
			}
		}
	}
	p.Last = int64(len(d.places))
	n := AuditSize(d.settings, p.Items)
	if p.State = akhra.PromiseOpen; n == 0 {
		p.State = akhra.PromiseSmall
	}
	slices.SortFunc(may, func(a, b int) int { return cmp.Compare(d.places[a].number, d.places[b].number) })
	cut := uint64(math.MaxUint64)
	if p.Audit > 0 {
		cut = p.Cut
	}
	p.Audit = 0
	for rank, i := range may {
		one := &d.places[i]
		chosen := rank < n && one.number <= cut
		switch {
		case chosen && !one.audit:
			d.audit = append(d.audit, one.task)
		case !chosen && one.audit:
			d.free = append(d.free, one.task)
		}
		if one.audit = chosen; chosen {
			p.Audit, p.Cut = p.Audit+1, one.number
		}
	}
}

// AuditSize is how many of n pictures are drawn for the audit: 300 or a
// twentieth, at most 1,000; of few pictures not more than half, but as many as
// a flawless audit needs. 0 means that no audit of so few can prove the promise.
func AuditSize(s akhra.Settings, n int) int {
	least := learn.AuditSize(1-s.Target, s.Delta/float64(looks(s)))
	if n < least {
		return 0
	}
	size := min(akhra.AuditMost, max(akhra.AuditLeast, int(math.Ceil(akhra.AuditShare*float64(n)))), n/2)
	if s.Audit > 0 {
		size = min(s.Audit, n)
	}
	return max(size, least)
}
