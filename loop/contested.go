package loop

import (
	"cmp"
	"context"
	"fmt"

	"akhra.dev/akhra"
	"akhra.dev/akhra/learn"
)

// When a settled task is worth a second person's look.
const (
	objects    = 0.9 // probability at which the model's other class counts
	skilledLow = 0.8 // lower end of an annotator's accuracy from which her other class counts
	barely     = 0.2 // lead of the likeliest class below which it is barely ahead
)

// Contested lists up to n tasks that a second person should decide, where it
// matters most first: those at the cap, the least certain before; then settled
// ones that the model, a skilled annotator or a close second speaks against,
// the strongest objection before. It looks through every picture of the
// project: about ten milliseconds for a hundred thousand.
func (r *Room) Contested(ctx context.Context, t akhra.Tenant, n int) ([]akhra.Slot, error) {
	skills, err := r.store.Skills(ctx, t)
	if err != nil {
		return nil, fmt.Errorf("read skills: %w", err)
	}
	p, err := r.open(ctx, t)
	if err != nil {
		return nil, err
	}
	defer p.mu.Unlock()
	if err := r.refresh(ctx, p); err != nil {
		return nil, err
	}
	return p.contested(n, skills), nil
}

func (p *project) contested(n int, skills []akhra.Skill) []akhra.Slot {
	skilled := map[akhra.UserID]float64{}
	for _, s := range skills {
		if s.Low >= skilledLow {
			skilled[s.Annotator] = s.Low
		}
	}
	list := learn.Lowest[akhra.Slot]{Most: n, By: func(a, b akhra.Slot) int {
		return cmp.Or(cmp.Compare(a.Priority, b.Priority), cmp.Compare(a.Task, b.Task))
	}}
	for _, it := range p.items {
		if priority, contested := it.objection(skilled); contested {
			list.Add(akhra.Slot{Task: it.task, Item: it.id, Priority: priority, Why: akhra.WhyDiffer})
		}
	}
	return list.List()
}

// objection tells whether a task should be looked at again, and how soon:
// below -1 at the cap, above it when settled. What the model thinks of an
// audit task is not asked: who corrects only where it differs bends the audit.
func (it *item) objection(skilled map[akhra.UserID]float64) (priority float64, contested bool) {
	if it.task == "" || it.truth == nil || it.truth.decided || it.touched || len(it.votes) == 0 {
		return 0, false
	}
	switch it.truth.state {
	case akhra.TaskReview:
		sure := 0.0
		if it.truth.class >= 0 {
			sure = it.truth.z[it.truth.class]
		}
		return sure - 2, true
	case akhra.TaskDone:
		against := it.against(skilled)
		return -against, against > 0
	}
	return 0, false
}

// against is the weight of the strongest voice against a settled class, 0 for
// none.
func (it *item) against(skilled map[akhra.UserID]float64) (weight float64) {
	if it.truth.class < 0 || it.audit {
		return 0
	}
	if first, _, prob, _ := learn.Top(it.say); first >= 0 && first != it.truth.class && prob >= objects {
		weight = prob
	}
	for _, v := range it.votes {
		if v.class != unsure && v.class != it.truth.class {
			weight = max(weight, skilled[v.annotator])
		}
	}
	if _, _, a, b := learn.Top(it.truth.z); a-b < barely {
		weight = max(weight, 1-(a-b))
	}
	return weight
}
