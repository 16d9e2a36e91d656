package sim

import (
	"context"
	"fmt"
	"slices"

	"akhra.dev/akhra"
)

// byName tells whether it is known who gave the recorded answers, so that the
// same people must give them again.
func (d *data) byName() bool { return d.recorded && !d.anonymous }

// recall gives about a batch of recorded answers by those who gave them: the
// ranking says which tasks are asked next, the recording who comes.
func (w *world) recall(ctx context.Context, batch int) (given int, err error) {
	slots, err := w.engine.Loop.Rank(ctx, w.tenant, len(w.data.pool)*w.data.most, "")
	if err != nil {
		return 0, err
	}
	var order []int // of people
	places := map[int][]akhra.Slot{}
	for _, s := range slots {
		i := w.at[s.Item]
		if given == batch || w.given[i] == len(w.data.pool[i].answers) {
			continue
		}
		who := w.data.pool[i].answers[w.given[i]].who
		w.given[i]++
		given++
		if places[who] == nil {
			order = append(order, who)
		}
		places[who] = append(places[who], s)
	}
	for _, who := range order {
		if err := w.recallBy(ctx, who, places[who]); err != nil {
			return 0, err
		}
	}
	return given, nil
}

// recallBy lets one person answer these tasks as she is recorded.
func (w *world) recallBy(ctx context.Context, who int, places []akhra.Slot) error {
	if err := w.engine.Propose.Propose(ctx, w.tenant, w.people[who], places); err != nil {
		return fmt.Errorf("propose classes: %w", err)
	}
	until := akhra.MillisOf(w.clock.now().Add(leaseTime))
	tasks, err := w.db.Lease(ctx, w.tenant, w.people[who], len(places), until, places)
	if err != nil {
		return fmt.Errorf("lease tasks: %w", err)
	}
	if len(tasks) != len(places) {
		return fmt.Errorf("%d of %d tasks were leased", len(tasks), len(places))
	}
	return w.submit(ctx, w.people[who], tasks, func(i int) int { return w.data.pool[i].saidBy(who) })
}

// saidBy is the class that somebody named.
func (p *picture) saidBy(who int) int {
	for _, r := range p.answers {
		if r.who == who {
			return r.class
		}
	}
	return -1
}

// majorities count the first 3, the first 5 and all recorded answers.
func (d *data) majorities() (list []Majority) {
	for _, n := range []int{3, 5, d.most} {
		if d.recorded {
			list = append(list, d.majority(n))
		}
	}
	return list
}

// majority counts the first n answers of each picture; among tied classes, and
// among all where there is no answer, the truth is met by expectation.
func (d *data) majority(n int) (m Majority) {
	for _, p := range d.pool {
		counts := make([]int, len(d.classes))
		for _, r := range p.answers[:min(n, len(p.answers))] {
			counts[r.class]++
			m.AnswersPerItem++
		}
		most, ties := slices.Max(counts), 0
		for _, c := range counts {
			if c == most {
				ties++
			}
		}
		if counts[p.truth] == most {
			m.LabelAccuracy += 1 / float64(ties)
		}
	}
	m.AnswersPerItem /= float64(len(d.pool))
	m.LabelAccuracy /= float64(len(d.pool))
	return m
}
