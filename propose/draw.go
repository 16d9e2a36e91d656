package propose

import (
	"context"
	"slices"

	"akhra.dev/akhra"
	"akhra.dev/akhra/learn"
)

// Propose gives places that an annotator is about to get the class that a sure
// model would name: shown, or kept back so that her answer is blind. Places
// that measure her or the model keep it back always, known answers and audit
// pictures have none. The same place for the same person comes out the same, as
// long as the model and what is known of it are the same.
func (r *Room) Propose(ctx context.Context, t akhra.Tenant, annotator akhra.UserID, places []akhra.Slot) error {
	var items []akhra.ItemID
	for _, s := range places {
		if measures(s.Why) || s.Why.MayPropose() {
			items = append(items, s.Item)
		}
	}
	if len(items) == 0 {
		return nil
	}
	classes, told, err := r.model.Tell(ctx, t, items)
	if err != nil || len(told) == 0 {
		return err
	}
	p, err := r.fresh(ctx, t)
	if err != nil {
		return err
	}
	defer p.mu.Unlock()
	of := make(map[akhra.ItemID]akhra.Prediction, len(told))
	for _, q := range told {
		of[q.Item] = q
	}
	d := draw{settings: p.settings, shown: p.report.shown(), classes: classes, annotator: annotator}
	for i := range places {
		if s := &places[i]; measures(s.Why) || s.Why.MayPropose() {
			q := of[s.Item]
			s.Proposal = d.proposal(s, &q)
		}
	}
	return nil
}

// measures tells whether an answer asked for this reason tells of the model how
// often it is right, so that it must be blind.
func measures(w akhra.Why) bool { return w == akhra.WhyRandom }

// draw is what decides about one person's places.
type draw struct {
	settings  akhra.Settings
	shown     []akhra.ClassID // may be put to people
	classes   []akhra.ClassID // in the order of probabilities
	annotator akhra.UserID
}

// proposal is what the model, if it is sure, names on a place; nil if not.
func (d *draw) proposal(s *akhra.Slot, q *akhra.Prediction) *akhra.Proposal {
	top, p := q.Top()
	if top < 0 || top >= len(d.classes) || p < akhra.ProposeSure {
		return nil
	}
	thought := d.classes[top]
	out := &akhra.Proposal{Class: thought, Thought: thought, P: p, Version: q.Version}
	out.Shown = s.Why.MayPropose() && !d.settings.InPilot(s.Task) && slices.Contains(d.shown, thought) &&
		d.settings.Lot("blind", s.Task, d.annotator) >= akhra.ProposeBlind
	if out.Shown && d.settings.Lot("wrong", s.Task, d.annotator) < akhra.ProposeWrong {
		out.Class = d.wrong(s, q, top)
	}
	return out
}

// second is the place of the second largest probability, -1 for none.
func second(p []float64) int {
	_, second, _, _ := learn.Top(p)
	return second
}

// wrong is a class that is not the model's, of those that are put to people:
// half of the time the one it thinks of next, else any.
func (d *draw) wrong(s *akhra.Slot, q *akhra.Prediction, top int) akhra.ClassID {
	lot, second := d.settings.Lot("which", s.Task, d.annotator), second(q.Probabilities)
	if lot < 0.5 && second >= 0 && slices.Contains(d.shown, d.classes[second]) {
		return d.classes[second]
	}
	others := slices.DeleteFunc(slices.Clone(d.shown), func(c akhra.ClassID) bool { return c == d.classes[top] })
	return others[int(2*lot*float64(len(others)))%len(others)]
}
