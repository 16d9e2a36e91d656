package certify

import (
	"context"
	"fmt"

	"akhra.dev/akhra"
	"akhra.dev/akhra/learn"
)

// look tests the promise on the audit's answers and stores what comes of it.
// The model's say is that of one version, from here on frozen.
func (r *Room) look(ctx context.Context, t akhra.Tenant, s *state) error {
	said := map[akhra.TaskID][]float64{}
	for i := range s.items {
		if e := &s.items[i]; e.audit {
			said[e.task] = e.say
		}
	}
	people, err := r.judge.Replay(ctx, t, said)
	if err != nil {
		return fmt.Errorf("replay the audit: %w", err)
	}
	p := s.promise
	look := s.test(people)
	if look.At = akhra.MillisOf(r.now()); look.Audit == 0 {
		return nil
	}
	if look.By, err = r.alone(ctx, t, said); err != nil {
		return err
	}
	var accepted []akhra.Accepted
	if look.Passed {
		accepted = s.accept(look.Threshold)
		look.Accepted = len(accepted)
	}
	p.Taken = append(p.Taken, look)
	switch {
	case look.Passed:
		p.State = akhra.PromiseKept
	case len(p.Taken) < p.Looks:
		p.State = akhra.PromiseOpen
	default:
		p.State = akhra.PromiseMiss
	}
	if err := r.store.StoreLook(ctx, t, p, accepted); err != nil {
		return fmt.Errorf("store a look: %w", err)
	}
	r.log.Info("the promise was tested", "project", t.Project, "audit", look.Audit, "wrong", look.Wrong, "bound", look.Bound, "passed", look.Passed)
	return nil
}

// test compares what would be delivered of the audit items with what people
// told or adjudicated. Of an item that the order of asking came to before the
// audit was completed, that is what people say, as of every other that it came
// to: until then the order knew no more of the one than of the other, for no
// audit item is trained on.
func (s *state) test(people map[akhra.TaskID]akhra.ClassID) akhra.Look {
	p := &s.promise
	var audit []learn.Audited
	alone := 0
	for i := range s.items {
		e := &s.items[i]
		if !e.audit {
			continue
		}
		one := learn.Audited{Margin: e.margin(), ModelWrong: s.thinks(e) != e.class, PeopleWrong: e.asked > 0 && people[e.task] != e.class}
		if e.picked {
			one.Margin = -1
		}
		if audit = append(audit, one); one.PeopleWrong {
			alone++
		}
	}
	delta := p.Delta / float64(p.Looks)
	var pool []float64
	for _, u := range s.unasked() {
		pool = append(pool, u.Margin)
	}
	d := learn.CertifyDelivered(pool, audit, 1-p.Target, delta)
	return akhra.Look{Model: s.version, Audit: len(audit), Wrong: d.Wrong, People: alone, Delta: delta, Bound: d.Bound,
		Threshold: d.Threshold, Passed: d.Passed}
}

// accept lists the unanswered pictures that the model decides.
func (s *state) accept(threshold float64) (list []akhra.Accepted) {
	for i := range s.items {
		if e := &s.items[i]; !e.audit && e.open && e.asked == 0 && e.say != nil && e.margin() >= threshold {
			k, p := (&akhra.Prediction{Probabilities: e.say}).Top()
			list = append(list, akhra.Accepted{Item: e.item, Class: s.classes[k], P: p, Version: s.version, Promise: s.promise.No})
		}
	}
	return list
}

// alone is who answered every audit item alone, "" for several people or none.
func (r *Room) alone(ctx context.Context, t akhra.Tenant, audit map[akhra.TaskID][]float64) (who akhra.UserID, err error) {
	several := false
	err = r.store.Standing(ctx, t, func(a akhra.Annotation) error {
		if _, of := audit[a.Task]; of {
			several = several || who != "" && who != a.Annotator
			who = a.Annotator
		}
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("read the audit's answers: %w", err)
	}
	if several {
		return "", nil
	}
	return who, nil
}
